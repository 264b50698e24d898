/** What every lease has to keep of the promises in src/core/ports.ts. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Lease } from '../../src/core/ports.ts';
import { until } from './job-repository-database.ts';

/** Several instances that are alive, each with the leases it could have. */
export interface LeasesAtWork {
  instance(): Promise<Instance>;
  close(): Promise<void>;
}

export interface Instance {
  lease(name: string): Lease;
  /** It is not heard of any more, while it goes on: until it is told to wake, or for good. */
  fallSilent(): void;
  wake(): void;
  /** It ends in order. */
  stop(): Promise<void>;
}

export interface LeaseUnderTest {
  readonly name: string;
  open(): Promise<LeasesAtWork>;
}

export function leaseContract(under: LeaseUnderTest): void {
  describe(`the lease on ${under.name}`, () => {
    let at: LeasesAtWork;
    beforeEach(async () => {
      at = await under.open();
    });
    afterEach(() => at.close());

    /** Seeks, and writes down what it is told. */
    function seeking(lease: Lease, told: string[], who: string): Lease {
      lease.seek({ taken: () => told.push(`${who} takes`), lost: () => told.push(`${who} loses`) });
      return lease;
    }

    test('whoever does not seek it never has it', async () => {
      const lease = (await at.instance()).lease('gateway');
      expect(lease.held()).toBe(false);
      await lease.release();
      expect(lease.held()).toBe(false);
    });

    test('of many that seek it exactly one has it, and goes on having it', async () => {
      const told: string[] = [];
      const instances = await Promise.all(Array.from({ length: 6 }, () => at.instance()));
      const leases = instances.map((one, n) => seeking(one.lease('gateway'), told, `${n}`));
      await until('one has it', () => told.length > 0);
      for (let n = 0; n < 40; n += 1) {
        expect(leases.filter((lease) => lease.held())).toHaveLength(1);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      expect(told).toHaveLength(1);
    });

    test('leases of other names are other leases', async () => {
      const [one, two] = [await at.instance(), await at.instance()];
      const told: string[] = [];
      const gateway = seeking(one.lease('gateway'), told, 'gateway');
      await until('it is had', () => gateway.held());
      const other = seeking(two.lease('other'), told, 'other');
      await until('the other is had', () => other.held());
      expect(gateway.held()).toBe(true);
    });

    test('whoever gives it up is followed, and is told nothing more', async () => {
      const [one, two] = [await at.instance(), await at.instance()];
      const told: string[] = [];
      const first = seeking(one.lease('gateway'), told, 'first');
      await until('the first has it', () => first.held());
      const second = seeking(two.lease('gateway'), told, 'second');
      await first.release();
      expect(first.held()).toBe(false);
      await until('the second has it', () => second.held());
      expect(told).toEqual(['first takes', 'second takes']);
    });

    test('whoever ends in order is followed', async () => {
      const [one, two] = [await at.instance(), await at.instance()];
      const first = seeking(one.lease('gateway'), [], 'first');
      await until('the first has it', () => first.held());
      const second = seeking(two.lease('gateway'), [], 'second');
      await one.stop();
      expect(first.held()).toBe(false);
      await until('the second has it', () => second.held());
    });

    test('whoever falls silent has lost it before another takes it, is told so, and gets it again later', async () => {
      const [one, two] = [await at.instance(), await at.instance()];
      const told: string[] = [];
      const first = seeking(one.lease('gateway'), told, 'first');
      await until('the first has it', () => first.held());
      const second = seeking(two.lease('gateway'), told, 'second');
      one.fallSilent();
      await until('the second has it', () => {
        expect(first.held() && second.held()).toBe(false);
        return second.held();
      });
      await until('both are told', () => told.length === 3);
      expect(told).toEqual(['first takes', 'first loses', 'second takes']);
      one.wake();
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect([first.held(), second.held()]).toEqual([false, true]);
      await second.release();
      await until('the first has it again', () => first.held());
      expect(told.slice(3)).toEqual(['first takes']);
    });
  });
}
