/** The columns of a job, and how a row of them becomes a job and back. */
import type { JobParameters } from 'agenda';
import { toJobId } from 'agenda';
import { decode, encode } from './sqlite-values.ts';

/** What SQLite keeps and gives back. */
export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/** A job as it is stored: every attribute by its name, null where it has none, beside any that Agenda does not know. */
export type StoredJob = Record<string, unknown>;

type Kind = 'text' | 'number' | 'date' | 'flag' | 'json';

/** Columns bear the names of Agenda's attributes. Dates are milliseconds since 1970. */
export const COLUMNS: Readonly<Record<string, Kind>> = {
  name: 'text',
  type: 'text',
  priority: 'number',
  nextRunAt: 'date',
  lockedAt: 'date',
  lastRunAt: 'date',
  lastFinishedAt: 'date',
  failedAt: 'date',
  failCount: 'number',
  // Whatever was thrown: mostly a message, but nothing says that it has to be.
  failReason: 'json',
  progress: 'number',
  disabled: 'flag',
  data: 'json',
  // Text or a number of milliseconds; which of the two decides how Agenda reads it.
  repeatInterval: 'json',
  repeatTimezone: 'text',
  repeatAt: 'text',
  startDate: 'date',
  endDate: 'date',
  skipDays: 'json',
  debounceStartedAt: 'date',
  fork: 'flag',
  lastModifiedBy: 'text',
};

const NAMES = Object.keys(COLUMNS);

/** The SQL type of each column; `extra` holds attributes that Agenda does not know but a unique key may ask for. */
export const COLUMN_DEFINITIONS = [
  ...Object.entries(COLUMNS).map(([name, kind]) => {
    const type = { text: 'TEXT', number: 'REAL', date: 'INTEGER', flag: 'INTEGER', json: 'TEXT' }[kind];
    return `${name} ${type}${name === 'name' ? ' NOT NULL' : ''}`;
  }),
  'extra TEXT',
];

export const COLUMN_LIST = [...NAMES, 'extra'];

/** The cells of `COLUMN_LIST`, in its order. */
export function toCells(job: StoredJob): Cell[] {
  const extra = Object.entries(job).filter(([key]) => key !== '_id' && !Object.hasOwn(COLUMNS, key));
  return [...NAMES.map((name) => toCell(name, job[name])), extra.length > 0 ? encode(Object.fromEntries(extra)) : null];
}

/** An attribute as its column keeps it; null for none, and for a date that is none. */
export function toCell(column: string, value: unknown): Cell {
  if (value === undefined || value === null) return null;
  switch (COLUMNS[column]) {
    case 'date':
      return toMilliseconds(value as Date);
    case 'flag':
      return value ? 1 : 0;
    case 'number':
      return Number(value);
    case 'text':
      return String(value);
    default:
      return encode(value);
  }
}

function toMilliseconds(date: Date): number | null {
  const milliseconds = Math.trunc(new Date(date).getTime());
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

export function toStoredJob(row: Row): StoredJob {
  const extra = row.extra ? (decode(String(row.extra)) as StoredJob) : {};
  const known = NAMES.map((name) => [name, fromCell(COLUMNS[name] as Kind, row[name] ?? null)]);
  return { ...extra, ...Object.fromEntries(known), _id: row.id };
}

function fromCell(kind: Kind, cell: Cell): unknown {
  if (cell === null) return null;
  if (kind === 'date') return new Date(cell);
  if (kind === 'flag') return cell === 1;
  return kind === 'json' ? decode(String(cell)) : cell;
}

/** These are there even when they are null; of the others Agenda expects undefined instead. */
const ALWAYS = new Set(['name', 'priority', 'nextRunAt', 'type', 'data']);

/** The job as Agenda speaks of it, without attributes that it does not know. */
export function toParameters(job: StoredJob): JobParameters {
  const known = NAMES.map((name) => [name, ALWAYS.has(name) ? job[name] : (job[name] ?? undefined)]);
  return { ...Object.fromEntries(known), _id: toJobId(String(job._id)) };
}
