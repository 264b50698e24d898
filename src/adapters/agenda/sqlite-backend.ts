/** Agenda on SQLite: jobs, their locks and their log in a database that is open already, and notices within the process. */
import type { DatabaseSync } from 'node:sqlite';
import type { AgendaBackend } from 'agenda';
import { InMemoryNotificationChannel } from 'agenda';
import { sqliteLogger } from './sqlite-logger.ts';
import { sqliteRepository } from './sqlite-repository.ts';
import { jobsTable, type Transaction, transactionsOf } from './sqlite-table.ts';

export interface SqliteBackendOptions {
  /** Open, and closed by whoever opened it, after Agenda has stopped. One process writes to it. */
  readonly database: DatabaseSync;
  /**
   * How writes are committed, all or nothing. Default: as durably as the database is set to. Jobs that can be derived
   * anew after a power cut may be committed without waiting for the disk.
   */
  readonly transaction?: Transaction;
  /**
   * Nobody else takes jobs from this database: locks that the first `connect` finds are those of a process that died. They
   * lapse at once, so that what comes due just after a restart does not wait for the lifetime of a dead lock.
   */
  readonly alone?: boolean;
  /** Top-level keys of the jobs' data by whose text jobs are looked up often: each gets an index. Default: `incident`. */
  readonly indexed?: readonly string[];
}

/** A job that was being run has no time any more: only a lock that has lapsed tells that it is still to be run. */
const RELEASE = `
  UPDATE agenda_jobs SET lockedAt = CASE WHEN nextRunAt IS NULL THEN 0 END WHERE lockedAt IS NOT NULL`;

/**
 * For one `Agenda`, which disconnects the channel when it stops. A job that it saves is looked at by itself at once,
 * not only at its next `processEvery`. The tables (`agenda_jobs`, `agenda_logs`) are made by `connect`.
 */
export function sqliteBackend(options: SqliteBackendOptions): AgendaBackend {
  const { database, transaction = transactionsOf(database), alone = false, indexed = ['incident'] } = options;
  const table = jobsTable(database, transaction, indexed);
  const repository = sqliteRepository(table);
  let inherited = alone;
  return {
    name: 'SQLite',
    ownsConnection: false,
    repository,
    notificationChannel: new InMemoryNotificationChannel(),
    logger: sqliteLogger(table),
    async connect() {
      await repository.connect();
      if (inherited) table.write(RELEASE);
      inherited = false;
    },
    disconnect: async () => {},
  };
}
