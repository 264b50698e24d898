/** `npm run bench -- [names]`: how fast Baton is, measured here and now; a table for people and JSON for machines. */
import { met, type Result } from './result.ts';

/** Each loads only what it measures, and in the order in which they run when none is named. */
const BENCHES: Readonly<Record<string, () => Promise<{ measure(): Promise<Result[]> }>>> = {
  core: () => import('./core.ts'),
  append: () => import('./append.ts'),
  teams: () => import('./teams.ts'),
  discord: () => import('./discord.ts'),
  long: () => import('./long.ts'),
  open: () => import('./open.ts'),
  instances: () => import('./instances.ts'),
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(1);
}

for (const [bench, load] of Object.entries(BENCHES)) {
  if (named.length > 0 && !named.includes(bench)) continue;
  console.log(`\n${bench}`);
  const results = await (await load()).measure();
  for (const result of results) console.log(lineOf(result));
  console.log(JSON.stringify({ bench, results }));
}
if (!process.env.MONGODB_TEST_URI) console.log('Nothing was measured on MongoDB: MONGODB_TEST_URI is not set.');

function lineOf(result: Result): string {
  const { name, value, unit, goal } = result;
  const digits = value < 100 && unit !== '' ? 2 : 0;
  const shown = (one: number, most: number) =>
    one.toLocaleString('en', { minimumFractionDigits: most, maximumFractionDigits: most });
  const hoped = goal && ('atMost' in goal ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`);
  const outcome = hoped === undefined ? '' : `  (goal: ${hoped}, ${met(result) ? 'met' : 'MISSED'})`;
  return `${shown(value, digits).padStart(12)} ${unit.padEnd(5)}  ${name}${outcome}`;
}
