/** docs/guide.md maps every rule as the code has it now. */

import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { commandNamed } from '../../src/core/commands/index.ts';
import { CHAPTERS, guidePage, writtenPage } from './guide.ts';

const RULES = CHAPTERS.flatMap(([, rules]) => rules);

test.each(RULES)('$id is mapped to commands and cards that are there', ({ commands, cards }) => {
  expect(commands.filter((name) => commandNamed(name)?.name !== name)).toEqual([]);
  expect(cards.filter((name) => !existsSync(new URL(`../../src/cards/${name}.ts`, import.meta.url)))).toEqual([]);
});

test('docs/guide.md is as the code has it; `npm run guide` writes it anew', () => {
  expect(writtenPage()).toBe(guidePage());
});
