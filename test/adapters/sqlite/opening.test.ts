// Opening a data directory: durable, and alone on it.
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../../src/adapters/sqlite/database.ts';
import { declared, summary } from '../../contracts/sample.ts';
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

test('where a file stands in the place of the directory, that is said', async () => {
  const taken = join(where, 'taken');
  await writeFile(taken, '');
  for (const directory of [taken, join(taken, 'below')]) {
    const error = opening(directory);
    expect(error).toMatchObject({ fault: 'misplaced' });
    expect(error.message).toContain('DATA_DIR');
  }
});

describe('settings', () => {
  test('the log is written ahead, and SQLite itself brings it onto the disk only before it is moved into the file', () => {
    const database = openDatabase(where);
    const pragma = (name: string) => database.connection.prepare(`PRAGMA ${name}`).get()?.[name];
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('locking_mode')).toBe('exclusive');
    expect(pragma('synchronous')).toBe(1);
    database.close();
  });

  test('what is thrown in a transaction undoes it and comes out as it was', async () => {
    const database = openDatabase(where);
    const count = () => database.connection.prepare('SELECT count(*) AS people FROM people').get()?.people;
    const thrown = new Error('changed my mind');
    const put = () => database.connection.exec(`INSERT INTO people VALUES ('anna', '{}')`);
    const undone = () => {
      put();
      throw thrown;
    };
    await expect(database.durably(undone)).rejects.toBe(thrown);
    expect(failure(() => database.lightly(undone))).toBe(thrown);
    expect(failure(() => database.lightly(() => database.connection.exec('nonsense')))).toMatchObject({
      fault: 'failed',
    });
    expect(database.connection.isTransaction).toBe(false);
    expect(count()).toBe(0);
    await database.durably(put);
    expect(count()).toBe(1);
    database.close();
    await expect(database.durably(put)).rejects.toMatchObject({ fault: 'stopped' });
    database.close();
  });

  test('a missing directory is made, with those above it, for its owner only', async () => {
    const deep = join(where, 'var', 'baton');
    openDatabase(deep).close();
    expect((await stat(deep)).mode & 0o077).toBe(0);
    expect((await stat(join(deep, 'baton.db'))).size).toBeGreaterThan(0);
  });
});

describe('a directory in use', () => {
  test('another process is told which directory and what to do, until the first has gone', async () => {
    await used(where);
    there = elsewhere();
    await there.tell('open', where);
    const error = opening();
    expect(error).toMatchObject({ name: 'StorageError', fault: 'in-use', file });
    expect(error.message).toContain(`${where} is in use by another process`);
    expect(error.message).toContain('DATA_DIR');
    expect(await there.tell('store', 'append', 'INC-21', 0, [declared()], summary())).toBe('appended');
    expect(opening()).toMatchObject({ fault: 'in-use' });
    await there.kill();
    const store = await open(where);
    expect(await store.newest()).toBe(21);
    await store.stop();
  });

  test('so is the same process; a closed database can be opened again', () => {
    const first = openDatabase(where);
    expect(opening()).toMatchObject({ fault: 'in-use' });
    expect(opening()).toMatchObject({ fault: 'in-use' });
    first.close();
    openDatabase(where).close();
  });

  test('of processes that start at once on a new directory, no two get it', async () => {
    const both = [elsewhere(), elsewhere()];
    try {
      const answers = await Promise.allSettled(both.map((process) => process.tell('open', where)));
      const refused = answers.filter((answer) => answer.status === 'rejected');
      expect(refused.length).toBeGreaterThanOrEqual(1);
      for (const { reason } of refused) expect(reason).toMatchObject({ fault: 'in-use' });
    } finally {
      await Promise.all(both.map((process) => process.kill()));
    }
    openDatabase(where).close();
  });
});
