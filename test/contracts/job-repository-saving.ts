/** The part of the suite of Agenda's backends about saving: new jobs, by id, single, unique and debounced ones. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { JobParameters, JobRepository } from 'agenda';
import { aJob, fromNow, MINUTE, SECOND } from './job-repository-database.ts';

export function savingJobs(connected: () => Promise<JobRepository>): void {
  let jobs: JobRepository;
  beforeEach(async () => {
    jobs = await connected();
  });
  const save = (given: Partial<JobParameters>, by?: string) =>
    jobs.saveJob(aJob(given), by ? { lastModifiedBy: by } : undefined);
  const stored = async (job: JobParameters) => (await jobs.getJobById(String(job._id))) as JobParameters;
  const count = async (name = 'remind') => (await jobs.queryJobs({ name })).total;

  describe('a new job', () => {
    test('is given an id, and comes back with everything it was saved with', async () => {
      const full = aJob({
        priority: -10,
        nextRunAt: new Date('2031-05-06T07:08:09.123Z'),
        lockedAt: new Date('2030-01-01T00:00:00.001Z'),
        lastRunAt: new Date('2030-01-01T00:00:00.002Z'),
        lastFinishedAt: new Date('2030-01-01T00:00:00.003Z'),
        failedAt: new Date('2030-01-01T00:00:00.004Z'),
        failCount: 3,
        failReason: 'the line was down',
        repeatInterval: '5 minutes',
        repeatTimezone: 'Europe/Berlin',
        repeatAt: '3:30pm',
        disabled: false,
        progress: 42,
        debounceStartedAt: new Date('2030-01-01T00:00:00.005Z'),
        fork: true,
        startDate: new Date('2029-01-01T00:00:00Z'),
        endDate: new Date('2035-01-01T00:00:00Z'),
        skipDays: [0, 6],
        data: { incident: 'INC-7', at: new Date(5), deep: { list: [1, 'two', null, { three: 3.5 }] }, no: false },
      });
      const saved = await jobs.saveJob(full, { lastModifiedBy: 'node-1' });
      expect(saved._id).toMatch(/^[0-9a-f]{24}$/);
      expect(await stored(saved)).toEqual({ ...full, _id: saved._id, lastModifiedBy: 'node-1' });
      expect(saved).toEqual({ ...full, _id: saved._id, lastModifiedBy: 'node-1' });
    });

    test('has undefined where nothing was said, and null for a time or data that it has not', async () => {
      const saved = await save({ nextRunAt: null, data: undefined });
      const found = await stored(saved);
      expect(found).toMatchObject({ nextRunAt: null, data: null, priority: 0, type: 'normal' });
      for (const key of ['lockedAt', 'failReason', 'disabled', 'repeatInterval', 'lastModifiedBy'] as const) {
        expect(found[key]).toBeUndefined();
      }
    });

    test.each([
      ['text', 'a line'],
      ['a number', 12.5],
      ['a list', [1, [2], {}]],
      ['nothing', null],
      ['a date', new Date(1234567890123)],
      ['keys that begin with a dollar', { $: 'date', value: 5, deep: { $: 1 } }],
      ['text that no code page holds', { text: '指揮 🚨 \u0000 "quoted" \\' }],
    ])('keeps %s as its data', async (_what, data) => {
      expect((await stored(await save({ data }))).data).toEqual(data);
    });

    test('keeps an interval in milliseconds a number', async () => {
      expect((await stored(await save({ repeatInterval: 5000 }))).repeatInterval).toBe(5000);
    });

    test('keeps a date that went through a save to the millisecond', async () => {
      const nextRunAt = new Date(1_999_999_999_999);
      expect((await stored(await save({ nextRunAt }))).nextRunAt).toEqual(nextRunAt);
    });

    test('is another job each time, even when everything is the same', async () => {
      const [first, second] = await Promise.all([save({ data: { same: 1 } }), save({ data: { same: 1 } })]);
      expect(first._id).not.toBe(second._id);
      expect(await count()).toBe(2);
    });

    test('does not come back with its unique key', async () => {
      const saved = await save({ unique: { 'data.a': 1 }, uniqueOpts: { insertOnly: true }, data: { a: 1 } });
      expect(saved.unique).toBeUndefined();
      expect((await stored(saved)).uniqueOpts).toBeUndefined();
    });
  });

  describe('a job that has an id', () => {
    test('is changed in what the save mentions', async () => {
      const { _id } = await save({ data: { a: 1 }, priority: 5 });
      const saved = await jobs.saveJob(aJob({ _id, nextRunAt: new Date(77), data: { b: 2 }, priority: 10 }), {
        lastModifiedBy: 'node-2',
      });
      expect(saved).toMatchObject({ _id, data: { b: 2 }, priority: 10, nextRunAt: new Date(77) });
      expect(await stored(saved)).toMatchObject({ data: { b: 2 }, lastModifiedBy: 'node-2' });
      expect(await count()).toBe(1);
    });

    test('keeps time, priority, type and data that the save does not mention, and loses the rest', async () => {
      const nextRunAt = fromNow(MINUTE);
      const { _id } = await save({ data: { a: 1 }, priority: 5, nextRunAt, failCount: 2, disabled: true, progress: 9 });
      const saved = await jobs.saveJob({ _id, name: 'remind' } as JobParameters, undefined);
      expect(saved).toMatchObject({ data: { a: 1 }, priority: 5, nextRunAt, type: 'normal' });
      expect([saved.failCount, saved.disabled, saved.progress]).toEqual([undefined, undefined, undefined]);
    });

    test('loses its lock by being saved', async () => {
      const job = await save({ nextRunAt: new Date(1) });
      await jobs.lockJob(job, undefined);
      await jobs.saveJob(aJob({ _id: job._id, nextRunAt: new Date(1) }), undefined);
      expect((await stored(job)).lockedAt).toBeUndefined();
    });

    test('is not made anew when it was removed; the save gives back what it was given', async () => {
      const job = await save({});
      await jobs.removeJobs({ id: String(job._id) });
      const again = aJob({ _id: job._id });
      expect(await jobs.saveJob(again, undefined)).toBe(again);
      expect(await count()).toBe(0);
    });

    test('cannot change its name', async () => {
      const job = await save({ data: 1 });
      await jobs.saveJob(aJob({ _id: job._id, name: 'other', data: 2 }), undefined);
      expect(await stored(job)).toMatchObject({ name: 'remind', data: 1 });
    });

    test('cannot have an id that is none', async () => {
      await expect(save({ _id: 'seven' as JobParameters['_id'] })).rejects.toThrow();
    });
  });

  describe('a single job', () => {
    test('is there once per name, and is changed by saving it again', async () => {
      const first = await save({ type: 'single', data: 1 });
      const second = await save({ type: 'single', data: 2, nextRunAt: fromNow(5 * MINUTE) });
      expect(second._id).toBe(first._id);
      expect(await count()).toBe(1);
      expect((await stored(first)).data).toBe(2);
      await save({ type: 'single', name: 'other' });
      expect(await count('other')).toBe(1);
    });

    test('is moved to a time to come, but not to one that has come already', async () => {
      const soon = fromNow(MINUTE);
      const later = fromNow(5 * MINUTE);
      await save({ type: 'single', nextRunAt: soon });
      expect((await save({ type: 'single', nextRunAt: fromNow(-SECOND) })).nextRunAt).toEqual(soon);
      expect((await save({ type: 'single', nextRunAt: later })).nextRunAt).toEqual(later);
      expect((await save({ type: 'single', nextRunAt: null })).nextRunAt).toBeNull();
    });

    test('may be new with a time that has come already', async () => {
      const past = fromNow(-SECOND);
      expect((await save({ type: 'single', nextRunAt: past })).nextRunAt).toEqual(past);
    });

    test('has nothing to do with a normal job of its name', async () => {
      await save({ data: 'normal' });
      await save({ type: 'single', data: 'single' });
      expect(await count()).toBe(2);
    });

    test('ignores a unique key', async () => {
      await save({ type: 'single', data: 1, unique: { data: 1 } });
      await save({ type: 'single', data: 2, unique: { data: 2 } });
      expect(await count()).toBe(1);
    });

    test('is made once, however many save it together', async () => {
      const saved = await Promise.all(Array.from({ length: 10 }, (_, data) => save({ type: 'single', data })));
      expect(new Set(saved.map((job) => job._id)).size).toBe(1);
    });
  });

  describe('a unique job', () => {
    test('is found again by its key and changed', async () => {
      const unique = { 'data.once': 'a' };
      const first = await save({ unique, data: { once: 'a', n: 1 } });
      const second = await save({ unique, data: { once: 'a', n: 2 }, priority: 20 });
      expect(second).toMatchObject({ _id: first._id, data: { once: 'a', n: 2 }, priority: 20 });
      await save({ unique: { 'data.once': 'b' }, data: { once: 'b' } });
      expect(await count()).toBe(2);
    });

    test('is unique within its name, whatever name the key says', async () => {
      await save({ unique: { 'data.once': 'a' }, data: { once: 'a' } });
      await save({ name: 'other', unique: { 'data.once': 'a', name: 'remind' }, data: { once: 'a' } });
      expect([await count(), await count('other')]).toEqual([1, 1]);
    });

    test('is left alone when only an insertion was wanted', async () => {
      const unique = { 'data.once': 'a' };
      const nextRunAt = fromNow(MINUTE);
      const first = await save({ unique, uniqueOpts: { insertOnly: true }, nextRunAt, data: { once: 'a', n: 1 } }, 'x');
      await jobs.saveJobState({ ...first, failCount: 4 }, { lastModifiedBy: 'x' });
      const second = await save(
        { unique, uniqueOpts: { insertOnly: true }, nextRunAt: fromNow(9 * MINUTE), data: { once: 'a', n: 2 } },
        'y',
      );
      expect(second).toMatchObject({ _id: first._id, nextRunAt, failCount: 4, lastModifiedBy: 'x' });
      expect(second.data).toEqual({ once: 'a', n: 1 });
    });

    test('is made once, however many save it together', async () => {
      const unique = { 'data.once': 'race' };
      const saved = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          save({ unique, uniqueOpts: { insertOnly: n % 2 === 0 }, data: { once: 'race', n } }),
        ),
      );
      expect(new Set(saved.map((job) => job._id)).size).toBe(1);
      expect(await count()).toBe(1);
    });

    test('gets from its key what its data do not say', async () => {
      const unique = { 'data.deep.once': 'a', group: 'night' };
      const bare = { name: 'remind', type: 'normal', priority: 0, nextRunAt: null, unique } as unknown as JobParameters;
      const first = await jobs.saveJob(bare, undefined);
      expect(first.data).toEqual({ deep: { once: 'a' } });
      expect((await jobs.saveJob(bare, undefined))._id).toBe(first._id);
      const other = { ...bare, unique: { ...unique, group: 'day' } };
      expect((await jobs.saveJob(other, undefined))._id).not.toBe(first._id);
    });

    const key = { user: { id: 7, name: 'Ada' }, tags: ['a', 'b'], n: 5, none: null, at: new Date(1000), text: 'Alpha' };
    test.each<[string, Record<string, unknown>]>([
      ['a number', { 'data.n': 5 }],
      ['a date', { 'data.at': new Date(1000) }],
      ['an object as a whole', { 'data.user': { id: 7, name: 'Ada' } }],
      ['a path', { 'data.user.id': 7, 'data.user.name': 'Ada' }],
      ['an item of a list', { 'data.tags': 'b' }],
      ['a list as a whole', { 'data.tags': ['a', 'b'] }],
      ['a place in a list', { 'data.tags.1': 'b' }],
      ['nothing, where there is null', { 'data.none': null }],
      ['nothing, where there is no such key', { 'data.missing.deep': null }],
      ['a pattern', { 'data.text': /^alp/i }],
      ['a pattern in words', { 'data.text': { $regex: 'HA$', $options: 'i' } }],
      ['an attribute of the job', { priority: 0, type: 'normal' }],
      ['a range', { 'data.n': { $gt: 4, $lte: 5 } }],
      ['a range of dates', { 'data.at': { $gte: new Date(999), $lt: new Date(1001) } }],
      ['a choice', { 'data.n': { $in: [1, 5] } }],
      ['an exclusion', { 'data.n': { $nin: [1, 2], $ne: 3 } }],
      ['existence', { 'data.none': { $exists: true }, 'data.missing': { $exists: false } }],
      ['a negation', { 'data.n': { $not: { $gt: 5 } } }],
      ['all of a list', { 'data.tags': { $all: ['b', 'a'], $size: 2 } }],
      ['an item that holds', { 'data.tags': { $elemMatch: { $gt: 'a' } } }],
      ['one of several conditions', { $or: [{ 'data.n': 1 }, { 'data.n': 5 }] }],
      ['several conditions', { $and: [{ 'data.n': 5 }, { $nor: [{ 'data.n': 6 }] }] }],
    ])('is found by %s', async (_what, unique) => {
      const first = await save({ data: key });
      const found = await save({ data: key, unique, uniqueOpts: { insertOnly: true } });
      expect(found._id).toBe(first._id);
    });

    test.each<[string, Record<string, unknown>]>([
      ['a number written as text', { 'data.n': '5' }],
      ['an object whose keys stand in another order', { 'data.user': { name: 'Ada', id: 7 } }],
      ['part of an object as a whole', { 'data.user': { id: 7 } }],
      ['part of a list as a whole', { 'data.tags': ['a'] }],
      ['a list in another order', { 'data.tags': ['b', 'a'] }],
      ['a date written as a number', { 'data.at': 1000 }],
      ['a range across types', { 'data.text': { $gt: 1 } }],
      ['a list of another length', { 'data.tags': { $size: 3 } }],
    ])('is not found by %s', async (_what, unique) => {
      const first = await save({ data: key });
      const other = await save({ data: key, unique, uniqueOpts: { insertOnly: true } });
      expect(other._id).not.toBe(first._id);
    });

    test.each(['$where', '$function', '$accumulator', '$expr'])('refuses to run code by %s', async (operator) => {
      await expect(save({ unique: { 'data.a': [{ [operator]: 'true' }] } })).rejects.toThrow(operator);
      await expect(save({ unique: { [operator]: 'true' } })).rejects.toThrow(operator);
      expect(await count()).toBe(0);
    });

    test('refuses an operator that nobody knows', async () => {
      await expect(save({ unique: { 'data.a': { $baton: 1 } } })).rejects.toThrow('$baton');
      await expect(save({ unique: { $baton: [{ 'data.a': 1 }] } })).rejects.toThrow('$baton');
      expect(await count()).toBe(0);
    });
  });

  describe('a debounced job', () => {
    const unique = { 'data.once': 'a' };
    const delay = 5 * MINUTE;
    const data = { once: 'a' };

    test('waits from its last save on', async () => {
      const before = Date.now();
      const debounce = { delay };
      const first = await save({ unique, uniqueOpts: { debounce }, data, nextRunAt: new Date() });
      expect(first.nextRunAt?.getTime()).toBeGreaterThanOrEqual(before + delay);
      expect(first.debounceStartedAt?.getTime()).toBeGreaterThanOrEqual(before);
      const second = await save({ unique, uniqueOpts: { debounce }, data: { once: 'a', n: 2 }, nextRunAt: new Date() });
      expect(second._id).toBe(first._id);
      expect(Number(second.nextRunAt)).toBeGreaterThanOrEqual(Number(first.nextRunAt));
      expect(second.debounceStartedAt).toEqual(first.debounceStartedAt);
      expect(second.data).toEqual({ once: 'a', n: 2 });
    });

    test('waits no longer than it may in all', async () => {
      await save({ data, debounceStartedAt: fromNow(-10 * MINUTE) });
      const debounce = { delay, maxWait: 2 * MINUTE };
      const saved = await save({ unique, uniqueOpts: { debounce }, data });
      expect(Number(saved.nextRunAt)).toBeLessThanOrEqual(Date.now());
      expect(saved.debounceStartedAt).toBeUndefined();
    });

    test('runs at its first save when it leads, and keeps that time', async () => {
      const nextRunAt = fromNow(SECOND);
      const uniqueOpts = { debounce: { delay, strategy: 'leading' as const } };
      const first = await save({ unique, uniqueOpts, data, nextRunAt });
      expect(first.nextRunAt).toEqual(nextRunAt);
      const second = await save({ unique, uniqueOpts, data: { once: 'a', n: 2 }, nextRunAt: fromNow(MINUTE) });
      expect(second).toMatchObject({ _id: first._id, nextRunAt, debounceStartedAt: first.debounceStartedAt });
      expect(second.data).toEqual({ once: 'a', n: 2 });
    });

    test('is debounced although only an insertion was wanted', async () => {
      const uniqueOpts = { insertOnly: true, debounce: { delay } };
      await save({ unique, uniqueOpts, data });
      expect((await save({ unique, uniqueOpts, data: { once: 'a', n: 2 } })).data).toEqual({ once: 'a', n: 2 });
      expect(await count()).toBe(1);
    });
  });
}
