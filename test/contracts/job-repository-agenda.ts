/** The part of the suite of Agenda's backends that runs Agenda itself on them: schedules, locks, failures, restarts. */

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AgendaOptions, Job, JobRepository } from 'agenda';
import { Agenda } from 'agenda';
import type { JobsDatabase } from './job-repository-database.ts';
import { aJob, fromNow, MINUTE, until } from './job-repository-database.ts';

/** How often the tests' Agenda looks for jobs, in milliseconds. */
const SCAN = 40;
/** How long its locks hold: longer than a busy machine stands still, so that what must happen once happens once. */
const LOCK = 2_000;
/** The same where a lock has to lapse. */
const SHORT_LOCK = 400;

export function runningAgenda(opened: () => JobsDatabase): void {
  const agendas: Agenda[] = [];
  let jobs: JobRepository;
  /** Names of the jobs that ran, in order. */
  let ran: string[];

  /** A further Agenda on the same database. */
  function agenda(options: Partial<AgendaOptions> = {}): Agenda {
    const backend = opened().backend();
    const made = new Agenda({ backend, processEvery: SCAN, defaultLockLifetime: LOCK, ...options });
    agendas.push(made);
    return made;
  }
  /** Stops one, once: a stopped one has let go of its database and must not be stopped again. */
  async function end(one: Agenda): Promise<void> {
    agendas.splice(agendas.indexOf(one), 1);
    await one.stop();
  }
  const note = async (job: Job) => {
    ran.push(String((job.attrs.data as { what?: string } | null)?.what ?? job.attrs.name));
  };

  beforeEach(async () => {
    ran = [];
    const backend = opened().backend();
    await backend.connect();
    jobs = backend.repository;
  });
  // Agenda leaves a timer of half a lock's life behind with each job that it runs.
  afterAll(() => sleep(LOCK / 2));
  afterEach(async () => {
    for (const one of [...agendas]) await end(one);
  });
  const stored = async (name = 'remind') => (await jobs.queryJobs({ name })).jobs;
  const ranTimes = (times: number) => until(`${times} jobs ran`, () => ran.length >= times);

  describe('Agenda', () => {
    test('runs a job at once, and keeps what became of it', async () => {
      const one = agenda({ name: 'node-1' });
      one.define('remind', note);
      await one.start();
      await one.now('remind', { what: 'x' });
      await ranTimes(1);
      await until('it is finished', async () => Boolean((await stored())[0]?.lastFinishedAt));
      const [job] = await stored();
      expect(job).toMatchObject({ nextRunAt: null, state: 'completed', lastModifiedBy: 'node-1' });
      expect(job?.lockedAt).toBeUndefined();
    });

    test('runs a scheduled job once, at its time and not before', async () => {
      const one = agenda();
      let at = 0;
      one.define('remind', async (job) => {
        at = Date.now();
        await note(job);
      });
      await one.start();
      const time = fromNow(300);
      await one.schedule(time, 'remind', {});
      await ranTimes(1);
      await sleep(3 * SCAN);
      expect(at).toBeGreaterThanOrEqual(time.getTime());
      expect(ran).toHaveLength(1);
    });

    test('repeats a job, of which there is one however often it is set up', async () => {
      const one = agenda();
      one.define('remind', note);
      await one.start();
      await one.every(60, 'remind');
      await ranTimes(3);
      await one.every(60, 'remind');
      await end(one);
      const again = agenda();
      again.define('remind', note);
      await again.every(60, 'remind');
      await again.start();
      const before = ran.length;
      await ranTimes(before + 2);
      expect(await stored()).toHaveLength(1);
    });

    test('leaves the time of a repeated job that waits as it is when it is set up again', async () => {
      const one = agenda();
      one.define('remind', note);
      await one.every('1 hour', 'remind', {}, { skipImmediate: true });
      const time = (await stored())[0]?.nextRunAt;
      await one.every('1 hour', 'remind', {});
      expect((await stored())[0]?.nextRunAt).toEqual(time);
    });

    test('runs no job that was cancelled', async () => {
      const one = agenda();
      one.define('remind', note);
      await one.start();
      await one.schedule(fromNow(250), 'remind', { what: 'cancelled' });
      await one.schedule(fromNow(250), 'remind', { what: 'kept' });
      expect(await one.cancel({ name: 'remind', data: { what: 'cancelled' } })).toBe(1);
      await ranTimes(1);
      await sleep(3 * SCAN);
      expect(ran).toEqual(['kept']);
    });

    test('runs no job that is disabled, until it is enabled', async () => {
      const one = agenda();
      one.define('remind', note);
      await one.create('remind', {}).disable().schedule(fromNow(0)).save();
      await one.start();
      await sleep(4 * SCAN);
      expect(ran).toEqual([]);
      expect(await one.enable({ name: 'remind' })).toBe(1);
      await ranTimes(1);
    });

    test('runs the most important of several that are due first', async () => {
      const one = agenda();
      one.define('remind', note, { concurrency: 1 });
      const time = fromNow(-1000);
      for (const [what, priority] of Object.entries({ low: -10, highest: 20, normal: 0, high: 10 })) {
        await one.create('remind', { what }).schedule(time).priority(priority).save();
      }
      await one.start();
      await ranTimes(4);
      expect(ran).toEqual(['highest', 'high', 'normal', 'low']);
    });

    test('tries a failed job again as often as it is told, and keeps the reason', async () => {
      const one = agenda();
      one.define(
        'remind',
        async (job) => {
          await note(job);
          if (ran.length < 3) throw new Error(`failure ${ran.length}`);
        },
        { backoff: ({ attempt }) => (attempt < 5 ? 20 : null) },
      );
      await one.start();
      await one.now('remind', {});
      await until('it failed', async () => (await stored())[0]?.failCount === 2);
      expect((await stored())[0]?.failReason).toBe('failure 2');
      await ranTimes(3);
      await until('it succeeded', async () => (await stored())[0]?.failCount === 0);
      await sleep(3 * SCAN);
      expect(ran).toHaveLength(3);
    });

    test('leaves a failed job alone when it is not told to try again', async () => {
      const one = agenda();
      one.define('remind', async (job) => {
        await note(job);
        throw new Error('no line');
      });
      await one.start();
      await one.now('remind', {});
      await until('it failed', async () => (await stored())[0]?.state === 'failed');
      await sleep(3 * SCAN);
      expect(ran).toHaveLength(1);
    });

    test('takes over the job of somebody who was killed while running it, once the lock has lapsed', async () => {
      const saved = await jobs.saveJob(aJob({ nextRunAt: fromNow(-1000), data: { what: 'orphan' } }), undefined);
      const taken = await jobs.getNextJobToRun('remind', new Date(), new Date(0), undefined, undefined);
      await jobs.saveJobState({ ...aJob(taken), nextRunAt: null, lastRunAt: new Date() }, undefined);
      const one = agenda({ defaultLockLifetime: SHORT_LOCK });
      let at = 0;
      one.define('remind', async (job) => {
        at = Date.now();
        await note(job);
      });
      await one.start();
      await ranTimes(1);
      expect(at).toBeGreaterThanOrEqual(Number(taken?.lockedAt) + SHORT_LOCK);
      await until('it is finished', async () => Boolean((await jobs.getJobById(String(saved._id)))?.lastFinishedAt));
      await sleep(SHORT_LOCK + 3 * SCAN);
      expect(ran).toEqual(['orphan']);
    });

    test('keeps a job that is touched longer than its lock would hold', async () => {
      for (const one of [agenda(), agenda()]) {
        one.define('remind', async (job) => {
          await note(job);
          for (let n = 0; n < 8; n += 1) {
            await sleep(LOCK / 4);
            await job.touch(n * 10);
          }
        });
        await one.start();
      }
      await agendas[0]?.now('remind', {});
      await until('progress is kept', async () => ((await stored())[0]?.progress ?? 0) >= 30);
      await until('it is finished', async () => Boolean((await stored())[0]?.lastFinishedAt));
      expect(ran).toHaveLength(1);
    });

    test('runs a job that came due while it was down once, at its start', async () => {
      const first = agenda();
      first.define('remind', note);
      await first.start();
      await first.schedule(fromNow(150), 'remind', { what: 'missed' });
      await end(first);
      await sleep(250);
      expect(ran).toEqual([]);
      const second = agenda({ processEvery: 2000 });
      second.define('remind', note);
      await second.start();
      await ranTimes(1);
      await until('it is finished', async () => Boolean((await stored())[0]?.lastFinishedAt));
      await end(second);
      const third = agenda();
      third.define('remind', note);
      await third.start();
      await sleep(3 * SCAN);
      expect(ran).toEqual(['missed']);
    });

    test('gives a job that waits for its time back when it stops', async () => {
      const one = agenda({ processEvery: 3000 });
      one.define('remind', note);
      await one.schedule(fromNow(1200), 'remind', {});
      await one.start();
      await until('it is locked', async () => Boolean((await stored())[0]?.lockedAt));
      await end(one);
      expect((await stored())[0]?.lockedAt).toBeUndefined();
    });

    test('waits for what is running when it is drained', async () => {
      const one = agenda();
      let done = false;
      one.define('remind', async (job) => {
        await note(job);
        await sleep(200);
        done = true;
      });
      await one.start();
      await one.now('remind', {});
      await ranTimes(1);
      expect(await one.drain(5000)).toMatchObject({ completed: 1, running: 0, timedOut: false });
      expect(done).toBe(true);
      expect((await stored())[0]?.lockedAt).toBeUndefined();
    });

    test('shares the work with another on the same database, each job running once', async () => {
      for (const one of [agenda(), agenda()]) {
        one.define('remind', note, { concurrency: 3, lockLimit: 3 });
        await one.start();
      }
      await Promise.all(
        Array.from({ length: 30 }, (_, n) => (agendas[n % 2] as Agenda).now('remind', { what: String(n) })),
      );
      await ranTimes(30);
      await sleep(3 * SCAN);
      expect(ran.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, n) => n));
    });

    test('makes a unique job once, however many make it together', async () => {
      const makers = [agenda(), agenda()];
      for (const one of makers) one.define('remind', note);
      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (makers[n % 2] as Agenda)
            .create('remind', { once: 'key' })
            .unique({ 'data.once': 'key' }, { insertOnly: true })
            .schedule(fromNow(150))
            .save(),
        ),
      );
      expect(await stored()).toHaveLength(1);
      await makers[0]?.start();
      await ranTimes(1);
      await sleep(3 * SCAN);
      expect(ran).toHaveLength(1);
    });

    test('joins hasty saves of a debounced job into one run', async () => {
      const one = agenda();
      const seen: unknown[] = [];
      one.define('remind', async (job) => {
        seen.push(job.attrs.data);
        await note(job);
      });
      await one.start();
      for (let n = 1; n <= 4; n += 1) await one.nowDebounced('remind', { once: 'd', n }, { 'data.once': 'd' }, 200);
      await ranTimes(1);
      await sleep(300);
      expect(seen).toEqual([{ once: 'd', n: 4 }]);
    });

    test('does not bring back a job that was removed while it ran', async () => {
      const one = agenda();
      one.define('remind', async (job) => {
        await job.remove();
        await note(job);
      });
      await one.start();
      await one.now('remind', {});
      const finished = new Promise((resolve) => one.once('complete', resolve));
      await ranTimes(1);
      await finished;
      expect(await stored()).toEqual([]);
    });

    test('removes a job that is complete when told to, and one that nobody defines', async () => {
      const one = agenda();
      one.define('remind', note, { removeOnComplete: true });
      await one.start();
      await one.now('remind', {});
      await one.schedule(fromNow(MINUTE), 'orphaned', {});
      await ranTimes(1);
      await until('it is removed', async () => (await stored()).length === 0);
      expect(await one.purge()).toBe(1);
      await one.schedule(fromNow(MINUTE), 'remind', {});
      expect(await one.cancelAll()).toBe(1);
    });
  });
}
