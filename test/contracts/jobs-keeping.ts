/** The part of the suite of the `Jobs` port about keeping: what is stored is exactly what is wanted. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { AgendaBackend } from 'agenda';
import type { Jobs } from '../../src/core/ports.ts';
import { until } from './job-repository-database.ts';
import { aClock, type Bench, shown, watched } from './jobs-under-test.ts';

export function keepingClocks(given: () => Bench, another: () => AgendaBackend): void {
  let bench: Bench;
  let jobs: Jobs;
  beforeEach(() => {
    bench = given();
    jobs = bench.jobs();
  });

  describe('keep', () => {
    test('stores one job per clock, named after its policy and due at its time', async () => {
      const clocks = [aClock({ key: '1' }), aClock({ key: '2' }), aClock({ policy: 'call-round', about: 'round' })];
      await jobs.keep('INC-1', clocks);
      expect(await bench.stored()).toEqual(clocks.map((clock) => shown('INC-1', clock)).sort());
      for (const { name, nextRunAt, data } of await bench.raw()) {
        expect(['nag', 'call-round']).toContain(name);
        expect(Number(nextRunAt)).toBe((data as { at: number }).at);
      }
    });

    test('adds, moves and removes until the set is exactly the wanted one', async () => {
      const [a, b, c] = [aClock({ key: 'a' }), aClock({ key: 'b' }), aClock({ key: 'c', policy: 'other' })];
      await jobs.keep('INC-1', [a, b]);
      const moved = { ...b, at: b.at + 5_000 };
      await jobs.keep('INC-1', [moved, c]);
      expect(await bench.stored()).toEqual([shown('INC-1', moved), shown('INC-1', c)]);
      const asked = { ...moved, about: 'prompt:7' };
      await jobs.keep('INC-1', [asked, c]);
      expect(await bench.stored()).toEqual([shown('INC-1', asked), shown('INC-1', c)]);
      await jobs.keep('INC-1', []);
      expect(await bench.stored()).toEqual([]);
    });

    test('leaves the job of a clock that is put off while it has long to go, and moves one that is brought forward', async () => {
      const clock = aClock({ at: Date.now() + 120_000 });
      await jobs.keep('INC-1', [clock]);
      expect(await jobs.keep('INC-1', [{ ...clock, at: clock.at + 30_000 }])).toBe(false);
      expect(await bench.stored()).toEqual([shown('INC-1', clock)]);
      const sooner = { ...clock, at: clock.at - 30_000 };
      expect(await jobs.keep('INC-1', [sooner])).toBe(true);
      expect(await bench.stored()).toEqual([shown('INC-1', sooner)]);
    });

    test('knows every key and policy for itself, whatever is in them', async () => {
      const clocks = ['', '1', 'a:b', '"', 'ü 🚨', "'; DROP TABLE"].flatMap((key) => [
        aClock({ key }),
        aClock({ key, policy: `other ${key}` }),
      ]);
      await jobs.keep('INC-1', clocks);
      expect(await bench.stored()).toHaveLength(12);
      await jobs.keep('INC-1', clocks.slice(1));
      expect(await bench.stored()).toEqual(
        clocks
          .slice(1)
          .map((clock) => shown('INC-1', clock))
          .sort(),
      );
    });

    test('leaves the jobs of other incidents alone', async () => {
      const clock = aClock();
      await Promise.all(['INC-1', 'INC-11', 'INC-2'].map((id) => jobs.keep(id, [clock])));
      await jobs.keep('INC-1', []);
      expect(await bench.stored()).toEqual([shown('INC-11', clock), shown('INC-2', clock)]);
    });

    test('asks the database nothing when nothing has changed', async () => {
      const calls: string[] = [];
      const counted = bench.jobs({ backend: watched(another(), calls) });
      const clocks = [aClock({ key: 'a' }), aClock({ key: 'b' })];
      await counted.keep('INC-1', clocks);
      calls.length = 0;
      await counted.keep('INC-1', clocks);
      await counted.keep('INC-1', [...clocks].reverse());
      expect(calls).toEqual([]);
      await counted.keep('INC-1', [clocks[0] as (typeof clocks)[0]]);
      expect(calls).toEqual(['removeJobs']);
    });

    test('makes one job of each clock, however many calls race', async () => {
      const clocks = [aClock({ key: 'a' }), aClock({ key: 'b' })];
      await Promise.all(Array.from({ length: 10 }, () => jobs.keep('INC-1', clocks)));
      expect(await bench.stored()).toEqual(clocks.map((clock) => shown('INC-1', clock)));
    });

    test('of calls that race the last one counts, and all of them wait for it', async () => {
      const sets = Array.from({ length: 8 }, (_, n) => [
        aClock({ key: `k${n % 3}` }),
        aClock({ key: 'all', at: 1e13 - n }),
      ]);
      const last = sets.at(-1) as (typeof sets)[0];
      await Promise.all(sets.map((set) => jobs.keep('INC-1', set)));
      expect(await bench.stored()).toEqual(last.map((clock) => shown('INC-1', clock)).sort());
    });

    test('makes one job of each clock even when two processes race', async () => {
      const others = [jobs, bench.jobs(), bench.jobs()];
      const clocks = [aClock({ key: 'a' }), aClock({ key: 'b', about: 'x' })];
      await Promise.all(others.map((one) => one.keep('INC-1', clocks)));
      expect(await bench.stored()).toEqual(clocks.map((clock) => shown('INC-1', clock)));
    });

    test('finds out at its start what is stored, and makes it right', async () => {
      const [stays, goes, moves] = [aClock({ key: 'stays' }), aClock({ key: 'goes' }), aClock({ key: 'moves' })];
      await jobs.keep('INC-1', [stays, goes, moves]);
      const [before] = (await bench.raw()).filter(({ data }) => (data as { key: string }).key === 'stays');
      await jobs.stop();
      const moved = { ...moves, at: moves.at + 1 };
      await bench.jobs().keep('INC-1', [stays, moved]);
      expect(await bench.stored()).toEqual([shown('INC-1', moved), shown('INC-1', stays)]);
      expect((await bench.raw()).map(({ _id }) => _id)).toContain(before?._id);
    });

    test('replaces jobs that will never run, and removes doubled ones', async () => {
      const { repository } = await bench.backend();
      const at = Date.now() + 60_000;
      const job = { type: 'normal' as const, priority: 0, nextRunAt: new Date(at) };
      const data = (key: string) => ({ incident: 'INC-1', key, at, about: null });
      await repository.saveJob({ ...job, name: 'nag', nextRunAt: null, data: data('dead') }, undefined);
      await repository.saveJob({ ...job, name: 'nag', disabled: true, data: data('disabled') }, undefined);
      await repository.saveJob({ ...job, name: 'nag', data: data('doubled') }, undefined);
      await repository.saveJob({ ...job, name: 'nag', data: { ...data('doubled'), at: at + 1 } }, undefined);
      const clocks = ['dead', 'disabled', 'doubled'].map((key) => aClock({ key, at }));
      await jobs.keep('INC-1', clocks);
      expect(await bench.stored()).toEqual(clocks.map((clock) => shown('INC-1', clock)));
      for (const { nextRunAt, disabled } of await bench.raw())
        expect([Number(nextRunAt), disabled]).toEqual([at, undefined]);
    });

    test('rejects when the database fails, and makes everything right the next time', async () => {
      let failing = '';
      const flaky = bench.jobs({ backend: watched(another(), [], (method) => method === failing) });
      const [a, b] = [aClock({ key: 'a' }), aClock({ key: 'b' })];
      await flaky.keep('INC-1', [a]);
      for (const method of ['saveJob', 'removeJobs']) {
        failing = method;
        await expect(flaky.keep('INC-1', [b])).rejects.toThrow('disk is full');
        failing = '';
        await flaky.keep('INC-1', [b]);
        expect(await bench.stored()).toEqual([shown('INC-1', b)]);
        await flaky.keep('INC-1', [a]);
        expect(await bench.stored()).toEqual([shown('INC-1', a)]);
      }
    });

    test('a call that waited behind one that failed does its work', async () => {
      let failures = 1;
      const backend = watched(another(), [], (method) => method === 'saveJob' && failures-- > 0);
      const flaky = bench.jobs({ backend });
      const clocks = [aClock()];
      const outcomes = await Promise.allSettled([flaky.keep('INC-1', clocks), flaky.keep('INC-1', clocks)]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await bench.stored()).toEqual(clocks.map((clock) => shown('INC-1', clock)));
    });

    test('refuses a clock that has no time, and leaves what is there', async () => {
      const clock = aClock();
      await jobs.keep('INC-1', [clock]);
      for (const at of [Number.NaN, Number.POSITIVE_INFINITY, 9e15]) {
        await expect(jobs.keep('INC-1', [aClock({ at, key: 'x' })])).rejects.toThrow(RangeError);
      }
      expect(await bench.stored()).toEqual([shown('INC-1', clock)]);
    });

    test('works before the start and after the stop', async () => {
      await jobs.keep('INC-1', [aClock({ at: Date.now() })]);
      await jobs.start(bench.noting);
      await until('it rang', () => bench.rung.length === 1);
      await jobs.stop();
      const clock = aClock({ key: 'after' });
      await jobs.keep('INC-1', [clock]);
      expect(await bench.stored()).toEqual([shown('INC-1', clock)]);
    });
  });
}
