/** Finding jobs in SQLite: by id, by filter with sorting and paging, and their counts by name and state. */
import type { JobsOverview, JobsQueryOptions, JobsResult, JobsSort, JobWithState, SortDirection } from 'agenda';
import { computeJobState } from 'agenda';
import { compareForSorting } from './sqlite-compare.ts';
import type { Criteria } from './sqlite-criteria.ts';
import { toFind } from './sqlite-criteria.ts';
import { matches } from './sqlite-match.ts';
import type { Row } from './sqlite-row.ts';
import { toParameters, toStoredJob } from './sqlite-row.ts';
import type { JobsTable } from './sqlite-table.ts';

/** In this order of importance, however the caller wrote them. `data` has no order that SQL knows. */
const SORTABLE = ['nextRunAt', 'lastRunAt', 'lastFinishedAt', 'priority', 'name'] as const;

const NEWEST_FIRST: JobsSort = { nextRunAt: 'desc', lastRunAt: 'desc' };

/** Rows that fit, in the order of `orderBy`. */
export function rowsThatFit(table: JobsTable, criteria: Criteria, columns: string, orderBy = 'seq'): Row[] {
  const sql = `SELECT ${columns} FROM agenda_jobs WHERE ${criteria.where} ORDER BY ${orderBy}`;
  const rows = table.all(sql, ...criteria.cells);
  if (Object.keys(criteria.query).length === 0) return rows;
  return rows.filter((row) => matches(toStoredJob(row), criteria.query));
}

export function queryJobs(table: JobsTable, options: JobsQueryOptions): JobsResult {
  const { state, skip = 0, limit = 0 } = options;
  const criteria = toFind(table, options);
  if (!criteria) return { jobs: [], total: 0 };
  const sort = Object.values(options.sort ?? {}).some(Boolean) ? (options.sort as JobsSort) : NEWEST_FIRST;
  const now = new Date();
  if (!state && !sort.data && Object.keys(criteria.query).length === 0) {
    const page = `SELECT * FROM agenda_jobs WHERE ${criteria.where} ORDER BY ${orderBy(sort)} LIMIT ? OFFSET ?`;
    const rows = table.all(page, ...criteria.cells, limit > 0 ? limit : -1, Math.max(skip, 0));
    const count = table.first(`SELECT count(*) AS total FROM agenda_jobs WHERE ${criteria.where}`, ...criteria.cells);
    return { jobs: rows.map((row) => withState(row, now)), total: Number(count?.total) };
  }
  const found = rowsThatFit(table, criteria, '*', orderBy(sort))
    .map((row) => withState(row, now))
    .filter((job) => !state || (state === 'paused' ? job.disabled === true : job.state === state));
  if (sort.data) sortByData(found, sort);
  const from = Math.max(skip, 0);
  return { jobs: found.slice(from, limit > 0 ? from + limit : undefined), total: found.length };
}

function withState(row: Row, now: Date): JobWithState {
  const job = toParameters(toStoredJob(row));
  return { ...job, state: computeJobState(job, now) } as JobWithState;
}

function orderBy(sort: JobsSort): string {
  const terms = SORTABLE.filter((column) => sort[column]).map((column) => `${column} ${direction(sort[column])}`);
  // Ties are broken by age, so that pages neither repeat nor miss a job.
  return [...terms, 'seq'].join(', ');
}

function direction(direction: SortDirection | undefined): 'ASC' | 'DESC' {
  return direction === 'asc' ? 'ASC' : 'DESC';
}

/** By the columns first, as SQL has done, and by the data where those are equal. */
function sortByData(jobs: JobWithState[], sort: JobsSort): void {
  const columns = SORTABLE.filter((column) => sort[column]);
  jobs.sort((a, b) => {
    for (const column of columns) {
      const difference = compareForSorting(a[column], b[column], sort[column] as SortDirection);
      if (difference !== 0) return difference;
    }
    return compareForSorting(a.data, b.data, sort.data as SortDirection);
  });
}

export function jobsOverview(table: JobsTable): JobsOverview[] {
  const now = new Date();
  const overviews = new Map<string, JobsOverview>();
  const states = { running: 0, scheduled: 0, queued: 0, completed: 0, failed: 0, repeating: 0, paused: 0 };
  for (const row of table.each('SELECT * FROM agenda_jobs ORDER BY name')) {
    const job = toParameters(toStoredJob(row));
    const overview = overviews.get(job.name) ?? { name: job.name, total: 0, ...states };
    overview.total += 1;
    overview[computeJobState(job, now)] += 1;
    if (job.disabled) overview.paused += 1;
    overviews.set(job.name, overview);
  }
  return [...overviews.values()];
}
