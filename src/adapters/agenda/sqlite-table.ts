/** The table of jobs in SQLite: its making, its indexes, its prepared statements and transactions. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Cell, Row } from './sqlite-row.ts';
import { COLUMN_DEFINITIONS } from './sqlite-row.ts';

/** Marks a value that may match in more than one way, so that the index never hides what the exact match would find. */
export const MANY = '[';

/**
 * What the index on `data.<key>` holds: the value, or `MANY` where the value or the data is a list, because a list
 * matches each of its items, and where the data are wrapped (see sqlite-values.ts).
 */
export function indexedValue(key: string): string {
  const path = `'$.${key}'`;
  const many = `json_type(data) = 'array' OR json_type(data, ${path}) = 'array' OR json_type(data, '$."$"') IS NOT NULL`;
  return `CASE WHEN ${many} THEN '${MANY}' ELSE data ->> ${path} END`;
}

/** The table of jobs with the indexes that its queries need. */
export function jobsSchema(indexed: readonly string[]): string {
  return `
    CREATE TABLE IF NOT EXISTS agenda_jobs (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      ${COLUMN_DEFINITIONS.join(',\n      ')}
    ) STRICT;
    CREATE INDEX IF NOT EXISTS agenda_jobs_due ON agenda_jobs (name, nextRunAt, priority DESC)
      WHERE lockedAt IS NULL AND disabled IS NOT 1;
    CREATE INDEX IF NOT EXISTS agenda_jobs_locked ON agenda_jobs (name, lockedAt) WHERE lockedAt IS NOT NULL;
    CREATE INDEX IF NOT EXISTS agenda_jobs_name ON agenda_jobs (name, type);
    CREATE INDEX IF NOT EXISTS agenda_jobs_next ON agenda_jobs (nextRunAt);
    ${indexed
      .map((key) => `CREATE INDEX IF NOT EXISTS agenda_jobs_by_${key} ON agenda_jobs (${indexedValue(key)}, name);`)
      .join('\n    ')}
  `;
}

export interface JobsTable {
  /** Top-level keys of the data that have an index. */
  readonly indexed: readonly string[];
  /** Makes the tables and indexes of a schema that are missing. */
  create(schema: string): void;
  all(sql: string, ...cells: Cell[]): Row[];
  first(sql: string, ...cells: Cell[]): Row | undefined;
  /** Row by row, for a search that may end early. */
  each(sql: string, ...cells: Cell[]): Iterable<Row>;
  /** One write as a transaction of its own; the number of rows that it changed. */
  write(sql: string, ...cells: Cell[]): number;
  /** One write as a part of a transaction; the number of rows that it changed. */
  change(sql: string, ...cells: Cell[]): number;
  transaction: Transaction;
}

/** Commits all of a synchronous piece of work, or nothing of it when it throws. */
export type Transaction = <T>(work: () => T) => T;

/** Transactions of our own; errors of SQLite (full, read-only, busy) are thrown as they come. */
export function transactionsOf(database: DatabaseSync): Transaction {
  return (work) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      // Some errors, a full disk among them, have rolled back already.
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
}

/** Over an open database that belongs to the caller. Each statement is prepared once. */
export function jobsTable(database: DatabaseSync, transaction: Transaction, indexed: readonly string[]): JobsTable {
  for (const key of indexed) {
    if (!/^[A-Za-z_]\w*$/.test(key)) throw new TypeError(`"${key}" cannot be indexed: it has to be a plain name.`);
  }
  const prepared = new Map<string, StatementSync>();
  function statement(sql: string): StatementSync {
    const known = prepared.get(sql);
    if (known) return known;
    const made = database.prepare(sql);
    made.setReadBigInts(false);
    prepared.set(sql, made);
    return made;
  }
  // A write that returns rows has to be stepped to its end: `get` stops at its first row, and outside a transaction
  // node:sqlite then does not look at whether the disk took it.
  const all = (sql: string, ...cells: Cell[]) => statement(sql).all(...cells) as Row[];
  const change = (sql: string, ...cells: Cell[]) => Number(statement(sql).run(...cells).changes);
  return {
    indexed,
    create: (schema) => transaction(() => database.exec(schema)),
    all,
    first: (sql, ...cells) => all(sql, ...cells)[0],
    each: (sql, ...cells) => statement(sql).iterate(...cells) as Iterable<Row>,
    write: (sql, ...cells) => transaction(() => change(sql, ...cells)),
    change,
    transaction,
  };
}
