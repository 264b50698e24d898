/** What Baton expects of a backend of Agenda, whichever database it is on: behaviour that Agenda and its users can see. */
import { afterEach, beforeEach, describe } from '@jest/globals';
import type { AgendaBackend } from 'agenda';
import { runningAgenda } from './job-repository-agenda.ts';
import type { JobsDatabase, OpenJobsDatabase } from './job-repository-database.ts';
import { findingJobs } from './job-repository-finding.ts';
import { lockingJobs } from './job-repository-locking.ts';
import { loggingJobs } from './job-repository-log.ts';
import { savingJobs } from './job-repository-saving.ts';

/**
 * `open` gives an empty database for each test. A database that may be written from several processes must hold a
 * unique index over (`name`, `data.once`) for jobs that have the latter: without one, MongoDB promises nothing about
 * upserts that race.
 */
export function jobRepositoryContract(on: string, open: OpenJobsDatabase): void {
  describe(`Agenda's jobs on ${on}`, () => {
    let database: JobsDatabase;
    beforeEach(async () => {
      database = await open();
    });
    afterEach(() => database.close());

    async function connected(): Promise<AgendaBackend> {
      const backend = database.backend();
      await backend.connect();
      return backend;
    }
    const repository = async () => (await connected()).repository;

    savingJobs(repository);
    lockingJobs(repository);
    findingJobs(repository);
    loggingJobs(connected);
    runningAgenda(() => database);
  });
}
