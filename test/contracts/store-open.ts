/** The part of the suite of stores about what is open, as it is asked for again and again. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/core/ports.ts';
import { closed, declared, note, summary } from './sample.ts';
import type { StoreAtWork } from './store-under-test.ts';

export function tellingWhatIsOpen(at: StoreAtWork): void {
  let store: Store;
  beforeEach(() => {
    store = at.current();
  });
  const make = (id: string, over?: Parameters<typeof summary>[0]) => store.append(id, 0, [declared()], summary(over));

  describe('what is open', () => {
    test('nothing at first', async () => {
      expect(await store.open()).toEqual([]);
    });

    test('highest number first, with severity, call and whether it is a drill, and the same after a start', async () => {
      await make('INC-9', { severity: 'SEV-1', call: 'https://meet.example/9?a.b=$c' });
      await make('INC-10', { drill: true });
      await store.append('INC-11', 0, [declared()], closed());
      await make('INC-2');
      const expected = [
        { id: 'INC-10', severity: 'SEV-2', drill: true },
        { id: 'INC-9', severity: 'SEV-1', drill: false, call: 'https://meet.example/9?a.b=$c' },
        { id: 'INC-2', severity: 'SEV-2', drill: false },
      ];
      expect(await store.open()).toEqual(expected);
      store = await at.reopen();
      expect(await store.open()).toEqual(expected);
    });

    test('follows every append: a severity, a call, a close, a reopening, a removal', async () => {
      await make('INC-1');
      await make('INC-2');
      await store.open();
      await store.append('INC-1', 1, [note(2)], summary({ severity: 'SEV-3', call: 'https://meet.example/1' }));
      const first = { id: 'INC-1', severity: 'SEV-3', drill: false, call: 'https://meet.example/1' };
      const second = { id: 'INC-2', severity: 'SEV-2', drill: false };
      expect(await store.open()).toEqual([second, first]);
      await store.append('INC-1', 2, [note(3)], closed({ severity: 'SEV-3', closedAt: 1 }));
      expect(await store.open()).toEqual([second]);
      await store.append('INC-1', 3, [note(4)], summary());
      expect(await store.open()).toEqual([second, { id: 'INC-1', severity: 'SEV-2', drill: false }]);
      await store.append('INC-1', 4, [note(5)], closed({ closedAt: 1 }));
      await store.remove('INC-1', 2);
      expect(await store.open()).toEqual([second]);
    });
  });
}
