/** Reads and writes on one connection: all or nothing, with errors that help. */
import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { jointSync } from './joint-sync.ts';
import { advice, explain, StorageError } from './storage-error.ts';
import { whereQuickest } from './where-quickest.ts';

const syncAside = promisify(fdatasync);

export interface Transactions {
  /** Runs `work`; what SQLite throws in it comes out as a `StorageError`. */
  attempt<T>(work: () => T): T;
  /**
   * One write: all of `work` or nothing, on the disk when it resolves. `work` is synchronous, so nothing comes between; what
   * it throws undoes it. Does not nest. Where the disk fails after it was written it rejects, and is seen all the same.
   */
  durably<T>(work: () => T): Promise<T>;
  /** Like `durably`, but at once, and a power cut may undo the latest ones; for what can be found out again. */
  lightly<T>(work: () => T): T;
  /** Resolves when everything written before is on the disk. */
  onDisk(): Promise<void>;
  /** Empties the write-ahead log into the file and closes the connection. May be called again. */
  close(): void;
}

/**
 * @param connection in WAL mode and `synchronous = NORMAL`: SQLite itself syncs only before the log is moved into the
 *   file, so that the file holds together whenever the power goes. The log is synced here, and where the disk is slow,
 *   not on the thread that answers people, which it would hold up.
 */
export function transactionsOn(connection: DatabaseSync, file: string): Transactions {
  const begin = connection.prepare('BEGIN IMMEDIATE');
  const commit = connection.prepare('COMMIT');
  const rollback = connection.prepare('ROLLBACK');
  const checkpoint = connection.prepare('PRAGMA wal_checkpoint(FULL)');
  // SQLite keeps this very file for as long as the connection is open.
  const log = openSync(`${file}-wal`, 'r+');
  let syncing = Promise.resolve();
  const dataOnDisk = whereQuickest(
    () => fdatasyncSync(log),
    () => syncAside(log),
  );
  const onDisk = jointSync(() => {
    const sync = dataOnDisk().catch(intoFile);
    syncing = sync.catch(() => undefined);
    return sync;
  });

  /** What the log could not be brought to hold may still be moved into the file, which is synced then. */
  function intoFile(refused: unknown): void {
    const { busy, log: frames, checkpointed } = attempt(() => checkpoint.get()) ?? {};
    if (busy !== 0 || frames !== checkpointed) throw explain(refused, file);
  }

  function attempt<T>(work: () => T): T {
    if (!connection.isOpen) throw new StorageError('stopped', file, advice('stopped', file, 'Baton is stopping'));
    try {
      return work();
    } catch (error) {
      throw isFromSqlite(error) ? explain(error, file) : error;
    }
  }

  function lightly<T>(work: () => T): T {
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

  async function durably<T>(work: () => T): Promise<T> {
    const result = lightly(work);
    await onDisk();
    return result;
  }

  function close(): void {
    if (!connection.isOpen) return;
    connection.close();
    // Not under a sync that still runs: its descriptor would be lent to another file.
    void syncing.then(() => closeSync(log));
  }

  return { attempt, durably, lightly, onDisk, close };
}

function isFromSqlite(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === 'ERR_SQLITE_ERROR';
}
