/** The part of the suite of stores about appending and loading. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/core/ports.ts';
import { declared, everyPlane, NIGHT, note, notes, summary } from './sample.ts';
import type { StoreAtWork } from './store-under-test.ts';

export function appendingEvents(at: StoreAtWork): void {
  let store: Store;
  beforeEach(() => {
    store = at.current();
  });
  async function reopened(): Promise<Store> {
    store = await at.reopen();
    return store;
  }
  const make = (id: string, over?: Parameters<typeof summary>[0]) => store.append(id, 0, [declared()], summary(over));

  describe('load and append', () => {
    test('an incident that nobody made is undefined, whatever its name', async () => {
      for (const id of ['INC-1', 'INC-999999', 'INC-', 'INC-01', 'nonsense', '']) {
        expect(await store.load(id)).toBeUndefined();
      }
    });

    test('what was appended is loaded, in order and unchanged', async () => {
      expect(await store.append('INC-1', 0, [declared(), note(2)], summary())).toBe('appended');
      expect(await store.append('INC-1', 2, [note(3)], summary())).toBe('appended');
      expect(await store.load('INC-1')).toEqual({
        version: 3,
        events: [declared(), note(2), note(3)],
        cursors: {},
      });
    });

    test('load gives the events after a version, and none at the newest or beyond it', async () => {
      await store.append('INC-1', 0, [declared(), ...notes(2, 12)], summary());
      const seqs = async (after: number) => (await store.load('INC-1', after))?.events.map(({ seq }) => seq);
      expect(await seqs(0)).toHaveLength(12);
      expect(await seqs(9)).toEqual([10, 11, 12]);
      expect(await seqs(12)).toEqual([]);
      expect(await seqs(500)).toEqual([]);
      expect((await store.load('INC-1', 12))?.version).toBe(12);
    });

    test('an incident that has moved on, is behind or is missing is a conflict, and nothing changes', async () => {
      await store.append('INC-1', 0, [declared(), note(2)], summary());
      const before = await store.load('INC-1');
      const other = summary({ title: 'Other', key: 'k', commanders: ['bo'] });
      expect(await store.append('INC-1', 0, [declared()], other)).toBe('conflict');
      expect(await store.append('INC-1', 1, [note(2, 'late')], other)).toBe('conflict');
      expect(await store.append('INC-1', 3, [note(4)], other)).toBe('conflict');
      expect(await store.append('INC-2', 1, [note(2)], other)).toBe('conflict');
      expect(await store.load('INC-1')).toEqual(before);
      expect(await store.load('INC-2')).toBeUndefined();
      expect(await store.list({})).toMatchObject([{ id: 'INC-1', version: 2, title: 'Checkout is slow' }]);
      expect(await store.withKey('k')).toBeUndefined();
      expect((await store.people()).commanded).toEqual({});
    });

    test('events that do not follow the version, and no events at all, are refused', async () => {
      await make('INC-1');
      for (const wrong of [[], [note(1)], [note(3)], [note(2), note(4)], [note(2), note(2)], [note(3), note(2)]]) {
        await expect(store.append('INC-1', 1, wrong, summary())).rejects.toThrow(/INC-1/);
      }
      await expect(store.append('INC-2', 0, [note(2)], summary())).rejects.toThrow(/INC-2/);
      expect(await store.load('INC-1')).toEqual({ version: 1, events: [declared()], cursors: {} });
      expect(await store.load('INC-2')).toBeUndefined();
    });

    test('incidents do not mix, INC-1 with INC-11 neither', async () => {
      for (const id of ['INC-1', 'INC-11', 'INC-111']) await make(id);
      await store.append('INC-11', 1, notes(2, 4), summary());
      expect((await store.load('INC-1'))?.version).toBe(1);
      expect((await store.load('INC-11'))?.events).toHaveLength(4);
      expect((await store.load('INC-111'))?.events).toHaveLength(1);
    });

    test('300 events in as many appends come back whole, from any point', async () => {
      await make('INC-1');
      for (let version = 1; version < 300; version++) {
        expect(await store.append('INC-1', version, [note(version + 1)], summary())).toBe('appended');
      }
      expect((await store.load('INC-1'))?.events).toEqual([declared(), ...notes(2, 300)]);
      expect((await store.load('INC-1', 298))?.events).toEqual(notes(299, 300));
    });

    test('4,000 characters from every plane of Unicode come back as they were, 100 times at once', async () => {
      const text = everyPlane(4_000);
      expect(text).toHaveLength(4_000);
      const long = Array.from({ length: 100 }, (_, index) => note(index + 2, text));
      await store.append('INC-1', 0, [declared(), ...long], summary({ title: everyPlane(200) }));
      expect((await (await reopened()).load('INC-1'))?.events.slice(1)).toEqual(long);
      expect((await store.list({}))[0]?.title).toBe(everyPlane(200));
    });

    test('every kind of value comes back: nested, empty, absent, very large, very small', async () => {
      const odd = [
        {
          ...note(2),
          type: 'prompts-changed' as const,
          raised: [{ key: 'a.b', line: '', to: '$x' }],
          settled: [],
        },
        {
          ...note(3),
          type: 'mitigation-started' as const,
          activity: 1,
          owner: 'bo',
          due: Number.MAX_SAFE_INTEGER,
          overlaps: [3, 1, 2],
        },
        { ...note(4), at: -62_135_596_800_000 },
        { ...note(5), at: NIGHT + 0.25 },
      ];
      await store.append('INC-1', 0, [declared(), ...odd], summary());
      expect((await store.load('INC-1', 1))?.events).toEqual(odd);
    });

    test('what is handed in or out may be changed without changing what is kept', async () => {
      const given = note(2);
      const sum = summary({ commanders: ['anna'], resting: { anna: NIGHT } });
      await store.append('INC-1', 0, [declared(), given], sum);
      await store.people();
      Object.assign(given, { text: 'changed' });
      (sum.commanders as string[]).push('bo');
      Object.assign(sum.resting, { bo: NIGHT });
      const out = await store.load('INC-1');
      Object.assign(out?.events[0] ?? {}, { title: 'changed' });
      Object.assign(out?.cursors ?? {}, { teams: 9 });
      expect(await store.load('INC-1')).toEqual({ version: 2, events: [declared(), note(2)], cursors: {} });
      expect((await store.list({}))[0]?.commanders).toEqual(['anna']);
      expect(await store.people()).toEqual({ commanded: { anna: 1 }, resting: { anna: NIGHT } });
    });
  });
}
