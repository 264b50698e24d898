// Every file says what it is: by a name that means something, and by an opening sentence.
import { describe, expect, test } from '@jest/globals';
import { files, text } from './tree.ts';

/** Words that fit any file and so say nothing about one. */
const EMPTY_WORDS = new Set(
  'util utils utility utilities helper helpers common manager managers service services base misc shared stuff'.split(
    ' ',
  ),
);

/** Commands are named as people say them, and people do say which service is broken. */
const SPOKEN = /^(src|test)\/core\/commands\//;

function emptyWords(path: string): string[] {
  if (SPOKEN.test(path)) return [];
  return path.split(/[/.-]/).filter((word) => EMPTY_WORDS.has(word.toLowerCase()));
}

/** The words of the comment that a file opens with; '' when it does not open with one. */
function opening(source: string): string {
  const [, lines, block] = /^(?:#!.*\n)?(?:((?:\/\/.*\n)+)|\/\*\*?([\s\S]*?)\*\/)/.exec(source) ?? [];
  const comment = (lines ?? block ?? '').replace(/^\s*(\/\/|\*)/gm, '');
  return comment.split(/\s+/).filter(Boolean).join(' ');
}

function saysItsPurpose(source: string): boolean {
  const comment = opening(source);
  return comment.split(' ').length >= 3 && /[.!?]/.test(comment) && !comment.startsWith('biome-ignore');
}

const code = (await files()).filter((path) => /^(src|test)\/.*\.[cm]?[tj]s$/.test(path));

describe('names', () => {
  test('an empty word is noticed', () => {
    expect(emptyWords('src/core/incident-manager.ts')).toEqual(['manager']);
    expect(emptyWords('src/helpers/wait.ts')).toEqual(['helpers']);
    expect(emptyWords('src/adapters/teams/teams.service.ts')).toEqual(['service']);
    expect(emptyWords('src/core/commands/name-service.ts')).toEqual([]);
    expect(emptyWords('src/adapters/mongodb/database.ts')).toEqual([]);
  });

  test('no file or folder of src and test has one', () => {
    expect(code.length).toBeGreaterThan(0);
    expect(code.filter((path) => emptyWords(path).length > 0)).toEqual([]);
  });
});

describe('openings', () => {
  test('a missing or wordless one is noticed', () => {
    expect(saysItsPurpose('import x from "y";\n// Imports x from y.\n')).toBe(false);
    expect(saysItsPurpose('// Cards.\nimport x from "y";\n')).toBe(false);
    expect(saysItsPurpose('// biome-ignore lint: it is late.\nimport x from "y";\n')).toBe(false);
    expect(saysItsPurpose('#!/usr/bin/env node\n// Starts Baton and waits.\n')).toBe(true);
    expect(saysItsPurpose('/**\n * Names the\n * severities.\n */\n')).toBe(true);
  });

  test('each file of src and test opens with a sentence of purpose', async () => {
    const without: string[] = [];
    for (const path of code) if (!saysItsPurpose(await text(path))) without.push(path);
    expect(without).toEqual([]);
  });
});
