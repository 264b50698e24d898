/** The part of the suite of stores about deduplication keys. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/core/ports.ts';
import { closed, declared, everyPlane, note, summary } from './sample.ts';
import type { StoreAtWork } from './store-under-test.ts';

export function deduplicatingKeys(at: StoreAtWork): void {
  let store: Store;
  beforeEach(() => {
    store = at.current();
  });
  const make = (id: string, over?: Parameters<typeof summary>[0]) => store.append(id, 0, [declared()], summary(over));
  const ids = async (query: Parameters<Store['list']>[0]) => (await store.list(query)).map(({ id }) => id);

  describe('deduplication keys', () => {
    test('a second open incident with the same key is a duplicate, and nothing of it is kept', async () => {
      await make('INC-1', { key: 'k' });
      expect(await make('INC-2', { key: 'k', commanders: ['anna'] })).toEqual({ duplicate: 'INC-1' });
      expect(await store.load('INC-2')).toBeUndefined();
      expect(await ids({})).toEqual(['INC-1']);
      expect(await store.newest()).toBe(1);
      expect((await store.people()).commanded).toEqual({});
      expect(await make('INC-2', { key: 'other' })).toBe('appended');
    });

    test('an incident does not get into its own way', async () => {
      await make('INC-1', { key: 'k' });
      expect(await store.append('INC-1', 1, [note(2)], summary({ key: 'k', title: 'Worse' }))).toBe('appended');
      expect(await store.append('INC-1', 1, [note(2)], summary({ key: 'k' }))).toBe('conflict');
      expect(await make('INC-1', { key: 'k' })).toBe('conflict');
    });

    test('incidents without a key are never duplicates', async () => {
      expect([await make('INC-1'), await make('INC-2'), await make('INC-3')]).toEqual(Array(3).fill('appended'));
    });

    test('it is held through every phase but closed', async () => {
      await make('INC-1', { key: 'k' });
      let version = 1;
      for (const phase of ['watching', 'standing-down', 'open'] as const) {
        await store.append('INC-1', version, [note(++version)], summary({ key: 'k', phase }));
        expect(await make('INC-2', { key: 'k' })).toEqual({ duplicate: 'INC-1' });
        expect(await store.withKey('k')).toBe('INC-1');
      }
    });

    test('a closed incident frees its key, as often as it likes', async () => {
      for (let number = 1; number <= 3; number++) {
        expect(await make(`INC-${number}`, { key: 'k' })).toBe('appended');
        expect(await store.withKey('k')).toBe(`INC-${number}`);
        expect(await store.append(`INC-${number}`, 1, [note(2)], closed({ key: 'k' }))).toBe('appended');
        expect(await store.withKey('k')).toBeUndefined();
      }
    });

    test('reopening one whose key is free takes it back', async () => {
      await make('INC-1', { key: 'k' });
      await store.append('INC-1', 1, [note(2)], closed({ key: 'k' }));
      expect(await store.append('INC-1', 2, [note(3)], summary({ key: 'k' }))).toBe('appended');
      expect(await make('INC-2', { key: 'k' })).toEqual({ duplicate: 'INC-1' });
    });

    test('reopening one whose key is taken is a duplicate, and it stays closed', async () => {
      await make('INC-1', { key: 'k' });
      await store.append('INC-1', 1, [note(2)], closed({ key: 'k' }));
      await make('INC-2', { key: 'k' });
      expect(await store.append('INC-1', 2, [note(3)], summary({ key: 'k' }))).toEqual({ duplicate: 'INC-2' });
      expect((await store.load('INC-1'))?.version).toBe(2);
      expect(await ids({})).toEqual(['INC-2']);
      expect(await store.append('INC-1', 2, [note(3)], closed({ key: 'k', title: 'Renamed' }))).toBe('appended');
    });

    test('a key can be given up, changed and taken over while open', async () => {
      await make('INC-1', { key: 'k' });
      await store.append('INC-1', 1, [note(2)], summary({ key: 'l' }));
      expect(await make('INC-2', { key: 'k' })).toBe('appended');
      expect(await store.append('INC-1', 2, [note(3)], summary({ key: 'k' }))).toEqual({ duplicate: 'INC-2' });
      await store.append('INC-2', 1, [note(2)], summary());
      expect(await store.withKey('k')).toBeUndefined();
      expect(await store.append('INC-1', 2, [note(3)], summary({ key: 'k' }))).toBe('appended');
      expect(await store.withKey('l')).toBeUndefined();
    });

    test('keys are compared to the letter, however long', async () => {
      const keys = [
        'k',
        'K',
        ' k',
        'k ',
        '\u00e9',
        'e\u0301',
        '{alertname="A.B", $x="1"}',
        'x'.repeat(1_000),
        everyPlane(300).replaceAll('\0', ''),
      ];
      for (const [index, key] of keys.entries()) {
        expect(await make(`INC-${index + 1}`, { key })).toBe('appended');
      }
      for (const [index, key] of keys.entries()) {
        expect(await store.withKey(key)).toBe(`INC-${index + 1}`);
        expect(await make('INC-99', { key })).toEqual({ duplicate: `INC-${index + 1}` });
      }
      expect(await store.withKey('nobody has this')).toBeUndefined();
    });
  });
}
