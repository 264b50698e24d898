// What the doctor says of the data directory: it reads a copy, leaves everything as it is, and a running Baton in peace.
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spaceFinding } from '../../../src/adapters/sqlite/checkup.ts';
import { openDatabase } from '../../../src/adapters/sqlite/database.ts';
import { doctorSays, of } from '../../support/doctor.ts';
import { freshDirectory, removeDirectory } from './data-directory.ts';
import { CAN_MOUNT, type Elsewhere, elsewhere } from './elsewhere.ts';

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

const says = async (directory = where) => of(await doctorSays({ DATA_DIR: directory }), 'Storage');
const wrongOf = async (directory = where) => (await says(directory)).filter((one) => one.startsWith('wrong: '));

/** Names, sizes, times and contents. */
function state(): unknown {
  return readdirSync(where)
    .filter((name) => statSync(join(where, name)).isFile())
    .map((name) => [name, statSync(join(where, name)).mtimeMs, readFileSync(join(where, name)).toString('base64')]);
}

test('nothing there yet: nothing is made', async () => {
  expect(await says(join(where, 'data', 'deep'))).toEqual([
    expect.stringMatching(/^ok: The data directory .* is not there yet/),
    expect.stringMatching(/^ok: .* are free on the disk of /),
    expect.stringMatching(/^ok: There is no database yet/),
  ]);
  expect(readdirSync(where)).toEqual([]);
});

test('a database at rest is read, and left as it is', async () => {
  openDatabase(where).connection.close();
  const before = state();
  expect(await says()).toContain(`ok: The database ${file} can be read and is whole: 52 KB, 0 incidents.`);
  expect(state()).toEqual(before);
});

test('beside one that is in use: read all the same, who has it is said, and they go on', async () => {
  there = elsewhere();
  await there.tell('open', where);
  const before = state();
  const said = await says();
  expect(said.filter((one) => !one.startsWith('ok: '))).toEqual([]);
  expect(said).toContainEqual(expect.stringContaining('can be read and is whole'));
  // Only Linux tells who it is.
  if (process.platform === 'linux') expect(said.at(-1)).toContain(`in use by process ${there.pid}`);
  expect(state()).toEqual(before);
});

test('a file that is damaged, foreign, newer, or has lost its log', async () => {
  writeFileSync(file, 'This is no database, however long it is. '.repeat(100));
  expect(await wrongOf()).toEqual([expect.stringMatching(/is damaged .* > It has been left as it is\./)]);
  expect((await wrongOf()).join()).toContain(file);
  rmSync(file);
  const other = new DatabaseSync(file);
  other.exec('PRAGMA application_id = 1; CREATE TABLE other (id INTEGER)');
  other.close();
  expect(await wrongOf()).toEqual([expect.stringContaining("is not one of Baton's")]);
  rmSync(file);
  const later = openDatabase(where).connection;
  later.exec("INSERT INTO migrations VALUES (1000, 'of a later Baton', 0)");
  later.close();
  expect(await wrongOf()).toEqual([expect.stringContaining('was written by a newer Baton')]);
  writeFileSync(file, '');
  writeFileSync(`${file}-wal`, 'events that belong to nothing');
  expect(await wrongOf()).toEqual([expect.stringContaining('missing or empty, while')]);
});

test('a file where the directory should be, and above it', async () => {
  writeFileSync(join(where, 'notes'), 'x');
  expect((await wrongOf(join(where, 'notes')))[0]).toMatch(
    /Baton keeps its data in a directory, and .*notes is a file/,
  );
  expect((await wrongOf(join(where, 'notes', 'deep')))[0]).toMatch(/Baton keeps its data in a directory/);
});

test('a directory that this user may not write to', async () => {
  chmodSync(where, 0o555);
  there = elsewhere();
  // Root may write anywhere.
  if (process.getuid?.() === 0) await there.tell('nobody');
  expect(await there.tell('checkup', where)).toMatchObject([
    {
      state: 'wrong',
      said: expect.stringContaining(`Baton may not write to ${file}`),
      remedy: expect.stringMatching(/^Give the user it runs as write access/),
    },
    { state: 'ok' },
    { state: 'ok' },
  ]);
});

const fullDisk = CAN_MOUNT ? test : test.skip;
fullDisk('a disk that is full', async () => {
  there = elsewhere({ mounting: true });
  await there.tell('run', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', where);
  await there.tell('fill', where);
  expect(await there.tell('checkup', where)).toContainEqual({
    state: 'wrong',
    said: `0 KB are free on the disk of ${where}.`,
    remedy: 'Make space: when it is full, Baton keeps nothing more.',
  });
});

test('little space is worth knowing, next to none is wrong', () => {
  const states = [2 ** 40, 900 * 2 ** 20, 3 * 2 ** 20].map((free) => spaceFinding(where, free));
  expect(states).toMatchObject([{ state: 'ok' }, { state: 'note' }, { state: 'wrong' }]);
  expect(states[2]).toEqual({
    state: 'wrong',
    said: `3 MB are free on the disk of ${where}.`,
    remedy: 'Make space: when it is full, Baton keeps nothing more.',
  });
});
