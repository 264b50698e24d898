// When what was written is on the disk: nobody is answered before, whoever waits together waits once, and a log that the disk
// refuses is moved into the file.
import { mkdtempSync, rmSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Store } from '../../../src/core/ports.ts';
import { declared, note, summary } from '../../contracts/sample.ts';

type Told = (error: Error | null) => void;

/** Syncs that the disk was asked for and has not answered. */
const asked: Told[] = [];
const answerAll = (error: Error | null = null) => {
  for (const tell of asked.splice(0)) tell(error);
};

const fs = await import('node:fs');
jest.unstable_mockModule('node:fs', () => ({ ...fs, fdatasync: (_file: number, told: Told) => void asked.push(told) }));
const { openDatabase } = await import('../../../src/adapters/sqlite/database.ts');
const { sqliteStore } = await import('../../../src/adapters/sqlite/store.ts');

let where: string;
let store: Store;

beforeEach(() => {
  where = mkdtempSync(join(tmpdir(), 'baton-on-disk-'));
  store = sqliteStore(openDatabase(where));
});
afterEach(async () => {
  answerAll();
  await store.stop();
  rmSync(where, { recursive: true });
});

const turns = () => new Promise((done) => setTimeout(done, 20));

test('an append is answered when it is on the disk, and not before', async () => {
  let answered = false;
  const appended = store.append('INC-1', 0, [declared()], summary()).then((outcome) => {
    answered = true;
    return outcome;
  });
  await turns();
  expect(asked).toHaveLength(1);
  expect(answered).toBe(false);
  answerAll();
  expect(await appended).toBe('appended');
});

test('what is written while the disk is busy waits for one more turn of it, together', async () => {
  const writes = [1, 2, 3, 4].map((n) => store.append(`INC-${n}`, 0, [declared()], summary()));
  await turns();
  // The first one began before the others were written.
  expect(asked).toHaveLength(1);
  answerAll();
  expect(await writes[0]).toBe('appended');
  await turns();
  expect(asked).toHaveLength(1);
  answerAll();
  expect(await Promise.all(writes)).toEqual(Array(4).fill('appended'));
});

test('what can be found out again waits for nothing', async () => {
  const declaring = store.append('INC-1', 0, [declared()], summary());
  await turns();
  answerAll();
  await declaring;
  await store.delivered('INC-1', 'room', 1);
  await store.remember('INC-1', 'room', 'painted', '1', true);
  expect(asked).toEqual([]);
  expect((await store.load('INC-1'))?.cursors).toEqual({ room: 1 });
});

test('a log that the disk refuses is moved into the file, and what was written is kept there', async () => {
  const appended = store.append('INC-1', 0, [declared(), note(2)], summary());
  await turns();
  answerAll(new Error('EIO: the log cannot be written'));
  expect(await appended).toBe('appended');
  const beside = join(where, 'beside');
  await mkdir(beside);
  await copyFile(join(where, 'baton.db'), join(beside, 'baton.db'));
  const copy = sqliteStore(openDatabase(beside));
  expect((await copy.load('INC-1'))?.events).toHaveLength(2);
  await copy.stop();
});

test('a cursor that cannot be moved holds up none that is moved with it', async () => {
  const declaring = store.append('INC-1', 0, [declared()], summary());
  await turns();
  answerAll();
  await declaring;
  const moves = await Promise.allSettled([
    store.delivered('INC-1', 'room', 1),
    store.delivered('INC-7', 'room', 1),
    store.delivered('INC-1', 'call', 1),
  ]);
  expect(moves.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await store.load('INC-1'))?.cursors).toEqual({ room: 1, call: 1 });
});
