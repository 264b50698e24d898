/** The part of the suite of Agenda's backends about locks: who gets a job, when, and what becomes of it. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { JobParameters, JobRepository } from 'agenda';
import { aJob, fromNow, MINUTE, SECOND } from './job-repository-database.ts';

export function lockingJobs(connected: () => Promise<JobRepository>): void {
  let jobs: JobRepository;
  beforeEach(async () => {
    jobs = await connected();
  });
  const save = (given: Partial<JobParameters> = {}) => jobs.saveJob(aJob(given), undefined);
  const stored = async (job: JobParameters) => (await jobs.getJobById(String(job._id))) as JobParameters;
  /** The next job due in a second at most, taking over locks older than five seconds. */
  const next = (name = 'remind', now?: Date, by?: string) =>
    jobs.getNextJobToRun(name, fromNow(SECOND), fromNow(-5 * SECOND), now, by ? { lastModifiedBy: by } : undefined);

  describe('the next job to run', () => {
    test('is one that is due by the next scan', async () => {
      await save({ nextRunAt: fromNow(MINUTE) });
      await save({ nextRunAt: null });
      expect(await next()).toBeUndefined();
      const due = await save({ nextRunAt: fromNow(SECOND / 2), data: { a: 1 } });
      expect(await next()).toMatchObject({ _id: due._id, data: { a: 1 } });
    });

    test('is due at the very moment of the next scan', async () => {
      const at = fromNow(MINUTE);
      const due = await save({ nextRunAt: at });
      expect((await jobs.getNextJobToRun('remind', at, new Date(0), undefined, undefined))?._id).toBe(due._id);
    });

    test('is locked as of now, by whoever asked', async () => {
      const due = await save({ nextRunAt: new Date(1) });
      const before = Date.now();
      const locked = await next('remind', undefined, 'node-1');
      expect(locked?.lockedAt?.getTime()).toBeGreaterThanOrEqual(before);
      expect(await stored(due)).toMatchObject({ lockedAt: locked?.lockedAt, lastModifiedBy: 'node-1' });
      expect(await next()).toBeUndefined();
    });

    test('is locked as of the time that was given', async () => {
      const due = await save({ nextRunAt: new Date(1) });
      await next('remind', new Date(123_456));
      expect((await stored(due)).lockedAt).toEqual(new Date(123_456));
    });

    test('is one of its name', async () => {
      await save({ name: 'other', nextRunAt: new Date(1) });
      expect(await next()).toBeUndefined();
    });

    test('is the earliest, and of those that are due together the most important', async () => {
      await save({ data: 'third', nextRunAt: new Date(2000), priority: 10 });
      await save({ data: 'second', nextRunAt: new Date(1000), priority: 0 });
      await save({ data: 'fourth', nextRunAt: new Date(2000), priority: -5 });
      await save({ data: 'first', nextRunAt: new Date(1000), priority: 20 });
      const order = [await next(), await next(), await next(), await next(), await next()];
      expect(order.map((job) => job?.data)).toEqual(['first', 'second', 'third', 'fourth', undefined]);
    });

    test('is never a disabled one', async () => {
      const due = await save({ nextRunAt: new Date(1), disabled: true });
      await save({ nextRunAt: new Date(1), disabled: true, lockedAt: new Date(1) });
      expect(await next()).toBeUndefined();
      await jobs.enableJobs({ id: String(due._id) });
      expect((await next())?._id).toBe(due._id);
    });

    test('is given to one only, however many ask', async () => {
      await Promise.all(Array.from({ length: 8 }, () => save({ nextRunAt: new Date(1) })));
      const given = await Promise.all(Array.from({ length: 12 }, () => next()));
      const ids = given.flatMap((job) => job?._id ?? []);
      expect(ids).toHaveLength(8);
      expect(new Set(ids).size).toBe(8);
    });

    test('may be one whose lock has lapsed, be it due or not, or running for the last time', async () => {
      const lockedAt = fromNow(-6 * SECOND);
      const ids = [
        await save({ lockedAt, nextRunAt: null }),
        await save({ lockedAt, nextRunAt: new Date(1) }),
        await save({ lockedAt, nextRunAt: fromNow(MINUTE) }),
      ].map((job) => job._id);
      const taken = [await next(), await next(), await next(), await next()];
      expect(taken.map((job) => job?._id)).toEqual([...ids, undefined]);
      expect(Number(taken[0]?.lockedAt)).toBeGreaterThan(Number(lockedAt));
    });

    test('is not one whose lock is younger than its lifetime', async () => {
      await save({ lockedAt: fromNow(-4 * SECOND), nextRunAt: new Date(1) });
      expect(await next()).toBeUndefined();
    });

    test('may be one whose lock lapses at this very moment', async () => {
      const deadline = fromNow(-5 * SECOND);
      const job = await save({ lockedAt: deadline, nextRunAt: null });
      expect((await jobs.getNextJobToRun('remind', new Date(), deadline, undefined, undefined))?._id).toBe(job._id);
    });

    test('of a lapsed and a due one is the earlier', async () => {
      await save({ data: 'lapsed', lockedAt: fromNow(-6 * SECOND), nextRunAt: new Date(2000) });
      await save({ data: 'due', nextRunAt: new Date(1000) });
      expect([(await next())?.data, (await next())?.data]).toEqual(['due', 'lapsed']);
    });
  });

  describe('locking one job', () => {
    test('takes it and says by whom', async () => {
      const job = await save({ nextRunAt: new Date(1) });
      const locked = await jobs.lockJob(job, { lastModifiedBy: 'node-1' });
      expect(locked).toMatchObject({ _id: job._id, lastModifiedBy: 'node-1' });
      expect((await stored(job)).lockedAt).toEqual(locked?.lockedAt);
    });

    test('works without a time too, if the job has none', async () => {
      const job = await save({ nextRunAt: null });
      expect((await jobs.lockJob(job, undefined))?._id).toBe(job._id);
    });

    test('fails when it is locked, disabled, moved, of another name, or gone', async () => {
      const locked = await save({ nextRunAt: new Date(1) });
      await jobs.lockJob(locked, undefined);
      expect(await jobs.lockJob(locked, undefined)).toBeUndefined();
      const disabled = await save({ disabled: true });
      expect(await jobs.lockJob(disabled, undefined)).toBeUndefined();
      const free = await save({ nextRunAt: new Date(1) });
      expect(await jobs.lockJob({ ...free, nextRunAt: new Date(2) }, undefined)).toBeUndefined();
      expect(await jobs.lockJob({ ...free, name: 'other' }, undefined)).toBeUndefined();
      expect(await jobs.lockJob({ ...free, _id: undefined as never }, undefined)).toBeUndefined();
      await jobs.removeJobs({ id: String(free._id) });
      expect(await jobs.lockJob(free, undefined)).toBeUndefined();
    });

    test('succeeds for one only, however many try', async () => {
      const job = await save({ nextRunAt: new Date(1) });
      const locked = await Promise.all(Array.from({ length: 10 }, () => jobs.lockJob(job, undefined)));
      expect(locked.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('unlocking', () => {
    test('frees one job that waits for its time, but none that has none because it runs', async () => {
      const waiting = await save({ nextRunAt: new Date(1), lockedAt: new Date() });
      const running = await save({ nextRunAt: null, lockedAt: new Date() });
      await jobs.unlockJob(waiting);
      await jobs.unlockJob(running);
      await jobs.unlockJob(aJob());
      expect([(await stored(waiting)).lockedAt, (await stored(running)).lockedAt]).toEqual([
        undefined,
        running.lockedAt,
      ]);
      expect((await next())?._id).toBe(waiting._id);
    });

    test('frees those of many ids, whether they have a time or not, and no others', async () => {
      const lockedAt = new Date();
      const [a, b, c] = await Promise.all([
        save({ lockedAt }),
        save({ lockedAt, nextRunAt: null }),
        save({ lockedAt, nextRunAt: null }),
      ]);
      await jobs.unlockJobs([String(a._id), String(b._id)]);
      await jobs.unlockJobs([]);
      expect([(await stored(a)).lockedAt, (await stored(b)).lockedAt]).toEqual([undefined, undefined]);
      expect((await stored(c)).lockedAt).toEqual(lockedAt);
    });
  });

  describe('saving the state of a job', () => {
    const state = {
      lockedAt: new Date(11),
      nextRunAt: new Date(22),
      lastRunAt: new Date(33),
      lastFinishedAt: new Date(44),
      failedAt: new Date(55),
      failCount: 6,
      failReason: 'no line',
      progress: 70,
    };

    test('changes what a run changes, and nothing else', async () => {
      const job = await save({ data: { a: 1 }, priority: 5, repeatInterval: '1 minute' });
      await jobs.saveJobState(
        { ...job, ...state, data: { b: 2 }, priority: 9, disabled: true },
        { lastModifiedBy: 'node-1' },
      );
      expect(await stored(job)).toEqual({ ...job, ...state, lastModifiedBy: 'node-1' });
    });

    test('empties what is not there any more', async () => {
      const job = await save({ ...state, progress: 0 });
      expect((await stored(job)).progress).toBe(0);
      await jobs.saveJobState(aJob({ _id: job._id, nextRunAt: null }), undefined);
      const found = await stored(job);
      expect(found.nextRunAt).toBeNull();
      for (const key of Object.keys(state).filter((key) => key !== 'nextRunAt')) {
        expect(found[key as keyof typeof state]).toBeUndefined();
      }
    });

    test('keeps whatever was thrown as the reason of a failure', async () => {
      const job = await save();
      const failReason = { code: 'ETIMEDOUT', tries: 3 } as unknown as string;
      await jobs.saveJobState({ ...job, failReason }, undefined);
      expect((await stored(job)).failReason).toEqual(failReason);
    });

    test('fails when the job is gone, of another name, or was never saved', async () => {
      const job = await save();
      await expect(jobs.saveJobState({ ...job, name: 'other' }, undefined)).rejects.toThrow(String(job._id));
      await jobs.removeJobs({ id: String(job._id) });
      await expect(jobs.saveJobState(job, undefined)).rejects.toThrow(String(job._id));
      await expect(jobs.saveJobState(aJob(), undefined)).rejects.toThrow(/\bid\b/i);
    });
  });
}
