/** What every directory has to keep of the promises in src/core/ports.ts. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Directory } from '../../src/core/ports.ts';
import type { Person } from '../../src/core/units.ts';
import { everyPlane } from './sample.ts';

/** A directory that is open, and the way to let go of it. */
export interface DirectoryAtWork {
  readonly directory: Directory;
  stop(): Promise<void>;
}

/** An implementation, and where its people are. */
export interface DirectoryUnderTest {
  readonly name: string;
  fresh(): Promise<string>;
  /** Opens a place; opened again only after `stop`. */
  open(where: string): Promise<DirectoryAtWork>;
  remove(where: string): Promise<void>;
}

export function directoryContract(under: DirectoryUnderTest): void {
  describe(`the directory on ${under.name}`, () => {
    let where: string;
    let at: DirectoryAtWork;
    beforeEach(async () => {
      where = await under.fresh();
      at = await under.open(where);
    });
    afterEach(async () => {
      await at.stop();
      await under.remove(where);
    });

    async function people(): Promise<Person[]> {
      return [...(await at.directory.people())].sort((one, other) => (one.id < other.id ? -1 : 1));
    }

    test('nobody at first', async () => {
      expect(await people()).toEqual([]);
    });

    test('everybody who was added, with everything known of them, also after a restart', async () => {
      const anna: Person = {
        id: 'anna',
        name: everyPlane(200),
        zone: 'Europe/Berlin',
        phone: '+49 30 1',
        email: 'anna@example.com',
        language: 'de',
        hour12: false,
        ids: { teams: '29:1abc', 'status.page/$x': '' },
      };
      const odd: Person = { id: 'bo.b$', name: 'Bo' };
      await at.directory.add(odd);
      await at.directory.add(anna);
      expect(await people()).toEqual([anna, odd]);
      await at.stop();
      at = await under.open(where);
      expect(await people()).toEqual([anna, odd]);
    });

    test('adding somebody again replaces what was known of them', async () => {
      await at.directory.add({ id: 'anna', name: 'Anna', zone: 'Europe/Berlin' });
      await at.directory.add({ id: 'bo', name: 'Bo' });
      await at.directory.add({ id: 'anna', name: 'Anna B.' });
      expect(await people()).toEqual([
        { id: 'anna', name: 'Anna B.' },
        { id: 'bo', name: 'Bo' },
      ]);
    });

    test('of many who join under one id at once exactly one does, and nobody is replaced', async () => {
      const names = Array.from({ length: 20 }, (_, index) => `Anna ${index}`);
      const joined = await Promise.all(names.map((name) => at.directory.join({ id: 'anna', name })));
      expect(joined.filter(Boolean)).toHaveLength(1);
      expect(await people()).toEqual([{ id: 'anna', name: names[joined.indexOf(true)] }]);
    });

    test('an account is kept with somebody, who keeps all else, and is theirs when it is kept again', async () => {
      await at.directory.add({ id: 'anna', name: 'Anna', zone: 'Europe/Berlin', ids: { discord: '7' }, sameAs: 'bo' });
      expect(await at.directory.bind({ id: 'anna', name: 'Another' }, 'teams', '29:a$b.c')).toBe(true);
      expect(await at.directory.bind({ id: 'anna', name: 'Another' }, 'teams', '29:a$b.c')).toBe(true);
      expect(await at.directory.bind({ id: 'anna', name: 'Another' }, 'status.page/$x', '')).toBe(true);
      const ids = { discord: '7', teams: '29:a$b.c', 'status.page/$x': '' };
      const anna = { id: 'anna', name: 'Anna', zone: 'Europe/Berlin', ids, sameAs: 'bo' };
      expect(await people()).toEqual([anna]);
      await at.stop();
      at = await under.open(where);
      expect(await people()).toEqual([anna]);
    });

    test('an account is kept with somebody who is kept nowhere yet', async () => {
      expect(await at.directory.bind({ id: 'anna', name: 'Anna' }, 'teams', '29:1')).toBe(true);
      expect(await people()).toEqual([{ id: 'anna', name: 'Anna', ids: { teams: '29:1' } }]);
    });

    test.each([true, false])(
      'of many accounts at once exactly one becomes somebody’s (there already: %s)',
      async (is) => {
        if (is) await at.directory.add({ id: 'anna', name: 'Anna' });
        const accounts = Array.from({ length: 20 }, (_, index) => `29:${index}`);
        const bound = await Promise.all(
          accounts.map((account) => at.directory.bind({ id: 'anna', name: 'Anna' }, 'teams', account)),
        );
        expect(bound.filter(Boolean)).toHaveLength(1);
        expect(await people()).toEqual([{ id: 'anna', name: 'Anna', ids: { teams: accounts[bound.indexOf(true)] } }]);
        expect(await at.directory.bind({ id: 'anna', name: 'Anna' }, 'teams', 'another')).toBe(false);
      },
    );

    test('many at once are all there, each once', async () => {
      const ids = Array.from({ length: 30 }, (_, index) => `person-${String(index).padStart(2, '0')}`);
      await Promise.all([...ids, ...ids].map((id) => at.directory.add({ id, name: id })));
      expect(await people()).toEqual(ids.map((id) => ({ id, name: id })));
    });

    test('what is handed out may be changed without changing what is kept', async () => {
      await at.directory.add({ id: 'anna', name: 'Anna' });
      Object.assign((await people())[0] ?? {}, { name: 'Changed' });
      expect(await people()).toEqual([{ id: 'anna', name: 'Anna' }]);
    });

    test('everything asked after stopping is rejected with a message', async () => {
      await at.stop();
      await expect(at.directory.people()).rejects.toThrow(/\w/);
      await expect(at.directory.add({ id: 'anna', name: 'Anna' })).rejects.toThrow(/\w/);
      await expect(at.directory.join({ id: 'anna', name: 'Anna' })).rejects.toThrow(/\w/);
      await expect(at.directory.bind({ id: 'anna', name: 'Anna' }, 'teams', '29:1')).rejects.toThrow(/\w/);
      at = await under.open(where);
      expect(await people()).toEqual([]);
    });
  });
}
