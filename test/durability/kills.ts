/** `npm run kills -- --kills 200`: the kill test at length, with its counts as a table. Ends with 1 if anything was lost or doubled. */
import { parseArgs } from 'node:util';
import { killTest } from './kill-test.ts';
import { MOMENTS } from './moments.ts';
import { tableOf } from './report.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    /** Only moments whose name has this in it. */
    moment: { type: 'string', default: '' },
    /** Leaves the data for whoever looks into it. */
    keep: { type: 'boolean', default: false },
  },
});

const say = (line: string) => process.stdout.write(`${line}\n`);
say(`seed ${values.seed}`);
const report = await killTest({
  kills: Number(values.kills),
  seed: Number(values.seed),
  moments: MOMENTS.filter(({ name }) => name.includes(values.moment)),
  keep: values.keep,
  say,
});
for (const [what, findings] of [
  ['Lost', report.lost],
  ['Doubled', report.doubled],
] as const) {
  for (const finding of findings.slice(0, 50)) say(`${what}: ${finding}`);
}
say(tableOf(report));
process.exit(report.lost.length + report.doubled.length > 0 ? 1 : 0);
