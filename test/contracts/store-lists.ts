/** The part of the suite of stores about lists and the newest number. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/core/ports.ts';
import { closed, declared, NIGHT, note, notes, summary } from './sample.ts';
import type { StoreAtWork } from './store-under-test.ts';

export function listingIncidents(at: StoreAtWork): void {
  let store: Store;
  beforeEach(() => {
    store = at.current();
  });
  async function reopened(): Promise<Store> {
    store = await at.reopen();
    return store;
  }
  const make = (id: string, over?: Parameters<typeof summary>[0]) => store.append(id, 0, [declared()], summary(over));
  const ids = async (query: Parameters<Store['list']>[0]) => (await store.list(query)).map(({ id }) => id);

  describe('lists', () => {
    /** INC-1 to INC-6, declared in another order than numbered; the even ones closed at NIGHT + 20, 40 and 60. */
    async function six(): Promise<void> {
      const at = [30, 10, 60, 20, 50, 40];
      for (const [index, minute] of at.entries()) {
        const number = index + 1;
        const over = { declaredAt: NIGHT + minute, title: `Number ${number}` };
        const is = number % 2 === 0 ? closed({ ...over, closedAt: NIGHT + number * 10 }) : summary(over);
        await store.append(`INC-${number}`, 0, [declared(over.declaredAt)], is);
      }
    }

    test('nothing yet: nothing', async () => {
      expect(await store.list({})).toEqual([]);
      expect(await store.list({ closedAfter: 0, limit: 10 })).toEqual([]);
      expect(await store.newest()).toBe(0);
    });

    test('the open ones, newest declared first', async () => {
      await six();
      expect(await ids({})).toEqual(['INC-3', 'INC-5', 'INC-1']);
    });

    test('those closed at or after an instant among them', async () => {
      await six();
      expect(await ids({ closedAfter: 0 })).toEqual(['INC-3', 'INC-5', 'INC-6', 'INC-1', 'INC-4', 'INC-2']);
      expect(await ids({ closedAfter: NIGHT + 40 })).toEqual(['INC-3', 'INC-5', 'INC-6', 'INC-1', 'INC-4']);
      expect(await ids({ closedAfter: NIGHT + 41 })).toEqual(['INC-3', 'INC-5', 'INC-6', 'INC-1']);
      expect(await ids({ closedAfter: NIGHT + 61 })).toEqual(['INC-3', 'INC-5', 'INC-1']);
    });

    test('versions alone, in the same order', async () => {
      await six();
      await store.append('INC-5', 1, notes(2, 3), summary({ declaredAt: NIGHT + 50 }));
      expect(await store.versions({})).toEqual([
        { id: 'INC-3', version: 1 },
        { id: 'INC-5', version: 3 },
        { id: 'INC-1', version: 1 },
      ]);
      const lately = (await store.versions({ closedAfter: NIGHT + 40 })).map(({ id }) => id);
      expect(lately).toEqual(['INC-3', 'INC-5', 'INC-6', 'INC-1', 'INC-4']);
    });

    test('those closed since an instant, and none that is open', async () => {
      await six();
      const since = async (instant: number) => (await store.closedSince(instant)).map(({ id }) => id);
      expect(await since(0)).toEqual(['INC-6', 'INC-4', 'INC-2']);
      expect(await since(NIGHT + 40)).toEqual(['INC-6', 'INC-4']);
      expect(await since(NIGHT + 61)).toEqual([]);
      expect((await store.closedSince(NIGHT + 60))[0]).toMatchObject({ title: 'Number 6', version: 1 });
      // Whatever its summary still says of its closing.
      await store.append('INC-6', 1, [note(2)], summary({ closedAt: NIGHT + 60 }));
      expect(await since(NIGHT + 60)).toEqual([]);
    });

    test('a limit keeps the newest', async () => {
      await six();
      expect(await ids({ limit: 2 })).toEqual(['INC-3', 'INC-5']);
      expect(await ids({ closedAfter: 0, limit: 4 })).toEqual(['INC-3', 'INC-5', 'INC-6', 'INC-1']);
      expect(await ids({ closedAfter: 0, limit: 100 })).toHaveLength(6);
      expect(await ids({ closedAfter: 0, limit: 0 })).toEqual([]);
    });

    test('each with its summary as appended last, its id and its version', async () => {
      const full = summary({
        title: 'Renamed',
        phase: 'watching',
        service: 'checkout',
        key: 'k',
        drill: true,
        commander: 'bo.b',
        commanders: ['anna', 'bo.b'],
        resting: { 'bo.b': NIGHT + 1, $anna: NIGHT + 2 },
      });
      await make('INC-7');
      await store.append('INC-7', 1, notes(2, 3), full);
      expect(await store.list({})).toEqual([{ ...full, id: 'INC-7', version: 3 }]);
      await store.append('INC-7', 3, [note(4)], summary());
      expect(await store.list({})).toEqual([{ ...summary(), id: 'INC-7', version: 4 }]);
    });

    test('a reopened incident is open again, whatever its summary still says of its closing', async () => {
      await make('INC-1');
      await store.append('INC-1', 1, [note(2)], closed({ closedAt: NIGHT + 10 }));
      expect(await ids({ closedAfter: NIGHT + 11 })).toEqual([]);
      await store.append('INC-1', 2, [note(3)], summary({ closedAt: NIGHT + 10 }));
      expect(await ids({ closedAfter: NIGHT + 11 })).toEqual(['INC-1']);
    });

    test('the newest number counts as a number, and closed ones count', async () => {
      await make('INC-9');
      expect(await store.newest()).toBe(9);
      await store.append('INC-10', 0, [declared()], closed());
      expect(await store.newest()).toBe(10);
      await make('INC-2');
      expect(await (await reopened()).newest()).toBe(10);
    });
  });
}
