/** Locking jobs in SQLite: a lock is the time at which it was taken, and lapses when it is older than its lifetime. */
import { setImmediate } from 'node:timers/promises';
import type { JobParameters, JobRepository, JobRepositoryOptions } from 'agenda';
import { toId } from './sqlite-criteria.ts';
import { toCell, toParameters, toStoredJob } from './sqlite-row.ts';
import type { JobsTable } from './sqlite-table.ts';

/** Earliest first, then the most important; jobs without a time (killed while running) before all. */
const ORDER = 'ORDER BY nextRunAt, priority DESC, seq LIMIT 1';

/** Free and due, or locked by somebody who has been silent for too long: one look into an index for each. */
export const LOCK_NEXT = `
  UPDATE agenda_jobs SET lockedAt = ?, lastModifiedBy = ? WHERE seq = (
    SELECT seq FROM (
      SELECT * FROM (
        SELECT seq, nextRunAt, priority FROM agenda_jobs
        WHERE name = ? AND disabled IS NOT 1 AND lockedAt IS NULL AND nextRunAt <= ? ${ORDER})
      UNION ALL
      SELECT * FROM (
        SELECT seq, nextRunAt, priority FROM agenda_jobs
        WHERE name = ? AND disabled IS NOT 1 AND lockedAt <= ? ${ORDER})
    ) ${ORDER})
  RETURNING *`;

const LOCK_ONE = `
  UPDATE agenda_jobs SET lockedAt = ?, lastModifiedBy = ?
  WHERE id = ? AND name = ? AND lockedAt IS NULL AND nextRunAt IS ? AND disabled IS NOT 1
  RETURNING *`;

const UNLOCK_WAITING = 'UPDATE agenda_jobs SET lockedAt = NULL WHERE id = ? AND nextRunAt IS NOT NULL';
const UNLOCK = 'UPDATE agenda_jobs SET lockedAt = NULL WHERE id IN (SELECT value FROM json_each(?))';

const STATE = [
  'lockedAt',
  'nextRunAt',
  'lastRunAt',
  'progress',
  'failReason',
  'failCount',
  'failedAt',
  'lastFinishedAt',
] as const;

const SAVE_STATE = `
  UPDATE agenda_jobs SET ${STATE.map((column) => `${column} = ?`).join(', ')}, lastModifiedBy = ?
  WHERE id = ? AND name = ?`;

type Locking = Pick<JobRepository, 'lockJob' | 'unlockJob' | 'unlockJobs' | 'getNextJobToRun' | 'saveJobState'>;

export function locking(table: JobsTable): Locking {
  let busy = false;
  return {
    async getNextJobToRun(name, nextScanAt, lockDeadline, now, options) {
      // Agenda asks again as long as there is something. Thousands of jobs that are due together (after a long time
      // down) must not keep everything else from its turn. The pause comes before the lock, so that no lock is taken
      // that Agenda does not know of yet.
      if (busy) await setImmediate();
      const [until, deadline] = [nextScanAt.getTime(), lockDeadline.getTime()];
      const by = options?.lastModifiedBy ?? null;
      const at = (now ?? new Date()).getTime();
      const row = table.transaction(() => table.first(LOCK_NEXT, at, by, name, until, name, deadline));
      busy = row !== undefined;
      return row && toParameters(toStoredJob(row));
    },
    async lockJob(job, options) {
      if (!job._id) return undefined;
      const by = options?.lastModifiedBy ?? null;
      const which = [toId(job._id), job.name, toCell('nextRunAt', job.nextRunAt)];
      const row = table.transaction(() => table.first(LOCK_ONE, Date.now(), by, ...which));
      return row && toParameters(toStoredJob(row));
    },
    async unlockJob(job) {
      if (job._id) table.write(UNLOCK_WAITING, toId(job._id));
    },
    async unlockJobs(ids) {
      if (ids.length > 0) table.write(UNLOCK, JSON.stringify(ids.map(toId)));
    },
    saveJobState: async (job, options) => saveJobState(table, job, options),
  };
}

/** Throws when the job is gone: it was removed while it ran. */
function saveJobState(table: JobsTable, job: JobParameters, options: JobRepositoryOptions | undefined): void {
  if (!job._id) throw new Error('The state of a job without an id cannot be saved.');
  const state = STATE.map((column) => toCell(column, job[column]));
  const changed = table.write(SAVE_STATE, ...state, options?.lastModifiedBy ?? null, toId(job._id), job.name);
  if (changed === 0) throw new Error(`The state of job ${job._id} (${job.name}) cannot be saved: it is gone.`);
}
