/** The part of the suite of stores about people over all incidents. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/core/ports.ts';
import { closed, declared, NIGHT, note, summary } from './sample.ts';
import type { StoreAtWork } from './store-under-test.ts';

export function countingPeople(at: StoreAtWork): void {
  let store: Store;
  beforeEach(() => {
    store = at.current();
  });
  async function reopened(): Promise<Store> {
    store = await at.reopen();
    return store;
  }
  const make = (id: string, over?: Parameters<typeof summary>[0]) => store.append(id, 0, [declared()], summary(over));

  describe('people over all incidents', () => {
    test('nobody at first', async () => {
      expect(await store.people()).toEqual({ commanded: {}, resting: {} });
    });

    test('how many incidents each commanded, open or closed, and until when they rest at the latest', async () => {
      await make('INC-1', { commanders: ['anna', 'bo'], resting: { bo: NIGHT + 5, 'o.k.$': NIGHT + 1 } });
      await store.append('INC-2', 0, [declared()], closed({ commanders: ['anna'], resting: { bo: NIGHT + 9 } }));
      await make('INC-3', { resting: { bo: NIGHT + 7 } });
      const expected = { commanded: { anna: 2, bo: 1 }, resting: { bo: NIGHT + 9, 'o.k.$': NIGHT + 1 } };
      expect(await store.people()).toEqual(expected);
      expect(await (await reopened()).people()).toEqual(expected);
    });

    test('follows every append: more, fewer, nobody', async () => {
      await make('INC-1');
      await store.people();
      await store.append('INC-1', 1, [note(2)], summary({ commanders: ['anna'], resting: { anna: NIGHT + 5 } }));
      expect(await store.people()).toEqual({ commanded: { anna: 1 }, resting: { anna: NIGHT + 5 } });
      await store.append('INC-1', 2, [note(3)], summary({ commanders: ['anna', 'bo'], resting: { anna: NIGHT + 3 } }));
      expect(await store.people()).toEqual({ commanded: { anna: 1, bo: 1 }, resting: { anna: NIGHT + 3 } });
      await store.append('INC-1', 3, [note(4)], summary({ commanders: ['bo'] }));
      expect(await store.people()).toEqual({ commanded: { bo: 1 }, resting: {} });
      await make('INC-2', { commanders: ['bo'] });
      expect((await store.people()).commanded).toEqual({ bo: 2 });
    });

    test('drills are left out', async () => {
      await make('INC-1', { drill: true, commanders: ['anna'], resting: { anna: NIGHT + 5 } });
      await make('INC-2', { commanders: ['bo'] });
      await store.people();
      await store.append('INC-1', 1, [note(2)], summary({ drill: true, commanders: ['anna', 'bo'] }));
      expect(await store.people()).toEqual({ commanded: { bo: 1 }, resting: {} });
    });
  });
}
