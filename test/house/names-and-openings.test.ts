// Every file says what it is: by a name that means something, and by an opening sentence.
import { describe, expect, test } from '@jest/globals';
import { files, text } from './tree.ts';

/** Words that fit any file and so say nothing about one. */
const EMPTY_WORDS = new Set(
  'util utils utility utilities helper helpers common manager managers service services base misc shared stuff'.split(
    ' ',
  ),
);

function emptyWords(path: string): string[] {
  return path.split(/[/.-]/).filter((word) => EMPTY_WORDS.has(word.toLowerCase()));
}

/** The first comment's first sentence, or undefined when the file does not open with a comment. */
function opening(source: string): string | undefined {
  const [, line, block] = /^(?:#!.*\n)?(?:((?:\/\/.*\n)+)|\/\*\*?([\s\S]*?)\*\/)/.exec(source) ?? [];
  return (line ?? block)
    ?.replace(/^\s*(\/\/|\*)\s?/gm, '')
    .trim()
    .split(/(?<=[.:!?])\s/)[0];
}

const code = (await files()).filter((path) => /^(src|test)\/.*\.[cm]?[tj]s$/.test(path));

describe('names', () => {
  test('an empty word is noticed', () => {
    expect(emptyWords('src/core/incident-manager.ts')).toEqual(['manager']);
    expect(emptyWords('src/helpers/wait.ts')).toEqual(['helpers']);
    expect(emptyWords('src/core/commands/start-mitigation.ts')).toEqual([]);
    expect(emptyWords('src/adapters/mongodb/database.ts')).toEqual([]);
  });

  test('no file or folder of src and test has one', () => {
    expect(code.length).toBeGreaterThan(0);
    expect(code.filter((path) => emptyWords(path).length > 0)).toEqual([]);
  });
});

describe('openings', () => {
  test('a missing or wordless one is noticed', () => {
    expect(opening('import x from "y";\n// Later.\n')).toBeUndefined();
    expect(opening('// biome-ignore\nimport x;\n')).toBe('biome-ignore');
    expect(opening('#!/usr/bin/env node\n// Starts Baton. And more.\n')).toBe('Starts Baton.');
    expect(opening('/**\n * Names the\n * severities.\n */\n')).toMatch(/^Names the\s+severities\.$/);
  });

  test('each file of src and test opens with a sentence of purpose', async () => {
    const without: string[] = [];
    for (const path of code) {
      const sentence = opening(await text(path)) ?? '';
      if (sentence.split(/\s+/).length < 3 || !/[.:!?]$/.test(sentence)) without.push(path);
    }
    expect(without).toEqual([]);
  });
});
