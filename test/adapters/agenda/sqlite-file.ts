/** A database in a file of its own, opened as Baton opens its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  return database;
}

export function openSqliteFile(): { database: DatabaseSync; path: string; remove: () => Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'baton-jobs-'));
  const path = join(folder, 'baton.db');
  const database = openDatabase(path);
  return {
    database,
    path,
    async remove() {
      if (database.isOpen) database.close();
      rmSync(folder, { recursive: true });
    },
  };
}
