/** Saving a job: by its id, as the only one of its name, by a unique key (with debouncing), or simply as a new one. */
import { randomBytes } from 'node:crypto';
import type { DebounceOptions, JobParameters, JobRepositoryOptions } from 'agenda';
import { toId, toUnique } from './sqlite-criteria.ts';
import type { Query } from './sqlite-match.ts';
import { checkOperators, isOperators, matches } from './sqlite-match.ts';
import type { StoredJob } from './sqlite-row.ts';
import { COLUMN_LIST, COLUMNS, toCells, toParameters, toStoredJob } from './sqlite-row.ts';
import type { JobsTable } from './sqlite-table.ts';
import { isPlainObject } from './sqlite-values.ts';

const INSERT = `INSERT INTO agenda_jobs (id, ${COLUMN_LIST.join(', ')}) VALUES (?${', ?'.repeat(COLUMN_LIST.length)})`;
const UPDATE = `UPDATE agenda_jobs SET ${COLUMN_LIST.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`;
const BY_ID = 'SELECT * FROM agenda_jobs WHERE id = ? AND name = ?';
const SINGLE = `SELECT * FROM agenda_jobs WHERE name = ? AND type = 'single' ORDER BY seq LIMIT 1`;

/** A save leaves these as they are when it does not mention them; everything else it sets to nothing. */
const KEPT = new Set(['name', 'type', 'priority', 'nextRunAt', 'data']);
const EMPTIED = Object.fromEntries(
  Object.keys(COLUMNS)
    .filter((name) => !KEPT.has(name))
    .map((name) => [name, null]),
);

/** Resolves to the job as stored; to `job` itself when it has an id that is no longer there. */
export function saveJob<DATA>(
  table: JobsTable,
  job: JobParameters<DATA>,
  options: JobRepositoryOptions | undefined,
): JobParameters<DATA> {
  const { _id, unique, uniqueOpts, ...given } = job;
  const set: StoredJob = {
    ...EMPTIED,
    ...Object.fromEntries(Object.entries(given).map(([key, value]) => [key, value ?? null])),
    lastModifiedBy: options?.lastModifiedBy ?? null,
  };
  const now = new Date();
  const saved = table.transaction((): StoredJob | undefined => {
    if (_id) {
      const row = table.first(BY_ID, toId(_id), job.name);
      return row && update(table, toStoredJob(row), set);
    }
    if (job.type === 'single') return saveSingle(table, set, now);
    if (unique) return saveUnique(table, set, unique, { ...uniqueOpts, now });
    return insert(table, set);
  });
  return (saved ? toParameters(saved) : job) as JobParameters<DATA>;
}

function insert(table: JobsTable, job: StoredJob): StoredJob {
  // Like MongoDB's ids they begin with the second of their making, so that they sort by age.
  const id =
    Math.trunc(Date.now() / 1000)
      .toString(16)
      .padStart(8, '0') + randomBytes(8).toString('hex');
  table.change(INSERT, id, ...toCells(job));
  return { ...job, _id: id };
}

function update(table: JobsTable, stored: StoredJob, set: StoredJob): StoredJob {
  const job = { ...stored, ...set };
  table.change(UPDATE, ...toCells(job), String(stored._id));
  return job;
}

/** One of that name: `every` saves it again at each start. A time that has come already moves no job that waits. */
function saveSingle(table: JobsTable, set: StoredJob, now: Date): StoredJob {
  const row = table.first(SINGLE, String(set.name));
  if (!row) return insert(table, set);
  const { nextRunAt, ...others } = set;
  const due = nextRunAt instanceof Date && nextRunAt <= now;
  return update(table, toStoredJob(row), due ? others : set);
}

interface UniqueSave {
  readonly insertOnly?: boolean;
  readonly debounce?: DebounceOptions;
  readonly now: Date;
}

function saveUnique(table: JobsTable, set: StoredJob, unique: Query, options: UniqueSave): StoredJob {
  checkOperators(unique);
  const { debounce, insertOnly, now } = options;
  const existing = findUnique(table, String(set.name), unique);
  if (existing) {
    if (debounce) return update(table, existing, { ...set, ...debounced(existing, debounce, now) });
    return insertOnly ? existing : update(table, existing, set);
  }
  // What the key demands becomes part of the job, unless the job says otherwise.
  const demanded = equalities(unique);
  return insert(table, { ...demanded, ...set, ...(debounce && firstDebounced(set, debounce, now)) });
}

function findUnique(table: JobsTable, name: string, unique: Query): StoredJob | undefined {
  const { where, cells, query } = toUnique(table, name, unique);
  for (const row of table.each(`SELECT * FROM agenda_jobs WHERE ${where} ORDER BY seq`, ...cells)) {
    const job = toStoredJob(row);
    if (matches(job, query)) return job;
  }
  return undefined;
}

/** Leading: runs at once, and once. Trailing: `delay` ms after the last save, but at most `maxWait` after the first. */
function debounced(existing: StoredJob, { delay, maxWait, strategy }: DebounceOptions, now: Date): StoredJob {
  const since = existing.debounceStartedAt instanceof Date ? existing.debounceStartedAt : now;
  if (strategy === 'leading') return { nextRunAt: existing.nextRunAt, debounceStartedAt: since };
  if (maxWait && now.getTime() - since.getTime() >= maxWait) return { nextRunAt: now, debounceStartedAt: null };
  return { nextRunAt: new Date(now.getTime() + delay), debounceStartedAt: since };
}

function firstDebounced(set: StoredJob, { delay, strategy }: DebounceOptions, now: Date): StoredJob {
  const nextRunAt = strategy === 'leading' ? set.nextRunAt : new Date(now.getTime() + delay);
  return { nextRunAt, debounceStartedAt: now };
}

/** The values that a query demands to be equal, as an object: `{'data.user': 1}` becomes `{data: {user: 1}}`. */
function equalities(query: Query): StoredJob {
  const found: StoredJob = {};
  for (const [path, wanted] of Object.entries(query)) {
    if (path === '$and') for (const part of wanted as Query[]) Object.assign(found, equalities(part));
    if (path.startsWith('$') || wanted instanceof RegExp) continue;
    if (!isOperators(wanted)) place(found, path.split('.'), wanted);
    else if (Object.hasOwn(wanted, '$eq')) place(found, path.split('.'), wanted.$eq);
  }
  return found;
}

function place(target: StoredJob, [key, ...rest]: readonly string[], value: unknown): void {
  if (key === undefined || key === '__proto__') return;
  if (rest.length === 0) {
    target[key] = value ?? null;
    return;
  }
  const inner = isPlainObject(target[key]) ? target[key] : {};
  target[key] = inner;
  place(inner, rest, value);
}
