/** Opens Baton's one database file, alone on its directory, and lends out its connection. */
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS, type Migration } from './migrations.ts';
import { advice, explain, StorageError } from './storage-error.ts';
import { syncDirectory } from './sync-directory.ts';
import { type Transactions, transactionsOn } from './transactions.ts';

export interface Database extends Transactions {
  /** The data directory, absolute. */
  readonly directory: string;
  /** The database file, absolute. */
  readonly file: string;
  readonly connection: DatabaseSync;
}

/** The database's name in its directory. */
export const FILE = 'baton.db';

/** `Bato` in ASCII; SQLite keeps it in the file's header, where tools that name file types look. */
const APPLICATION_ID = 0x4261746f;

/** Up to this many bytes the whole file is checked at every start, at about 1 ms per MB; a larger one as it is read. */
export const CHECKED_WHOLE = 256 * 1024 * 1024;

/** The write-ahead log shrinks back to this many bytes once its pages are in the file. */
const LOG_KEPT = 8 * 1024 * 1024;

/**
 * Opens `baton.db` in `dataDir`, making both where they are missing, and brings its tables up to date.
 * @throws StorageError when the directory is in use, cannot be written, or its file is damaged, foreign or newer.
 */
export function openDatabase(dataDir: string, migrations: readonly Migration[] = MIGRATIONS): Database {
  const directory = resolve(dataDir);
  const file = join(directory, FILE);
  try {
    // For its owner only: incidents tell of weaknesses and of people's hours.
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    refuseOrphanedLog(file);
    const connection = new DatabaseSync(file);
    try {
      settle(connection, file, migrations);
      syncDirectory(directory);
      return { directory, file, connection, ...transactionsOn(connection, file) };
    } catch (error) {
      connection.close();
      throw error;
    }
  } catch (error) {
    throw explain(error, file);
  }
}

/** SQLite deletes a write-ahead log that has no database beside it, and with it the events that are only in there. */
function refuseOrphanedLog(file: string): void {
  const size = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size(file) > 0 || size(`${file}-wal`) === 0) return;
  throw new StorageError(
    'damaged',
    file,
    advice('damaged', file, `it is missing or empty, while ${file}-wal beside it holds events that belong to it`),
  );
}

function settle(connection: DatabaseSync, file: string, migrations: readonly Migration[]): void {
  // Exclusive from the first look on: two processes would each believe their own view of the people and jobs. The lock
  // goes with the process, however it ends. It also keeps the log's index in memory, so that no file is shared.
  connection.exec('PRAGMA locking_mode = EXCLUSIVE');
  connection.exec('BEGIN EXCLUSIVE');
  recognise(connection, file, migrations.length);
  connection.exec('COMMIT');
  if (pragma(connection, 'journal_mode = WAL') !== 'wal') {
    throw new StorageError('failed', file, advice('failed', file, 'no write-ahead log is possible there'));
  }
  // FULL: a commit is on the disk, not just with the system, when it returns. The fullfsync pair makes that true on
  // macOS, and means nothing elsewhere. Once Baton runs, that is waited for aside; see `durably`.
  connection.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA journal_size_limit = ${LOG_KEPT};
  `);
  if (statSync(file).size <= CHECKED_WHOLE) {
    const found = pragma(connection, 'quick_check(1)');
    if (found !== 'ok') throw new StorageError('damaged', file, advice('damaged', file, String(found)));
  }
  migrate(connection, migrations);
  connection.exec('PRAGMA synchronous = NORMAL');
}

/** Touches nothing in a file that is not Baton's, or that is ahead of this Baton. */
function recognise(connection: DatabaseSync, file: string, known: number): void {
  const empty = connection.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (empty && pragma(connection, 'application_id') === 0) {
    connection.exec(`
      PRAGMA application_id = ${APPLICATION_ID};
      CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at REAL NOT NULL) STRICT;
    `);
  } else if (pragma(connection, 'application_id') !== APPLICATION_ID) {
    throw new StorageError('foreign', file, advice('foreign', file, 'its application id is another'));
  }
  const version = schemaVersion(connection);
  if (version > known) {
    const said = `its tables have version ${version}, this Baton knows up to ${known}`;
    throw new StorageError('newer', file, advice('newer', file, said));
  }
}

function migrate(connection: DatabaseSync, migrations: readonly Migration[]): void {
  const done = schemaVersion(connection);
  if (done === migrations.length) return;
  connection.exec('BEGIN IMMEDIATE');
  migrations.forEach(({ name, sql }, step) => {
    if (step < done) return;
    connection.exec(sql);
    connection.prepare('INSERT INTO migrations VALUES (?, ?, ?)').run(step + 1, name, Date.now());
  });
  // A step that fails leaves the transaction open; closing the connection undoes it.
  connection.exec('COMMIT');
}

function schemaVersion(connection: DatabaseSync): number {
  return connection.prepare('SELECT coalesce(max(version), 0) AS version FROM migrations').get()?.version as number;
}

function pragma(connection: DatabaseSync, text: string): unknown {
  return Object.values(connection.prepare(`PRAGMA ${text}`).get() ?? {})[0];
}
