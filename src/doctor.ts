/** `npm run doctor`: looks at everything that Baton needs, changes nothing, and says what to do. */
import { parseArgs } from 'node:util';
import { checkUp } from './checkups.ts';
import { nearest } from './config/nearest.ts';
import type { Examined } from './doctor/examine.ts';
import { dataOf, isWell, linesOf, summary } from './doctor/report.ts';

const OPTIONS = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

const USAGE = `npm run doctor               looks at all that Baton needs; changes nothing, sends nothing that people see
npm run -s doctor -- --json  the same as data

Ends with 0 when nothing is wrong, with 1 when something is, with 2 when it was asked for something that it does not know.`;

/** Nothing wrong, something wrong, not understood. */
const [WELL, ILL, MISUSED] = [0, 1, 2];

async function main(): Promise<number> {
  const { values, tokens } = parseArgs({ options: OPTIONS, strict: false, allowPositionals: true, tokens: true });
  const strange = tokens.find(
    (token) => token.kind !== 'option' || !(token.name in OPTIONS) || token.value !== undefined,
  );
  if (strange) {
    const written = strange.kind === 'option' ? strange.rawName : strange.kind === 'positional' ? strange.value : '--';
    const meant = nearest(
      written,
      Object.keys(OPTIONS).map((name) => `--${name}`),
    );
    const way = meant ? ` Did you mean ${meant}?` : '';
    process.stderr.write(`The doctor does not know "${written}".${way}\n\n${USAGE}\n`);
    return MISUSED;
  }
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return WELL;
  }
  const all: Examined[] = [];
  for await (const examined of checkUp(process.env)) {
    if (!values.json) say(linesOf(examined, all.at(-1), process.stdout.columns).join('\n'));
    all.push(examined);
  }
  say(values.json ? dataOf(all) : `\n${summary(all)}`);
  return isWell(all) ? WELL : ILL;
}

function say(lines: string): void {
  process.stdout.write(`${lines}\n`);
}

// Whoever read the output has gone: the exit code still tells.
process.stdout.on('error', () => {});
process.exitCode = await main();
// Not when nothing is waited for any more, because a server that does not answer may be for long.
process.stdout.write('', () => process.exit());
