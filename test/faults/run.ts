/** `npm run faults -- --instances 4 --rounds 3`: the fault test at length, with its counts as a table. */
import { parseArgs } from 'node:util';
import { tableOf } from '../durability/report.ts';
import { faultTest } from './fault-test.ts';
import { FAULTS } from './faults.ts';

const { values } = parseArgs({
  options: {
    instances: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    /** Only faults whose name matches this regular expression. */
    fault: { type: 'string', default: '' },
  },
});

const say = (line: string) => process.stdout.write(`${line}\n`);
const uri = process.env.MONGODB_TEST_URI;
if (!uri) {
  say('Set MONGODB_TEST_URI to the address of a MongoDB whose databases may be made and dropped.');
  process.exit(1);
}
say(`seed ${values.seed}`);
const faults = FAULTS.filter(({ name }) => new RegExp(values.fault).test(name));
const report = await faultTest({
  uri,
  faults: Array.from({ length: Number(values.rounds) }, () => faults).flat(),
  // Every other one is half a minute ahead.
  clocks: Array.from({ length: Number(values.instances) }, (_, n) => (n % 2) * 30_000),
  seed: Number(values.seed),
  say,
});
if (!process.env.MONGODB_TEST_STOP || !process.env.MONGODB_TEST_START) {
  say(
    'NOT TESTED: a database that is really stopped. Set MONGODB_TEST_STOP and MONGODB_TEST_START to commands that do it.',
  );
}
for (const finding of [...report.lost, ...report.doubled].slice(0, 50)) say(finding);
say(tableOf(report));
process.exit(report.lost.length + report.doubled.length > 0 ? 1 : 0);
