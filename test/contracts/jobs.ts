/** What Baton expects of the `Jobs` port, whichever database Agenda is on. */

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe } from '@jest/globals';
import type { JobsDatabase, OpenJobsDatabase } from './job-repository-database.ts';
import { keepingClocks } from './jobs-keeping.ts';
import { ringingClocks } from './jobs-ringing.ts';
import { type Bench, benchOn, LOCK } from './jobs-under-test.ts';

/** `open` gives an empty database for each test. */
export function jobsContract(on: string, open: OpenJobsDatabase): void {
  describe(`Jobs on ${on}`, () => {
    let database: JobsDatabase;
    let bench: Bench;
    beforeEach(async () => {
      database = await open();
      bench = benchOn(database);
    });
    afterEach(async () => {
      await bench.end();
      await database.close();
    });
    // Agenda leaves a timer of half a lock's life behind with each ring.
    afterAll(() => sleep(LOCK / 2));

    keepingClocks(
      () => bench,
      () => database.backend(),
    );
    ringingClocks(
      () => bench,
      () => database.backend(),
    );
  });
}
