/** Reads and writes on one connection: all or nothing, with errors that help. */
import type { DatabaseSync } from 'node:sqlite';
import { advice, explain, StorageError } from './storage-error.ts';

export interface Transactions {
  /** Runs `work`; what SQLite throws in it comes out as a `StorageError`. */
  attempt<T>(work: () => T): T;
  /**
   * One write: all of `work` or nothing, durable when it returns. `work` is synchronous, so nothing comes between; what
   * it throws undoes it. Does not nest.
   */
  transaction<T>(work: () => T): T;
  /** Like `transaction`, but a power cut may undo the latest ones; for what can be found out again. */
  lightly<T>(work: () => T): T;
}

export function transactionsOn(connection: DatabaseSync, file: string): Transactions {
  const begin = connection.prepare('BEGIN IMMEDIATE');
  const commit = connection.prepare('COMMIT');
  const rollback = connection.prepare('ROLLBACK');

  function attempt<T>(work: () => T): T {
    if (!connection.isOpen) throw new StorageError('stopped', file, advice('stopped', file, 'Baton is stopping'));
    try {
      return work();
    } catch (error) {
      throw isFromSqlite(error) ? explain(error, file) : error;
    }
  }

  function transaction<T>(work: () => T): T {
    return attempt(() => {
      begin.run();
      try {
        const result = work();
        commit.run();
        return result;
      } catch (error) {
        // SQLite has undone it by itself after some errors, a full disk among them.
        if (connection.isTransaction) rollback.run();
        throw error;
      }
    });
  }

  function lightly<T>(work: () => T): T {
    return attempt(() => {
      // Without the sync a write takes microseconds; the next durable one takes it along. Not prepared: SQLite carries this
      // pragma out when it reads it, and a second run would change nothing.
      connection.exec('PRAGMA synchronous = NORMAL');
      try {
        return transaction(work);
      } finally {
        connection.exec('PRAGMA synchronous = FULL');
      }
    });
  }

  return { attempt, transaction, lightly };
}

function isFromSqlite(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === 'ERR_SQLITE_ERROR';
}
