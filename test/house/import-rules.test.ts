// The import rules catch what they are there for: one planted violation of each, and none where all is well.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT, run, withPlanted } from './planted.ts';

type Violation = { from: string; to: string; rule: { name: string } };
type Cruise = { modules: { source: string }[]; summary: { violations: Violation[] } };

/** A plant: the file that breaks a rule, what is written in it, and the rules that must speak. */
type Plant = { breaks: string[]; file: string; text: string };

const imports = (path: string) => `import { x } from '${path}';\nexport const y = x;\n`;
const types = (path: string) => `import type { x } from '${path}';\nexport type Y = typeof x;\n`;

/** What the plants import, all of it lawful. */
const GROUND: Record<string, string> = Object.fromEntries(
  [
    'src/core/events.ts',
    'src/core/contract.ts',
    'src/core/decide.ts',
    'src/core/ports.ts',
    'src/core/handle.ts',
    'src/core/sweep.ts',
    'src/core/commands/index.ts',
    'src/cards/card.ts',
    'src/desk/orders.ts',
    'src/adapters/discord/limits.ts',
    'src/adapters/teams/limits.ts',
    'src/adapters/console/web/page.js',
    'test/support/clock.ts',
  ].map((file) => [file, 'export const x = 1;\n']),
);
GROUND['src/core/hen.ts'] = types('./egg.ts');

const PLANTS: Plant[] = [
  { breaks: ['no-circles'], file: 'src/core/egg.ts', text: types('./hen.ts') },
  { breaks: ['resolvable'], file: 'src/core/policies/lost.ts', text: imports('./nowhere.ts') },
  { breaks: ['resolvable'], file: 'src/adapters/pagers/unheard-of.ts', text: imports('a-package-nobody-has') },
  { breaks: ['core-alone'], file: 'src/core/policies/on-node.ts', text: imports('node:fs') },
  { breaks: ['core-alone'], file: 'src/core/policies/on-sqlite.ts', text: imports('node:sqlite') },
  { breaks: ['core-alone'], file: 'src/core/policies/on-a-package.ts', text: imports('zod') },
  { breaks: ['core-alone'], file: 'src/core/policies/on-a-card.ts', text: types('../../cards/card.ts') },
  {
    breaks: ['core-alone', 'programs-pick-adapters'],
    file: 'src/core/policies/paging.ts',
    text: imports('../../adapters/teams/limits.ts'),
  },
  { breaks: ['rules-know-no-ports'], file: 'src/core/commands/pager.ts', text: types('../ports.ts') },
  { breaks: ['rules-know-no-ports'], file: 'src/core/prompts.ts', text: imports('./handle.ts') },
  { breaks: ['rules-know-no-ports'], file: 'src/core/policies/sweeping.ts', text: imports('../sweep.ts') },
  { breaks: ['cards-are-pure'], file: 'src/cards/deciding.ts', text: imports('../core/decide.ts') },
  { breaks: ['cards-are-pure'], file: 'src/cards/reading.ts', text: imports('node:fs') },
  { breaks: ['cards-are-pure'], file: 'src/cards/validating.ts', text: imports('zod') },
  { breaks: ['cards-are-pure'], file: 'src/cards/storing.ts', text: types('../core/ports.ts') },
  { breaks: ['desk-before-adapters'], file: 'src/desk/deciding.ts', text: imports('../core/decide.ts') },
  { breaks: ['desk-before-adapters'], file: 'src/desk/validating.ts', text: imports('zod') },
  {
    breaks: ['desk-before-adapters', 'programs-pick-adapters'],
    file: 'src/desk/knowing.ts',
    text: imports('../adapters/teams/limits.ts'),
  },
  { breaks: ['posting-before-adapters'], file: 'src/posting/deciding.ts', text: imports('../core/decide.ts') },
  { breaks: ['posting-before-adapters'], file: 'src/posting/validating.ts', text: imports('zod') },
  { breaks: ['adapters-apart'], file: 'src/adapters/teams/borrowing.ts', text: imports('../discord/limits.ts') },
  { breaks: ['adapters-apart'], file: 'src/adapters/console/deciding.ts', text: imports('../../core/decide.ts') },
  { breaks: ['adapters-apart'], file: 'src/adapters/sqlite/handling.ts', text: types('../../core/handle.ts') },
  { breaks: ['adapters-have-folders'], file: 'src/adapters/everything.ts', text: imports('./teams/limits.ts') },
  {
    breaks: ['drill-through-the-doors', 'programs-pick-adapters'],
    file: 'src/drill/practice.ts',
    text: imports('../adapters/teams/limits.ts'),
  },
  { breaks: ['drill-through-the-doors'], file: 'src/drill/cheating.ts', text: imports('../core/decide.ts') },
  { breaks: ['drill-through-the-doors'], file: 'src/drill/writing.ts', text: imports('node:fs') },
  { breaks: ['pages-alone'], file: 'src/adapters/console/web/reaching.js', text: imports('../../../core/contract.ts') },
  { breaks: ['pages-alone'], file: 'src/adapters/console/web/reading.js', text: imports('node:fs') },
  { breaks: ['no-tests-in-src'], file: 'src/testing.ts', text: imports('../test/support/clock.ts') },
  { breaks: ['no-dev-packages-in-src'], file: 'src/properties.ts', text: imports('fast-check') },
  { breaks: ['botbuilder-in-teams'], file: 'src/adapters/console/bot.ts', text: imports('botbuilder') },
  { breaks: ['discord-in-discord'], file: 'src/adapters/teams/guild.ts', text: types('discord.js') },
  { breaks: ['mongodb-in-stores'], file: 'src/adapters/sqlite/collection.ts', text: imports('mongodb') },
  { breaks: ['agenda-in-jobs'], file: 'src/adapters/mongodb/timer.ts', text: imports('agenda') },
  { breaks: ['agenda-in-jobs'], file: 'src/adapters/mongodb/backend.ts', text: imports('@agendajs/mongo-backend') },
  { breaks: ['canvas-in-canvas'], file: 'src/adapters/console/drawing.ts', text: imports('@napi-rs/canvas') },
  { breaks: ['i18next-in-cards'], file: 'src/adapters/discord/words.ts', text: imports('i18next') },
];

/** Lawful imports that come close to a forbidden one: the rules must not speak. */
const LAWFUL: Record<string, string> = {
  'src/main.ts': `import './core/handle.ts';\n${imports('./adapters/teams/surface.ts')}`,
  'src/core/matrix.ts': imports('./severity.ts'),
  'src/core/severity.ts': 'export const x = 1;\n',
  'src/cards/words/index.ts': imports('i18next'),
  'src/cards/severity.ts': types('../core/severity.ts'),
  'src/cards/form.ts': imports('../core/fields.ts'),
  'src/core/fields.ts': 'export const x = 1;\n',
  'src/desk/ids.ts': `import 'node:crypto';\nimport '../core/ports.ts';\n${imports('../cards/card.ts')}`,
  'src/posting/send.ts': `import 'node:crypto';\nimport '../core/ports.ts';\n${imports('../cards/card.ts')}`,
  'src/adapters/publishers/page.ts': imports('../../posting/send.ts'),
  'src/drill/people.ts': `import '../core/ports.ts';\n${imports('../cards/card.ts')}`,
  'src/adapters/teams/orders.ts': imports('../../desk/orders.ts'),
  'src/adapters/teams/surface.ts': `import 'botbuilder';\nimport 'node:http';\nimport '../../core/ports.ts';\n${imports('./limits.ts')}`,
  'src/adapters/agenda/jobs.ts': "import 'agenda';\nimport 'mongodb';\nimport '@agendajs/mongo-backend';\n",
  'src/adapters/mongodb/store.ts': "import 'mongodb';\nimport '../../core/clocks.ts';\n",
  'src/core/clocks.ts': 'export const x = 1;\n',
  'src/adapters/discord/surface.ts': "import 'discord.js';\nimport '../../cards/card.ts';\n",
  'src/adapters/console/routes.ts': "import type { Express } from 'express';\nexport type Y = Express;\n",
  'src/adapters/console/web/app.js': imports('./page.js'),
};

async function cruise(folder: string, ...what: string[]): Promise<Cruise> {
  const verdict = await run(folder, 'dependency-cruiser/bin/dependency-cruiser.mjs', ...what, '--output-type', 'json');
  expect(verdict.complaint).toBe('');
  return JSON.parse(verdict.output);
}

describe('import rules', () => {
  let seen: Cruise;

  beforeAll(async () => {
    const files = { ...GROUND, ...LAWFUL, ...Object.fromEntries(PLANTS.map(({ file, text }) => [file, text])) };
    seen = await withPlanted(files, (folder) => cruise(folder, 'src', 'test'));
  });

  const broken = (file: string) =>
    [...new Set(seen.summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name))].sort();

  test.each(PLANTS)('$file breaks $breaks', ({ file, breaks }) => {
    expect(broken(file)).toEqual(breaks);
  });

  test.each([...Object.keys(GROUND), ...Object.keys(LAWFUL)])('%s is lawful', (file) => {
    expect(seen.modules.map(({ source }) => source)).toContain(file);
    expect(broken(file)).toEqual([]);
  });

  test('each rule has a plant, a reason and a remedy', async () => {
    const rules: { forbidden: { name: string; comment: string; severity: string }[] } = (
      await import('../../.dependency-cruiser.cjs' as string)
    ).default;
    const planted = new Set(PLANTS.flatMap(({ breaks }) => breaks));
    expect([...planted].sort()).toEqual(rules.forbidden.map(({ name }) => name).sort());
    for (const { comment, severity } of rules.forbidden) {
      expect(severity).toBe('error');
      expect(comment.split('. ').length).toBeGreaterThan(1);
    }
  });
});

test('the tool sees every module there is', async () => {
  const files = await readdir(join(ROOT, 'src'), { recursive: true, withFileTypes: true });
  const modules = files
    .filter((file) => file.isFile() && /.[tj]s$/.test(file.name))
    .map((file) => join(file.parentPath, file.name).slice(ROOT.length + 1));
  const { modules: cruised } = await cruise(ROOT, 'src');
  expect(modules.length).toBeGreaterThan(0);
  expect(cruised.map(({ source }) => source)).toEqual(expect.arrayContaining(modules));
});
