// A damaged database is reported, never overwritten.
import { readFile, rename, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../../src/adapters/sqlite/database.ts';
import { declared, note, summary } from '../../contracts/sample.ts';
import { failure, freshDirectory, open, removeDirectory, used } from './data-directory.ts';
import { type Elsewhere, elsewhere } from './elsewhere.ts';

let where: string;
let file: string;
let there: Elsewhere | undefined;
beforeEach(async () => {
  where = await freshDirectory();
  file = join(where, 'baton.db');
});
afterEach(async () => {
  await there?.kill();
  there = undefined;
  await removeDirectory(where);
});
const opening = (directory = where) => failure(() => openDatabase(directory));

describe('a file that is damaged', () => {
  const damages: readonly [string, (content: Buffer) => Buffer][] = [
    ['two bytes', () => Buffer.from('xy')],
    ['a word', () => Buffer.from('placeholder')],
    ['a text shorter than a page', () => Buffer.from('x'.repeat(600))],
    ['a text', () => Buffer.from('These are my notes.\n'.repeat(500))],
    ['zeros', (content) => Buffer.alloc(content.length)],
    ['cut off within the first page', (content) => content.subarray(0, 700)],
    ['cut off in the middle', (content) => content.subarray(0, Math.floor(content.length / 2) - 100)],
    ['a header overwritten', (content) => Buffer.concat([Buffer.from('garbage!'.repeat(4)), content.subarray(32)])],
    [
      'pages overwritten in the middle',
      (content) => Buffer.concat([content.subarray(0, 8_192), Buffer.alloc(16_384, 0xa5), content.subarray(24_576)]),
    ],
  ];

  test.each(damages)('%s: named, explained and left as it is', async (_, damage) => {
    await used(where);
    const damaged = damage(await readFile(file));
    await writeFile(file, damaged);
    for (let attempt = 0; attempt < 2; attempt++) {
      const error = opening();
      expect(error).toMatchObject({ name: 'StorageError', fault: 'damaged', file });
      expect(error.message).toContain(`${file} is damaged`);
      expect(error.message).toMatch(/Restore a backup.*move it away/);
      expect((await readFile(file)).equals(damaged)).toBe(true);
    }
    await rename(file, `${file}.damaged`);
    const store = await open(where);
    expect(await store.newest()).toBe(0);
    await store.stop();
  });

  test('a log without its database is not thrown away', async () => {
    there = elsewhere();
    await there.tell('open', where);
    await there.tell('store', 'append', 'INC-1', 0, [declared()], summary());
    await there.kill();
    const log = await readFile(`${file}-wal`);
    expect(log.length).toBeGreaterThan(0);

    await rename(file, `${file}.elsewhere`);
    expect(opening()).toMatchObject({ fault: 'damaged' });
    expect(opening().message).toContain(`${file}-wal`);
    await writeFile(file, '');
    expect(opening()).toMatchObject({ fault: 'damaged' });
    expect((await readFile(`${file}-wal`)).equals(log)).toBe(true);

    await rename(`${file}.elsewhere`, file);
    const store = await open(where);
    expect((await store.load('INC-1'))?.version).toBe(1);
    await store.stop();
  });

  test('a log that was cut off by a crash costs no more than the append that was under way', async () => {
    there = elsewhere();
    await there.tell('open', where);
    for (let version = 0; version < 10; version++) {
      await there.tell('store', 'append', 'INC-1', version, [version ? note(version + 1) : declared()], summary());
    }
    await there.kill();
    await truncate(`${file}-wal`, (await stat(`${file}-wal`)).size - 100);
    const store = await open(where);
    expect((await store.load('INC-1'))?.version).toBe(9);
    await store.stop();
  });
});
