// Every rule of the doctrine is kept by something in the core and shown by a story, and no rule is cited that does not exist.
import { describe, expect, test } from '@jest/globals';
import { POLICIES } from '../../src/core/policies/index.ts';
import { files, text } from './tree.ts';

/** How many rules each chapter has. */
const CHAPTERS = { CALL: 6, CMD: 5, IMP: 4, ACT: 4, MIT: 5, DO: 4, UPD: 4, ROT: 4, WAT: 3, REC: 3 } as const;

const RULES: readonly string[] = [
  ...Object.entries(CHAPTERS).flatMap(([chapter, count]) =>
    Array.from({ length: count }, (_, n) => `${chapter}-${n + 1}`),
  ),
  'VOICE',
];

/** Where a rule may be kept: most are a policy's or a command's; the record and the voice have code of their own. */
const KEPT = /^src\/(core\/(policies|commands)\/|core\/prompts\.ts$|cards\/record)/;
const STORY = /^test\/stories\/.*\.test\.ts$/;
const RULE = /\b(?:CALL|CMD|IMP|ACT|MIT|DO|UPD|ROT|WAT|REC)-\d+\b|\bVOICE\b/g;

/** Rule ids at the beginning of a test's title: `test('[CALL-5] an unanswered page ...'`. */
const TITLED = /\btest(?:\.each\([^)]*\))?\(\s*['"`]((?:\[[A-Z]+(?:-\d+)?\]\s*)+)/g;

async function idsIn(which: RegExp, find: (source: string) => Iterable<string>): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const path of (await files()).filter((one) => which.test(one))) {
    for (const id of find(await text(path))) found.set(id, [...(found.get(id) ?? []), path]);
  }
  return found;
}

const cited = (source: string): readonly string[] => source.match(RULE) ?? [];
const titled = (source: string) => [...source.matchAll(TITLED)].flatMap(([, ids = '']) => cited(ids));

describe('the rules of the doctrine', () => {
  test('a rule is found in the title of a test, and only there', () => {
    expect(titled("test('[CALL-5] [ROT-3] a page is repeated', () => {")).toEqual(['CALL-5', 'ROT-3']);
    expect(titled("// [CALL-5]\ntest('a page [CMD-1] is repeated', () => {")).toEqual([]);
  });

  test('every rule has a story', async () => {
    const told = await idsIn(STORY, titled);
    expect(RULES.filter((rule) => !told.has(rule))).toEqual([]);
  });

  test('every rule is kept by something that names it', async () => {
    const kept = await idsIn(KEPT, cited);
    expect(RULES.filter((rule) => !kept.has(rule))).toEqual([]);
  });

  test('nothing cites a rule that does not exist', async () => {
    const everywhere = await idsIn(/^(src|test\/(?!house\/rules))\/?.*\.ts$/, cited);
    const unknown = [...everywhere].filter(([rule]) => !RULES.includes(rule));
    expect(unknown).toEqual([]);
    expect(POLICIES.flatMap(({ rules }) => rules).filter((rule) => !RULES.includes(rule))).toEqual([]);
  });

  test('every policy says which rules it keeps', () => {
    expect(POLICIES.filter(({ rules }) => rules.length === 0).map(({ name }) => name)).toEqual([]);
  });
});
