/** The part of the suite of stores about what they keep for outlets: cursors and what outlets remember. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/core/ports.ts';
import { declared, everyPlane, note, summary } from './sample.ts';
import type { StoreAtWork } from './store-under-test.ts';

export function keepingForOutlets(at: StoreAtWork): void {
  let store: Store;
  beforeEach(() => {
    store = at.current();
  });
  async function reopened(): Promise<Store> {
    store = await at.reopen();
    return store;
  }
  const make = (id: string, over?: Parameters<typeof summary>[0]) => store.append(id, 0, [declared()], summary(over));

  describe('cursors', () => {
    const cursors = async () => (await store.load('INC-1', 1))?.cursors;

    test('each outlet has its own, which moves forward and never back', async () => {
      await make('INC-1');
      await make('INC-2');
      await store.delivered('INC-1', 'teams', 5);
      await store.delivered('INC-1', 'status.example/$page', 2);
      await store.delivered('INC-1', 'teams', 5);
      await store.delivered('INC-1', 'teams', 3);
      expect(await cursors()).toEqual({ teams: 5, 'status.example/$page': 2 });
      await store.delivered('INC-1', 'teams', 6);
      expect(await cursors()).toEqual({ teams: 6, 'status.example/$page': 2 });
      expect((await store.load('INC-2'))?.cursors).toEqual({});
    });

    test('racing deliveries leave the furthest', async () => {
      await make('INC-1');
      const seqs = [7, 3, 19, 1, 20, 12, 5, 18];
      await Promise.all(seqs.map((seq) => store.delivered('INC-1', 'discord', seq)));
      expect(await cursors()).toEqual({ discord: 20 });
    });

    test('they stay over appends and restarts, and change no version', async () => {
      await make('INC-1');
      await store.delivered('INC-1', 'teams', 1);
      expect(await store.append('INC-1', 1, [note(2)], summary())).toBe('appended');
      await reopened();
      expect(await store.load('INC-1', 1)).toEqual({ version: 2, events: [note(2)], cursors: { teams: 1 } });
    });
  });

  describe('what outlets remember', () => {
    test('nothing at first', async () => {
      await make('INC-1');
      expect(await store.recall('INC-1', 'teams')).toEqual({});
      expect(await store.recall('INC-2', 'teams')).toEqual({});
    });

    test('what is kept lightly is as much there as the rest, also for whoever opens the store anew', async () => {
      await make('INC-1');
      await store.remember('INC-1', 'teams', 'card', '1');
      await store.remember('INC-1', 'teams', 'card', '2', true);
      await store.remember('INC-1', 'teams', 'log', '3', true);
      await store.remember('INC-1', 'teams', 'gone', '4');
      await store.remember('INC-1', 'teams', 'gone', undefined, true);
      const kept = { card: '2', log: '3' };
      expect(await store.recall('INC-1', 'teams')).toEqual(kept);
      expect(await (await reopened()).recall('INC-1', 'teams')).toEqual(kept);
    });

    test('is kept by incident, outlet and key; replaced, deleted and deleted again', async () => {
      await make('INC-1');
      await make('INC-2');
      await store.remember('INC-1', 'teams', 'card', '1');
      await store.remember('INC-1', 'teams', 'room', '2');
      await store.remember('INC-1', 'discord', 'card', '3');
      await store.remember('INC-2', 'teams', 'card', '4');
      await store.remember('INC-1', 'teams', 'card', '5');
      expect(await store.recall('INC-1', 'teams')).toEqual({ card: '5', room: '2' });
      expect(await store.recall('INC-1', 'discord')).toEqual({ card: '3' });
      expect(await store.recall('INC-2', 'teams')).toEqual({ card: '4' });
      await store.remember('INC-1', 'teams', 'card', undefined);
      await store.remember('INC-1', 'teams', 'card', undefined);
      await store.remember('INC-1', 'teams', 'never there', undefined);
      expect(await store.recall('INC-1', 'teams')).toEqual({ room: '2' });
    });

    test('any text is a key or a value, the empty one too', async () => {
      await make('INC-1');
      const texts = [
        '',
        '.',
        'a.b.c',
        '$set',
        '__proto__',
        'constructor',
        ' ',
        '19:abc@thread.v2;id=1',
        everyPlane(2_000).replaceAll('\0', ''),
      ];
      for (const outlet of ['teams', 'status.example/$page']) {
        for (const text of texts) await store.remember('INC-1', outlet, text, `${text}!`);
        await store.remember('INC-1', outlet, 'empty', '');
      }
      await reopened();
      for (const outlet of ['teams', 'status.example/$page']) {
        const found = Object.entries(await store.recall('INC-1', outlet));
        const given = [
          ...texts.map((text) => [text, `${text}!`] as [string, string]),
          ['empty', ''] as [string, string],
        ];
        expect(found.sort()).toEqual(given.sort());
      }
    });

    test('changes no version, and is not lost when many remember at once', async () => {
      await make('INC-1');
      const keys = Array.from({ length: 30 }, (_, index) => `key ${index}`);
      await Promise.all(keys.map((key) => store.remember('INC-1', 'console', key, key)));
      expect(await store.recall('INC-1', 'console')).toEqual(Object.fromEntries(keys.map((key) => [key, key])));
      expect((await store.load('INC-1'))?.version).toBe(1);
    });
  });
}
