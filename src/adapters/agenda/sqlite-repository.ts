/** Agenda's store of jobs on SQLite, behaving as its store on MongoDB does. */
import type { JobRepository, RemoveJobsOptions } from 'agenda';
import type { Criteria } from './sqlite-criteria.ts';
import { toId, toRemove } from './sqlite-criteria.ts';
import { jobsOverview, queryJobs, rowsThatFit } from './sqlite-find.ts';
import { locking } from './sqlite-lock.ts';
import { toParameters, toStoredJob } from './sqlite-row.ts';
import { saveJob } from './sqlite-save.ts';
import type { JobsTable } from './sqlite-table.ts';
import { jobsSchema } from './sqlite-table.ts';

/** Every method but `connect` expects the tables to be there. Errors of SQLite reject as they come. */
export function sqliteRepository(table: JobsTable): JobRepository {
  /** Applies a write to the jobs that the options name; resolves to how many it changed. */
  function write(sql: string, condition: string, options: RemoveJobsOptions): number {
    const criteria = toRemove(table, options);
    if (!criteria) return 0;
    const only: Criteria = { ...criteria, where: `${criteria.where} AND ${condition}` };
    if (Object.keys(only.query).length === 0) return table.write(`${sql} WHERE ${only.where}`, ...only.cells);
    return table.transaction(() => {
      const seqs = rowsThatFit(table, only, '*').map((row) => row.seq);
      return table.change(`${sql} WHERE seq IN (SELECT value FROM json_each(?))`, JSON.stringify(seqs));
    });
  }
  return {
    ...locking(table),
    connect: async () => table.create(jobsSchema(table.indexed)),
    queryJobs: async (options = {}) => queryJobs(table, options),
    getJobsOverview: async () => jobsOverview(table),
    async getDistinctJobNames() {
      return table.all('SELECT DISTINCT name FROM agenda_jobs ORDER BY name').map((row) => String(row.name));
    },
    async getJobById(id) {
      const row = table.first('SELECT * FROM agenda_jobs WHERE id = ?', toId(id));
      return row ? toParameters(toStoredJob(row)) : null;
    },
    async getQueueSize() {
      const row = table.first('SELECT count(*) AS size FROM agenda_jobs WHERE nextRunAt < ?', Date.now());
      return Number(row?.size);
    },
    removeJobs: async (options) => write('DELETE FROM agenda_jobs', 'TRUE', options),
    saveJob: async (job, options) => saveJob(table, job, options),
    disableJobs: async (options) => write('UPDATE agenda_jobs SET disabled = 1', 'disabled IS NOT 1', options),
    enableJobs: async (options) => write('UPDATE agenda_jobs SET disabled = 0', 'disabled IS NOT 0', options),
    purgeAllJobs: async () => table.write('DELETE FROM agenda_jobs'),
  };
}
