/** The part of the suite of Agenda's backends about finding, counting, switching and removing jobs. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { JobParameters, JobRepository, JobsQueryOptions, JobsSort, RemoveJobsOptions } from 'agenda';
import { aJob, fromNow, MINUTE } from './job-repository-database.ts';

const NO_ID = '0123456789abcdef01234567';

export function findingJobs(connected: () => Promise<JobRepository>): void {
  let jobs: JobRepository;
  beforeEach(async () => {
    jobs = await connected();
  });
  const save = (given: Partial<JobParameters> = {}) => jobs.saveJob(aJob(given), undefined);
  /** The names of what a query finds, sorted by name unless it says otherwise. */
  const names = async (options: JobsQueryOptions) =>
    (await jobs.queryJobs({ sort: { name: 'asc' }, ...options })).jobs.map((job) => job.name);

  describe('one job', () => {
    test('is found by its id, in whatever case that is written', async () => {
      const job = await save({ data: { a: 1 } });
      expect(await jobs.getJobById(String(job._id))).toMatchObject({ _id: job._id, data: { a: 1 } });
      expect((await jobs.getJobById(String(job._id).toUpperCase()))?._id).toBe(job._id);
    });

    test('is null when there is none, and an error when that is no id', async () => {
      expect(await jobs.getJobById(NO_ID)).toBeNull();
      await expect(jobs.getJobById('seven')).rejects.toThrow();
    });
  });

  describe('a query', () => {
    test('finds everything when nothing is asked', async () => {
      await Promise.all([save(), save(), save({ disabled: true })]);
      expect((await jobs.queryJobs()).total).toBe(3);
      expect((await jobs.queryJobs({ name: '', names: [], ids: [], id: '', search: '' })).jobs).toHaveLength(3);
    });

    test('filters by name, and by several', async () => {
      await Promise.all(['a', 'b', 'c'].map((name) => save({ name })));
      expect(await names({ name: 'b' })).toEqual(['b']);
      expect(await names({ names: ['c', 'a', 'x'] })).toEqual(['a', 'c']);
      expect(await names({ name: 'b', names: ['c'] })).toEqual(['b']);
    });

    test('filters by id, and by several; an id that is none finds nothing', async () => {
      const [a, b] = await Promise.all([save({ name: 'a' }), save({ name: 'b' }), save({ name: 'c' })]);
      expect(await names({ id: String(a._id) })).toEqual(['a']);
      expect(await names({ ids: [String(a._id), String(b._id), NO_ID] })).toEqual(['a', 'b']);
      expect(await names({ id: String(a._id), name: 'b' })).toEqual([]);
      expect(await jobs.queryJobs({ id: 'seven' })).toEqual({ jobs: [], total: 0 });
      expect(await jobs.queryJobs({ ids: [String(a._id), 'seven'] })).toEqual({ jobs: [], total: 0 });
    });

    test('searches names for a part, in any case, and takes every letter for itself', async () => {
      await Promise.all(['Send mail', 'sendÜber', 'a.b*c', 'axbc'].map((name) => save({ name })));
      expect(await names({ search: 'SEND' })).toEqual(['Send mail', 'sendÜber']);
      expect(await names({ search: 'dü' })).toEqual(['sendÜber']);
      expect(await names({ search: 'a.b*' })).toEqual(['a.b*c']);
      expect(await names({ search: 'nothing' })).toEqual([]);
      expect(await names({ search: 'mail', name: 'axbc' })).toEqual(['Send mail']);
    });

    test.each<[string, unknown, string[]]>([
      ['part of an object', { user: 1 }, ['a', 'b']],
      ['deeper parts', { user: 1, deep: { key: 'x' } }, ['a']],
      ['an item of a list', { tags: 'red' }, ['a', 'b']],
      ['a whole list', { tags: ['red'] }, ['a']],
      ['something inside a list', { items: { id: 2 } }, ['b']],
      ['a date', { at: new Date(5) }, ['b']],
      ['an empty object, which asks for nothing', {}, ['a', 'b', 'c', 'd', 'e']],
      ['null, which is also what is not there', { deep: null }, ['b', 'c', 'e']],
      ['text', 'plain', ['c']],
      ['an item of data that are a list', 2, ['d']],
      ['a list of data', [1, 2], ['d']],
      ['no data', null, ['e']],
    ])('filters by data: %s', async (_what, data, found) => {
      await save({ name: 'a', data: { user: 1, deep: { key: 'x', more: 1 }, tags: ['red'] } });
      await save({
        name: 'b',
        data: { user: 1, tags: ['red', 'blue'], at: new Date(5), items: [{ id: 1 }, { id: 2 }] },
      });
      await save({ name: 'c', data: 'plain' });
      await save({ name: 'd', data: [1, 2] });
      await save({ name: 'e', data: undefined });
      expect(await names({ data })).toEqual(found);
    });

    test('finds by a key that may have an index whatever is there: text, a list, data in a list, odd keys', async () => {
      await save({ name: 'a', data: { incident: 'INC-1' } });
      await save({ name: 'b', data: { incident: ['INC-1', 'INC-2'] } });
      await save({ name: 'c', data: [{ incident: 'INC-1' }] });
      await save({ name: 'd', data: { incident: 'INC-1', $: 'odd' } });
      await save({ name: 'e', data: { incident: 'INC-11' } });
      await save({ name: 'f', data: { incident: { id: 'INC-1' } } });
      expect(await names({ data: { incident: 'INC-1' } })).toEqual(['a', 'b', 'c', 'd']);
      expect(await names({ data: { incident: 'INC-1' }, name: 'b' })).toEqual(['b']);
      expect(await jobs.removeJobs({ data: { incident: 'INC-1' } })).toBe(4);
      expect(await names({})).toEqual(['e', 'f']);
    });

    test('leaves out disabled jobs on request', async () => {
      await Promise.all([
        save({ name: 'a' }),
        save({ name: 'b', disabled: true }),
        save({ name: 'c', disabled: false }),
      ]);
      expect(await names({ includeDisabled: false })).toEqual(['a', 'c']);
      expect(await names({ includeDisabled: true })).toEqual(['a', 'b', 'c']);
    });

    const STATES: Partial<JobParameters>[] = [
      { name: 'running', lockedAt: new Date() },
      { name: 'failed', failedAt: new Date(2), lastFinishedAt: new Date(2) },
      { name: 'repeating', repeatInterval: '1 minute' },
      { name: 'scheduled' },
      { name: 'queued', nextRunAt: new Date(1) },
      { name: 'completed', nextRunAt: null, lastFinishedAt: new Date(3), failedAt: new Date(2) },
      { name: 'paused', disabled: true },
    ];

    test.each([
      ['running', ['running']],
      ['failed', ['failed']],
      ['repeating', ['repeating']],
      ['scheduled', ['paused', 'scheduled']],
      ['queued', ['queued']],
      ['completed', ['completed']],
      ['paused', ['paused']],
    ] as const)('tells the state of jobs: %s', async (state, found) => {
      await Promise.all(STATES.map(save));
      expect(await names({ state })).toEqual(found);
      const everything = (await jobs.queryJobs()).jobs;
      expect(everything.find((job) => job.name === state)?.state).toBe(state === 'paused' ? 'scheduled' : state);
    });

    test('sorts the latest time first when not told otherwise, jobs without one last', async () => {
      await save({ name: 'c', nextRunAt: new Date(1000), lastRunAt: new Date(1) });
      await save({ name: 'd', nextRunAt: null });
      await save({ name: 'a', nextRunAt: new Date(2000) });
      await save({ name: 'b', nextRunAt: new Date(1000), lastRunAt: new Date(2) });
      const found = await jobs.queryJobs({ sort: {} });
      expect(found.jobs.map((job) => job.name)).toEqual(['a', 'b', 'c', 'd']);
      expect((await jobs.queryJobs()).jobs.map((job) => job.name)).toEqual(['a', 'b', 'c', 'd']);
    });

    test.each<[JobsSort, string[]]>([
      [{ nextRunAt: 'asc' }, ['d', 'a', 'b', 'c']],
      [{ lastRunAt: 'desc' }, ['d', 'c', 'b', 'a']],
      [{ lastFinishedAt: 'asc' }, ['c', 'b', 'a', 'd']],
      [{ priority: 'desc' }, ['b', 'd', 'a', 'c']],
      [{ priority: 'asc' }, ['c', 'a', 'd', 'b']],
      [{ name: 'desc' }, ['d', 'c', 'b', 'a']],
    ])('sorts by %j', async (sort, order) => {
      const at = (n: number) => new Date(n * 1000);
      await save({ name: 'a', nextRunAt: at(1), lastRunAt: at(1), lastFinishedAt: at(3), priority: 1.5 });
      await save({ name: 'b', nextRunAt: at(2), lastRunAt: at(2), lastFinishedAt: at(2), priority: 10 });
      await save({ name: 'c', nextRunAt: at(3), lastRunAt: at(3), lastFinishedAt: at(1), priority: -20 });
      await save({ name: 'd', nextRunAt: null, lastRunAt: at(4), lastFinishedAt: at(4), priority: 2 });
      expect(await names({ sort })).toEqual(order);
    });

    test('sorts by time before priority before name, however they were written', async () => {
      const together = new Date(1000);
      await save({ name: 'c', nextRunAt: together, priority: 0 });
      await save({ name: 'b', nextRunAt: together, priority: 0 });
      await save({ name: 'a', nextRunAt: together, priority: 5 });
      await save({ name: 'd', nextRunAt: new Date(1), priority: 0 });
      expect(await names({ sort: { name: 'asc', priority: 'desc', nextRunAt: 'desc' } })).toEqual(['a', 'b', 'c', 'd']);
    });

    test('sorts by data: nothing, numbers, text, objects, truth, dates', async () => {
      const data = [new Date(1), true, { b: 1 }, { a: 2 }, { a: 1 }, 'b', 'B', 10, 9, null];
      for (const [index, value] of data.entries()) await save({ name: String(data.length - 1 - index), data: value });
      expect(await names({ sort: { data: 'asc' } })).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
      const page = await jobs.queryJobs({ sort: { data: 'desc' }, skip: 1, limit: 2 });
      expect(page.jobs.map((job) => job.name)).toEqual(['8', '7']);
      expect(page.total).toBe(10);
    });

    test('gives pages that neither miss nor repeat a job, and the count of all', async () => {
      for (let n = 0; n < 7; n += 1) await save({ name: `j${n}`, data: { even: n % 2 === 0 }, nextRunAt: new Date(n) });
      const page = (options: JobsQueryOptions) => jobs.queryJobs({ sort: { name: 'asc' }, ...options });
      const pages = await Promise.all([0, 3, 6, 9].map((skip) => page({ skip, limit: 3 })));
      expect(pages.map((one) => one.jobs.length)).toEqual([3, 3, 1, 0]);
      expect(pages.flatMap((one) => one.jobs.map((job) => job.name))).toEqual([
        'j0',
        'j1',
        'j2',
        'j3',
        'j4',
        'j5',
        'j6',
      ]);
      expect(pages.map((one) => one.total)).toEqual([7, 7, 7, 7]);
      expect((await page({ skip: 5 })).jobs.map((job) => job.name)).toEqual(['j5', 'j6']);
      expect((await page({ limit: 0 })).jobs).toHaveLength(7);
    });

    test('gives pages of what remains after the data and the state were looked at', async () => {
      for (let n = 0; n < 7; n += 1) await save({ name: `j${n}`, data: { even: n % 2 === 0 }, nextRunAt: new Date(n) });
      const options: JobsQueryOptions = { sort: { name: 'desc' }, skip: 1, limit: 2 };
      for (const more of [{ data: { even: true } }, { data: { even: true }, state: 'queued' }] as JobsQueryOptions[]) {
        const found = await jobs.queryJobs({ ...options, ...more });
        expect(found.jobs.map((job) => job.name)).toEqual(['j4', 'j2']);
        expect(found.total).toBe(4);
      }
      const queued = await jobs.queryJobs({ state: 'queued', sort: { name: 'asc' }, skip: 5 });
      expect([queued.jobs.map((job) => job.name), queued.total]).toEqual([['j5', 'j6'], 7]);
    });
  });

  describe('counts', () => {
    test('tell the jobs of each name by state, paused ones beside their state', async () => {
      await save({ lockedAt: new Date() });
      await save({ nextRunAt: new Date(1) });
      await save({ nextRunAt: new Date(1), disabled: true });
      await save({ nextRunAt: null, lastFinishedAt: new Date(1) });
      await save({ nextRunAt: null, failedAt: new Date(1) });
      await save({ name: 'other', repeatInterval: 5000 });
      await save({ name: 'other' });
      const none = { running: 0, scheduled: 0, queued: 0, completed: 0, failed: 0, repeating: 0, paused: 0 };
      const overview = (await jobs.getJobsOverview()).sort((a, b) => (a.name < b.name ? -1 : 1));
      expect(overview).toEqual([
        { ...none, name: 'other', total: 2, repeating: 1, scheduled: 1 },
        { ...none, name: 'remind', total: 5, running: 1, queued: 2, completed: 1, failed: 1, paused: 1 },
      ]);
    });

    test('tell every name once', async () => {
      expect(await jobs.getDistinctJobNames()).toEqual([]);
      await Promise.all(['b', 'a', 'b', 'c', 'a'].map((name) => save({ name })));
      expect((await jobs.getDistinctJobNames()).sort()).toEqual(['a', 'b', 'c']);
    });

    test('tell how many jobs are due, locked and disabled ones included', async () => {
      expect(await jobs.getQueueSize()).toBe(0);
      await save({ nextRunAt: new Date(1) });
      await save({ nextRunAt: new Date(1), lockedAt: new Date() });
      await save({ nextRunAt: new Date(1), disabled: true });
      await save({ nextRunAt: null });
      await save({ nextRunAt: fromNow(MINUTE) });
      expect(await jobs.getQueueSize()).toBe(3);
    });
  });

  describe('removing', () => {
    /** Removes, from jobs a, b, c and d, what the options say; resolves to how many and which are left. */
    async function remove(options: (ids: Record<string, string>) => RemoveJobsOptions) {
      const ids: Record<string, string> = {};
      for (const [index, name] of ['a', 'b', 'c', 'd'].entries()) {
        ids[name] = String((await save({ name, data: { n: index, odd: index % 2 === 1, deep: { name } } }))._id);
      }
      const removed = await jobs.removeJobs(options(ids));
      return [removed, (await names({})).join('')];
    }

    test.each<[string, (ids: Record<string, string>) => RemoveJobsOptions, number, string]>([
      ['an id', ({ b }) => ({ id: b as string }), 1, 'acd'],
      ['ids', ({ a, d }) => ({ ids: [a as string, d as string, NO_ID] }), 2, 'bc'],
      ['an id rather than ids', ({ a, b }) => ({ id: a as string, ids: [b as string] }), 1, 'bcd'],
      ['an unknown id', () => ({ id: NO_ID }), 0, 'abcd'],
      ['an id that is none', () => ({ id: 'seven', name: 'a' }), 0, 'abcd'],
      ['ids of which one is none', ({ a }) => ({ ids: [a as string, 'seven'] }), 0, 'abcd'],
      ['a name', () => ({ name: 'c' }), 1, 'abd'],
      ['names', () => ({ names: ['a', 'b', 'x'] }), 2, 'cd'],
      ['other names', () => ({ notNames: ['a', 'b'] }), 2, 'ab'],
      ['a name rather than names', () => ({ name: 'a', names: ['b'] }), 1, 'bcd'],
      ['names rather than other names', () => ({ names: ['a'], notNames: ['a'] }), 1, 'bcd'],
      ['part of the data', () => ({ data: { odd: true } }), 2, 'ac'],
      ['deeper parts of the data', () => ({ data: { deep: { name: 'b' } } }), 1, 'acd'],
      ['a name and data', () => ({ name: 'b', data: { odd: true } }), 1, 'acd'],
      ['a name and data that differ', () => ({ name: 'a', data: { odd: true } }), 0, 'abcd'],
      ['other names and data', () => ({ notNames: ['b'], data: { odd: true } }), 1, 'abc'],
      ['an id and another name', ({ a }) => ({ id: a as string, name: 'b' }), 0, 'abcd'],
      ['nothing, which removes nothing', () => ({}), 0, 'abcd'],
      ['empty lists', () => ({ ids: [], names: [], notNames: [] }), 0, 'abcd'],
      ['empty data', () => ({ data: {} }), 0, 'abcd'],
      ['no other names', () => ({ notNames: [] }), 0, 'abcd'],
    ])('by %s', async (_what, options, removed, left) => {
      expect(await remove(options)).toEqual([removed, left]);
    });

    test('by having no data', async () => {
      await save({ name: 'a', data: null });
      await save({ name: 'b', data: { a: 1 } });
      expect(await jobs.removeJobs({ data: null })).toBe(1);
      expect(await names({})).toEqual(['b']);
    });

    test('takes locked and disabled jobs too', async () => {
      await Promise.all([save({ lockedAt: new Date() }), save({ disabled: true })]);
      expect(await jobs.removeJobs({ name: 'remind' })).toBe(2);
    });

    test('purges everything', async () => {
      await Promise.all([save(), save({ name: 'other' }), save({ lockedAt: new Date() })]);
      expect(await jobs.purgeAllJobs()).toBe(3);
      expect(await jobs.purgeAllJobs()).toBe(0);
      expect((await jobs.queryJobs()).total).toBe(0);
    });
  });

  describe('disabling and enabling', () => {
    test('counts the jobs that it changed', async () => {
      const [a] = await Promise.all([save({ name: 'a', data: { x: 1 } }), save({ name: 'b' }), save({ name: 'c' })]);
      expect(await jobs.disableJobs({ names: ['a', 'b'] })).toBe(2);
      expect(await jobs.disableJobs({ data: { x: 1 } })).toBe(0);
      expect(await jobs.disableJobs({ notNames: ['a'] })).toBe(1);
      expect(await names({ state: 'paused' })).toEqual(['a', 'b', 'c']);
      expect(await jobs.enableJobs({ id: String(a._id) })).toBe(1);
      expect(await jobs.enableJobs({ data: { x: 1 } })).toBe(0);
      expect((await jobs.getJobById(String(a._id)))?.disabled).toBe(false);
    });

    test('does nothing when nothing is asked, or the id is none', async () => {
      await save();
      expect([await jobs.disableJobs({}), await jobs.disableJobs({ id: 'seven' })]).toEqual([0, 0]);
      expect([await jobs.enableJobs({}), await jobs.enableJobs({ ids: ['seven'] })]).toEqual([0, 0]);
    });
  });
}
