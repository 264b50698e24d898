/** The part of the suite of stores about removing what was closed long ago. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/core/ports.ts';
import { closed, declared, NIGHT, note, notes, summary } from './sample.ts';
import type { StoreAtWork } from './store-under-test.ts';

export function removingIncidents(at: StoreAtWork): void {
  let store: Store;
  beforeEach(() => {
    store = at.current();
  });
  const make = (id: string, is = closed({ closedAt: NIGHT + 10 })) => store.append(id, 0, [declared()], is);

  describe('removing', () => {
    test('names what was closed before an instant, oldest first: never what is open, never the newest', async () => {
      await make('INC-10');
      await make('INC-2', closed({ closedAt: NIGHT + 20 }));
      await make('INC-3', summary());
      await make('INC-4', closed({ closedAt: NIGHT + 30 }));
      await make('INC-11');
      expect(await store.closedBefore(NIGHT + 30)).toEqual(['INC-2', 'INC-10']);
      expect(await store.closedBefore(NIGHT + 20)).toEqual(['INC-10']);
      expect(await store.closedBefore(NIGHT)).toEqual([]);
    });

    test('removes only those, with everything that is kept of them', async () => {
      await make('INC-1', closed({ closedAt: NIGHT + 10, key: 'k', commanders: ['anna'] }));
      await store.append('INC-1', 1, notes(2, 4), closed({ closedAt: NIGHT + 10, key: 'k', commanders: ['anna'] }));
      await store.delivered('INC-1', 'console', 3);
      await store.remember('INC-1', 'console', 'card', 'x');
      await make('INC-2', summary());
      await make('INC-3');
      expect((await store.people()).commanded).toEqual({ anna: 1 });
      for (const id of ['INC-2', 'INC-3', 'INC-9']) expect(await store.remove(id, NIGHT + 11)).toBe(false);
      expect(await store.remove('INC-1', NIGHT + 10)).toBe(false);
      expect(await store.remove('INC-1', NIGHT + 11)).toBe(true);
      expect(await store.remove('INC-1', NIGHT + 11)).toBe(false);
      for (const again of [false, true]) {
        const store = again ? await at.reopen() : at.current();
        expect(await store.load('INC-1')).toBeUndefined();
        expect(await store.recall('INC-1', 'console')).toEqual({});
        expect((await store.list({ closedAfter: 0 })).map(({ id }) => id)).toEqual(['INC-3', 'INC-2']);
        expect(await store.newest()).toBe(3);
        expect((await store.people()).commanded).toEqual({});
      }
      // Somebody who still had it in mind is told that it is not as it was.
      expect(await at.current().append('INC-1', 4, [note(5)], summary())).toBe('conflict');
    });

    test('leaves alone what was reopened meanwhile', async () => {
      await make('INC-1');
      await make('INC-2');
      expect(await store.closedBefore(NIGHT + 11)).toEqual(['INC-1']);
      await store.append('INC-1', 1, [note(2)], summary());
      expect(await store.remove('INC-1', NIGHT + 11)).toBe(false);
      expect((await store.load('INC-1'))?.version).toBe(2);
    });

    test('of an incident too long for one document nothing is left', async () => {
      const long = Array.from({ length: 400 }, (_, n) => note(n + 2, 'x'.repeat(4_000)));
      await make('INC-1', summary());
      for (let from = 0; from < long.length; from += 100) {
        await store.append('INC-1', 1 + from, long.slice(from, from + 100), closed({ closedAt: NIGHT + 10 }));
      }
      await make('INC-2');
      expect(await store.remove('INC-1', NIGHT + 11)).toBe(true);
      expect(await store.load('INC-1')).toBeUndefined();
      expect(await store.load('INC-1', 300)).toBeUndefined();
    });
  });
}
