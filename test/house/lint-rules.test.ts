// The linter catches what it is configured for: impurity in the core and the cards, and habits this house leaves out.
import { beforeAll, expect, test } from '@jest/globals';
import { run, withPlanted } from './planted.ts';

type Diagnostic = { category: string; severity: string; location: { path: string } };

const NO_CLOCK = 'lint/style/noRestrictedGlobals';
const NO_DICE = 'lint/nursery/noJsRestrictedProperties';

const IMPURE: [name: string, rule: string, text: string][] = [
  ['reads-the-clock', NO_CLOCK, 'export const at = Date.now();\n'],
  ['makes-a-date', NO_CLOCK, 'export const at = new Date(0).toISOString();\n'],
  ['calls-date', NO_CLOCK, 'export const at = Date();\n'],
  ['reaches-round', NO_CLOCK, 'export const at = globalThis.Date.now();\n'],
  ['throws-dice', NO_DICE, 'export const id = Math.random();\n'],
  ['throws-dice-by-name', NO_DICE, "export const id = Math['random']();\n"],
];

const PLANTS: [file: string, rule: string, text: string][] = [
  ...['src/core/policies', 'src/cards'].flatMap((home) =>
    IMPURE.map(([name, rule, text]): [string, string, string] => [`${home}/${name}.ts`, rule, text]),
  ),
  ['src/core/nameless.ts', 'lint/style/noDefaultExport', 'export default 1;\n'],
  ['src/core/camelCase.ts', 'lint/style/useFilenamingConvention', 'export const x = 1;\n'],
  ['src/core/endless.ts', 'lint/correctness/useImportExtensions', "export { x } from './lawful';\n"],
  [
    'src/adapters/pagers/unheeded.ts',
    'lint/nursery/noFloatingPromises',
    "import { send } from './lawful.ts';\nexport const page = () => {\n  send();\n};\n",
  ],
  ['src/adapters/sqlite/unmarked.ts', 'lint/style/useNodejsImportProtocol', "export { readFile } from 'fs';\n"],
];

/** What the rules must leave alone: the clock and the dice are an adapter's business. */
const LAWFUL: Record<string, string> = {
  'src/core/lawful.ts': 'export const x = Math.max(0, 1);\n',
  'src/cards/clock.ts': "export const clock = new Intl.DateTimeFormat('en', { timeStyle: 'short' });\n",
  'src/adapters/pagers/lawful.ts': 'export async function send(): Promise<void> {}\n',
  'src/adapters/agenda/clock.ts': 'export const now = (): number => Date.now() + Math.random();\n',
};

let found: Diagnostic[];

beforeAll(async () => {
  const files = { ...LAWFUL, ...Object.fromEntries(PLANTS.map(([file, , text]) => [file, text])) };
  const { output } = await withPlanted(files, (folder) =>
    run(
      folder,
      '@biomejs/biome/bin/biome',
      'lint',
      '--vcs-enabled=false',
      '--reporter=json',
      '--max-diagnostics=none',
      'src',
    ),
  );
  found = JSON.parse(output).diagnostics;
});

const broken = (file: string) =>
  found.filter(({ severity, location }) => severity === 'error' && location.path === file).map((it) => it.category);

test.each(PLANTS)('%s breaks %s', (file, rule) => {
  expect(broken(file)).toContain(rule);
});

test.each(Object.keys(LAWFUL))('%s is lawful', (file) => {
  expect(broken(file)).toEqual([]);
});
