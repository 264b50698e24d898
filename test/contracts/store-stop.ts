/** The part of the suite of stores about stopping. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/core/ports.ts';
import { declared, note, summary } from './sample.ts';
import type { StoreAtWork } from './store-under-test.ts';

export function stoppingStores(at: StoreAtWork): void {
  let store: Store;
  beforeEach(() => {
    store = at.current();
  });
  async function reopened(): Promise<Store> {
    store = await at.reopen();
    return store;
  }
  const make = (id: string, over?: Parameters<typeof summary>[0]) => store.append(id, 0, [declared()], summary(over));

  describe('stop', () => {
    test('keeps everything, and may be called again', async () => {
      await store.append('INC-1', 0, [declared(), note(2)], summary({ key: 'k' }));
      await store.remember('INC-1', 'teams', 'card', '1');
      await store.delivered('INC-1', 'teams', 2);
      await store.stop();
      await reopened();
      expect(await store.load('INC-1')).toEqual({ version: 2, events: [declared(), note(2)], cursors: { teams: 2 } });
      expect(await store.recall('INC-1', 'teams')).toEqual({ card: '1' });
      expect(await store.withKey('k')).toBe('INC-1');
      expect(await make('INC-2', { key: 'k' })).toEqual({ duplicate: 'INC-1' });
    });

    test('everything asked afterwards is rejected with a message', async () => {
      await make('INC-1');
      await store.stop();
      const calls = [
        () => store.load('INC-1'),
        () => store.append('INC-1', 1, [note(2)], summary()),
        () => store.list({}),
        () => store.newest(),
        () => store.withKey('k'),
        () => store.delivered('INC-1', 'teams', 1),
        () => store.remember('INC-1', 'teams', 'card', '1'),
        () => store.recall('INC-1', 'teams'),
        () => store.people(),
      ];
      for (const call of calls) await expect(call()).rejects.toThrow(/\w/);
      expect((await (await reopened()).load('INC-1'))?.version).toBe(1);
    });
  });
}
