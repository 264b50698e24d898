/** The part of the suite of the `Jobs` port about ringing: at its time, at least once, and again after a failure. */

import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { AgendaBackend } from 'agenda';
import type { Jobs } from '../../src/core/ports.ts';
import { until } from './job-repository-database.ts';
import { aClock, type Bench, LOCK, LOOK, SHORT_LOCK, shown, watched } from './jobs-under-test.ts';

export function ringingClocks(given: () => Bench, another: () => AgendaBackend): void {
  let bench: Bench;
  let jobs: Jobs;
  beforeEach(() => {
    bench = given();
    jobs = bench.jobs();
  });
  const rungTimes = (times: number) => until(`it rang ${times} times`, () => bench.rung.length >= times);
  const allGone = () => until('its job is gone', async () => (await bench.stored()).length === 0);
  /** Several looks, in which what is still there and due would ring. */
  const quiet = () => sleep(6 * LOOK);

  describe('a clock', () => {
    test('rings once, at its time, with all that it is, and is gone', async () => {
      await jobs.start(bench.noting);
      const clock = aClock({ key: '3', at: Date.now() + 150, about: 'round' });
      await jobs.keep('INC-7', [clock]);
      await rungTimes(1);
      await allGone();
      await quiet();
      expect(bench.rung).toMatchObject([{ incident: 'INC-7', clock }]);
      expect(bench.rung[0]?.clock).toEqual(clock);
      expect(bench.rung[0]?.at).toBeGreaterThanOrEqual(clock.at);
      expect(bench.logged).toEqual([]);
    });

    test('that is about nothing rings about nothing', async () => {
      await jobs.start(bench.noting);
      const clock = aClock({ at: Date.now() });
      await jobs.keep('INC-7', [clock]);
      await rungTimes(1);
      expect(Object.keys(bench.rung[0]?.clock ?? {}).sort()).toEqual(['at', 'key', 'policy']);
    });

    test('of a time that is not whole does not ring before it', async () => {
      const clock = aClock({ at: Date.now() + 60.7 });
      await jobs.keep('INC-7', [clock]);
      expect(Number((await bench.raw())[0]?.nextRunAt)).toBe(Math.ceil(clock.at));
      await jobs.start(bench.noting);
      await rungTimes(1);
      expect(bench.rung[0]?.clock.at).toBe(clock.at);
      expect(bench.rung[0]?.at).toBeGreaterThanOrEqual(clock.at);
    });

    test('that is moved at the last moment rings at its new time only', async () => {
      const slow = bench.jobs({ lookEvery: 1_500 });
      await slow.start(bench.noting);
      const early = aClock({ at: Date.now() + 1_000 });
      await slow.keep('INC-7', [early]);
      await until('it is in memory', async () => (await bench.raw()).some(({ lockedAt }) => lockedAt));
      const late = { ...early, at: early.at + 250 };
      await slow.keep('INC-7', [late]);
      await rungTimes(1);
      await allGone();
      expect(bench.rung.map(({ clock }) => clock.at)).toEqual([late.at]);
      expect(bench.logged).toEqual([]);
    });

    test('that was put off rings at its new time, though its early job may ring first', async () => {
      const early = aClock({ at: Date.now() + 400 });
      const late = { ...early, at: early.at + 300 };
      const lazy = bench.jobs({ longToGo: 100 });
      await lazy.start(async (incident, clock) => {
        await bench.noting(incident, clock);
        await lazy.keep(incident, clock.at < late.at ? [late] : []);
      });
      await lazy.keep('INC-7', [early]);
      expect(await lazy.keep('INC-7', [late])).toBe(false);
      await rungTimes(2);
      await allGone();
      expect(bench.rung.map(({ clock }) => clock.at)).toEqual([early.at, late.at]);
      expect(bench.logged).toEqual([]);
    });

    test('that is dropped at the last moment does not ring', async () => {
      const slow = bench.jobs({ lookEvery: 1_500 });
      await slow.start(bench.noting);
      const clock = aClock({ at: Date.now() + 1_000 });
      await slow.keep('INC-7', [clock]);
      await until('it is in memory', async () => (await bench.raw()).some(({ lockedAt }) => lockedAt));
      await slow.keep('INC-7', []);
      await until('its time has passed', () => Date.now() > clock.at + 200);
      expect(bench.rung).toEqual([]);
      expect(bench.logged).toEqual([]);
    });

    test('rings again when its ring wants the same clock for a later time', async () => {
      await jobs.start(async (incident, clock) => {
        await bench.noting(incident, clock);
        await jobs.keep(incident, bench.rung.length < 4 ? [{ ...clock, at: clock.at + 70 }] : []);
      });
      const first = aClock({ at: Date.now() + 50 });
      await jobs.keep('INC-7', [first]);
      await rungTimes(4);
      await allGone();
      expect(bench.rung.map(({ clock }) => clock.at - first.at)).toEqual([0, 70, 140, 210]);
      expect(bench.logged).toEqual([]);
    });

    test('that is still wanted after its ring is stored and rings again', async () => {
      const clock = aClock({ at: Date.now() });
      await jobs.start(async (incident, rung) => {
        await bench.noting(incident, rung);
        await jobs.keep(incident, [clock]);
      });
      await jobs.keep('INC-7', [clock]);
      await rungTimes(1);
      await allGone();
      await jobs.keep('INC-7', [clock]);
      await rungTimes(2);
    });

    test('that nobody wants any more rings and is gone', async () => {
      const clock = aClock({ policy: 'a policy of an older Baton', at: Date.now() - 1000 });
      await bench.jobs().keep('INC-7', [clock]);
      await jobs.start(bench.noting);
      await rungTimes(1);
      await allGone();
      expect(bench.rung).toMatchObject([{ incident: 'INC-7', clock }]);
    });

    test('whose ring fails rings again until one succeeds, and the failures are logged', async () => {
      await jobs.start(async (incident, clock) => {
        await bench.noting(incident, clock);
        if (bench.rung.length < 4) throw new Error('the store is away');
      });
      await jobs.keep('INC-7', [aClock({ at: Date.now() })]);
      await rungTimes(4);
      await allGone();
      await quiet();
      expect(bench.rung).toHaveLength(4);
      expect(bench.logged).toEqual(Array(3).fill('warn: a clock rang in vain; it will ring again'));
    });

    test('whose ring fails for good holds up no other', async () => {
      await jobs.start(async (incident, clock) => {
        if (clock.key === 'bad') throw new Error('no');
        await bench.noting(incident, clock);
      });
      await jobs.keep('INC-7', [aClock({ key: 'bad', at: Date.now() }), aClock({ key: 'good', at: Date.now() + 100 })]);
      await jobs.keep('INC-8', [aClock({ key: 'good', at: Date.now() + 200 })]);
      await rungTimes(2);
      expect((await bench.stored()).every((line) => line.includes('bad'))).toBe(true);
      await jobs.keep('INC-7', []);
      await allGone();
    });

    test('that came due while nobody was there rings once, at the start', async () => {
      await jobs.keep('INC-7', [aClock({ key: 'missed', at: Date.now() - 60_000 }), aClock({ key: 'to come' })]);
      await jobs.stop();
      const next = bench.jobs();
      await next.start(bench.noting);
      await rungTimes(1);
      await quiet();
      expect(bench.rung.map(({ clock }) => clock.key)).toEqual(['missed']);
      expect(await bench.stored()).toHaveLength(1);
    });

    test('rings once when two processes share the work', async () => {
      const other = bench.jobs();
      await Promise.all([jobs.start(bench.noting), other.start(bench.noting)]);
      const at = Date.now() + 100;
      await Promise.all(Array.from({ length: 20 }, (_, n) => [jobs, other][n % 2]?.keep(`INC-${n}`, [aClock({ at })])));
      await rungTimes(20);
      await allGone();
      await quiet();
      expect(new Set(bench.rung.map(({ incident }) => incident)).size).toBe(20);
      expect(bench.rung).toHaveLength(20);
    });

    test('whose ring takes several lives of a lock rings once', async () => {
      const long = async (incident: string, clock: Parameters<typeof bench.noting>[1]) => {
        await bench.noting(incident, clock);
        await sleep(2.2 * LOCK);
      };
      await Promise.all([jobs.start(long), bench.jobs().start(long)]);
      await jobs.keep('INC-7', [aClock({ at: Date.now() })]);
      await rungTimes(1);
      await allGone();
      expect(bench.rung).toHaveLength(1);
      expect(bench.logged).toEqual([]);
    });

    test('is taken over from a process that was killed while ringing it', async () => {
      const clock = aClock({ at: Date.now() - 5000 });
      await jobs.keep('INC-7', [clock]);
      const { repository } = await bench.backend();
      const taken = await repository.getNextJobToRun('nag', new Date(), new Date(0), undefined, undefined);
      if (!taken) throw new Error('There was no job to take.');
      await repository.saveJobState({ ...taken, nextRunAt: null, lastRunAt: new Date() }, undefined);
      const next = bench.jobs({ lockLifetime: SHORT_LOCK });
      await next.start(bench.noting);
      await next.keep('INC-7', [clock]);
      await rungTimes(1);
      expect(bench.rung[0]?.at).toBeGreaterThanOrEqual(Number(taken.lockedAt) + SHORT_LOCK);
      await allGone();
      await quiet();
      expect(bench.rung).toMatchObject([{ incident: 'INC-7', clock }]);
    });
  });

  describe('many clocks', () => {
    test('that are due together all ring, so many at a time', async () => {
      // Looking again for each three of them would take far longer than the test waits.
      const few = bench.jobs({ atOnce: 3, lookEvery: 1_500 });
      let [now, most] = [0, 0];
      const at = Date.now();
      await Promise.all(Array.from({ length: 25 }, (_, n) => few.keep(`INC-${n}`, [aClock({ at })])));
      await few.start(async (incident, clock) => {
        now += 1;
        most = Math.max(most, now);
        await sleep(15);
        now -= 1;
        await bench.noting(incident, clock);
      });
      await rungTimes(25);
      await allGone();
      expect(most).toBe(3);
      expect(new Set(bench.rung.map(({ incident }) => incident)).size).toBe(25);
    });

    test('that are due together leave everything else its turn', async () => {
      const at = Date.now();
      await Promise.all(Array.from({ length: 40 }, (_, n) => jobs.keep(`INC-${n}`, [aClock({ at })])));
      let turn = 0;
      const count = () => {
        turn += 1;
        if (bench.rung.length < 40) setImmediate(count);
      };
      count();
      const began = new Map<number, number>();
      await jobs.start(async (incident, clock) => {
        began.set(turn, (began.get(turn) ?? 0) + 1);
        await bench.noting(incident, clock);
      });
      await rungTimes(40);
      await allGone();
      // Two may fall between two counts, one before and one after the count of their turns.
      expect(Math.max(...began.values())).toBeLessThanOrEqual(2);
    });

    test('of many policies ring side by side', async () => {
      const at = Date.now() + 50;
      const clocks = Array.from({ length: 12 }, (_, n) => aClock({ policy: `policy-${n}`, at }));
      await jobs.start(bench.noting);
      await jobs.keep('INC-7', clocks);
      await rungTimes(12);
      await allGone();
    });
  });

  describe('trouble', () => {
    test('a process that was suspended with clocks in its memory goes on ringing all of them', async () => {
      const one = bench.jobs({ atOnce: 1, lookEvery: 300, lockLifetime: SHORT_LOCK });
      await one.start(bench.noting);
      for (let n = 0; n < 3; n += 1) {
        await one.keep(`INC-${n}`, [aClock({ at: Date.now() + 250 })]);
        const inMemory = async () => (await bench.raw()).some(({ lockedAt }) => lockedAt);
        await until('it is in memory, or has rung', async () => bench.rung.length > n || (await inMemory()));
        const awake = Date.now() + SHORT_LOCK + 150;
        while (Date.now() < awake);
        await rungTimes(n + 1);
        await allGone();
      }
    });

    test('of the database is logged once, and what was due rings when it is over', async () => {
      let failing = false;
      const backend = watched(another(), [], (method) => failing && method === 'getNextJobToRun');
      const flaky = bench.jobs({ backend });
      await flaky.start(bench.noting);
      failing = true;
      await flaky.keep('INC-7', [aClock({ at: Date.now() }), aClock({ policy: 'other', at: Date.now() })]);
      await sleep(5 * LOOK);
      expect(bench.rung).toEqual([]);
      expect(bench.logged).toEqual(['error: trouble with the jobs; they are tried again']);
      failing = false;
      await rungTimes(2);
      await allGone();
    });

    test('at the start is an error of the start, which may be tried again', async () => {
      let failing = true;
      const backend = watched(another(), [], (method) => failing && method === 'getDistinctJobNames');
      const flaky = bench.jobs({ backend });
      await expect(flaky.start(bench.noting)).rejects.toThrow('disk is full');
      await expect(flaky.keep('INC-7', [])).rejects.toThrow('disk is full');
      failing = false;
      await flaky.start(bench.noting);
      await flaky.keep('INC-7', [aClock({ at: Date.now() })]);
      await rungTimes(1);
    });

    test('does not lock a clock again after its ring has failed, however late a sign of life arrives', async () => {
      let saves = 0;
      const backend = watched(another(), [], async (method) => {
        if (method !== 'saveJobState') return false;
        saves += 1;
        // The first is the beginning of the ring, the second the sign of life, the third the end.
        if (saves === 2) await sleep(LOCK / 4);
        return false;
      });
      const late = bench.jobs({ backend, retry: { first: 60_000, longest: 60_000 } });
      await late.start(async () => {
        await until('a sign of life is on its way', () => saves === 2);
        throw new Error('no');
      });
      await late.keep('INC-7', [aClock({ at: Date.now() })]);
      await until('the failure is kept', async () => (await bench.raw())[0]?.failCount === 1);
      await sleep(LOCK / 2);
      expect((await bench.raw())[0]?.lockedAt).toBeUndefined();
    });

    test('in removing the job of a ring that is done rings it again', async () => {
      let failures = 2;
      const backend = watched(another(), [], (method) => method === 'removeJobs' && failures-- > 0);
      const flaky = bench.jobs({ backend });
      await flaky.start(bench.noting);
      await flaky.keep('INC-7', [aClock({ at: Date.now() })]);
      await rungTimes(3);
      await allGone();
    });
  });

  describe('stopping', () => {
    test('waits for the rings under way, and takes no more', async () => {
      let done = 0;
      await jobs.start(async (incident, clock) => {
        await bench.noting(incident, clock);
        await sleep(200);
        done += 1;
      });
      await jobs.keep('INC-7', [aClock({ key: 'now', at: Date.now() }), aClock({ key: 'soon', at: Date.now() + 250 })]);
      await rungTimes(1);
      await jobs.stop();
      expect(done).toBe(1);
      await sleep(300);
      expect(bench.rung).toHaveLength(1);
      expect((await bench.stored()).map((line) => line.split(' ')[2])).toEqual(['soon']);
      expect(bench.logged).toEqual([]);
    });

    test('gives back clocks that it has in memory, so that the next start need not wait for locks', async () => {
      const slow = bench.jobs({ lookEvery: 2_000 });
      await slow.start(bench.noting);
      await slow.keep('INC-7', [aClock({ at: Date.now() + 1_500 })]);
      await until('it is in memory', async () => (await bench.raw()).some(({ lockedAt }) => lockedAt));
      await slow.stop();
      expect((await bench.raw()).map(({ lockedAt }) => lockedAt)).toEqual([undefined]);
    });

    test('waits no longer than its patience; what was ringing rings again elsewhere', async () => {
      const clock = aClock({ at: Date.now() });
      const hasty = bench.jobs({ patience: 100, lockLifetime: SHORT_LOCK });
      let end = () => {};
      await hasty.start(async (incident, rung) => {
        await bench.noting(incident, rung);
        await new Promise<void>((resolve) => {
          end = resolve;
        });
      });
      await hasty.keep('INC-7', [clock]);
      await rungTimes(1);
      await hasty.stop();
      expect(bench.logged).toEqual(['warn: stopped while clocks were ringing; they ring again after the next start']);
      expect(await bench.stored()).toEqual([shown('INC-7', clock)]);
      await bench.jobs({ lockLifetime: SHORT_LOCK }).start(bench.noting);
      await rungTimes(2);
      await allGone();
      end();
    });

    test('may be done twice, without a start, and is followed by another start', async () => {
      await jobs.stop();
      await jobs.start(bench.noting);
      await jobs.stop();
      await jobs.stop();
      await jobs.keep('INC-7', [aClock({ at: Date.now() })]);
      expect(bench.rung).toEqual([]);
      await jobs.start(bench.noting);
      await rungTimes(1);
    });
  });
}
