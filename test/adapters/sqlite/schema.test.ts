// Databases of other programs and other versions of Baton.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../../src/adapters/sqlite/database.ts';
import { MIGRATIONS } from '../../../src/adapters/sqlite/migrations.ts';
import { failure, freshDirectory, open, removeDirectory, used } from './data-directory.ts';

let where: string;
let file: string;
beforeEach(async () => {
  where = await freshDirectory();
  file = join(where, 'baton.db');
});
afterEach(async () => {
  await removeDirectory(where);
});
const opening = (directory = where) => failure(() => openDatabase(directory));

describe('a file that is not for this Baton', () => {
  test("another program's database is named and left as it is", async () => {
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE recipes (name TEXT)');
    other.close();
    const before = await readFile(file);
    const error = opening();
    expect(error).toMatchObject({ name: 'StorageError', fault: 'foreign', file });
    expect(error.message).toMatch(/not one of Baton's.*Move it away/);
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  test('tables of a newer Baton are left as they are', async () => {
    openDatabase(where, [...MIGRATIONS, { name: 'later', sql: 'CREATE TABLE later (x TEXT)' }]).close();
    const before = await readFile(file);
    const error = opening();
    expect(error).toMatchObject({ name: 'StorageError', fault: 'newer', file });
    const known = MIGRATIONS.length;
    expect(error.message).toContain(
      `newer Baton (its tables have version ${known + 1}, this Baton knows up to ${known})`,
    );
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  test('older tables are brought up to date, with what is in them', async () => {
    await used(where);
    const later = [
      ...MIGRATIONS,
      { name: 'colour', sql: `ALTER TABLE incidents ADD COLUMN colour TEXT DEFAULT 'red'` },
    ];
    const database = openDatabase(where, later);
    expect(database.connection.prepare('SELECT colour FROM incidents WHERE number = 20').get()?.colour).toBe('red');
    expect(database.connection.prepare('SELECT version, name FROM migrations').all()).toMatchObject(
      later.map(({ name }, step) => ({ version: step + 1, name })),
    );
    database.close();
    openDatabase(where, later).close();
  });

  test('a step that fails leaves the tables as they were before it', async () => {
    await used(where);
    const broken = [
      ...MIGRATIONS,
      { name: 'fine', sql: 'CREATE TABLE fine (x TEXT)' },
      { name: 'broken', sql: 'DROP TABLE people; ALTER TABLE nothing ADD COLUMN x' },
    ];
    expect(failure(() => openDatabase(where, broken))).toMatchObject({ name: 'StorageError', fault: 'failed' });
    const store = await open(where);
    expect(await store.newest()).toBe(20);
    await store.stop();
    const database = openDatabase(where);
    const tables = database.connection.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
    expect(tables.map(({ name }) => name)).toContain('people');
    expect(tables.map(({ name }) => name)).not.toContain('fine');
    database.close();
  });
});
