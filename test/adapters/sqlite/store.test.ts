// The SQLite store keeps the promises of every store, and some of its own.
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/core/ports.ts';
import { declared, note, summary } from '../../contracts/sample.ts';
import { storeContract } from '../../contracts/store.ts';
import { freshDirectory, open, removeDirectory } from './data-directory.ts';

storeContract({
  name: 'SQLite',
  fresh: freshDirectory,
  open,
  remove: removeDirectory,
  module: fileURLToPath(new URL('./data-directory.ts', import.meta.url)),
});

describe('the store on SQLite alone', () => {
  let where: string;
  let store: Store;
  beforeEach(async () => {
    where = await freshDirectory();
    store = await open(where);
  });
  afterEach(async () => {
    await store.stop();
    await removeDirectory(where);
  });

  test('half a character, as cut off by a careless client, comes back as it was', async () => {
    const cut = note(2, '\ud83d cut, \ude92 cut');
    await store.append('INC-1', 0, [declared(), cut], summary({ title: cut.text }));
    expect((await store.load('INC-1', 1))?.events).toEqual([cut]);
    expect(await store.list({})).toMatchObject([{ title: cut.text }]);
  });

  test('of incidents declared in the same millisecond the higher number is the newer', async () => {
    for (const number of [2, 10, 9]) await store.append(`INC-${number}`, 0, [declared()], summary());
    expect((await store.list({ limit: 2 })).map(({ id }) => id)).toEqual(['INC-10', 'INC-9']);
  });

  test('what is no id is refused where it would be written', async () => {
    for (const id of ['', '1', 'INC-0', 'INC-01', 'INC-1.5', 'inc-1', 'INC-99999999999999999999']) {
      await expect(store.append(id, 0, [declared()], summary())).rejects.toThrow(/no incident's id/);
      await expect(store.remember(id, 'teams', 'card', '1')).rejects.toThrow(/no incident's id/);
      await expect(store.delivered(id, 'teams', 1)).rejects.toThrow(/no incident's id/);
    }
    expect(await store.newest()).toBe(0);
  });

  test('nothing is remembered or delivered of an incident that nobody made', async () => {
    await expect(store.remember('INC-1', 'teams', 'card', '1')).rejects.toMatchObject({ name: 'StorageError' });
    await expect(store.delivered('INC-1', 'teams', 1)).rejects.toMatchObject({ name: 'StorageError' });
    expect(await store.append('INC-1', 0, [declared()], summary())).toBe('appended');
    expect((await store.load('INC-1'))?.cursors).toEqual({});
  });
});
