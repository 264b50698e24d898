// Whoever is heard for the first time is known by their account: a name alone makes nobody the person who has it.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Heard, People } from '../../src/core/units.ts';
import { dropDatabase, freshDatabase, TEST_URI, withoutMongo } from '../adapters/mongodb/test-database.ts';
import { codeIn, type Instance, type LinkedHouse, openLinked } from '../support/linked-house.ts';

/** Ben is configured without an account, Cat with one in Discord. */
const CONFIGURED: People = {
  ben: { id: 'ben', name: 'Ben Example' },
  cat: { id: 'cat', name: 'Cat Example', ids: { discord: 'cats' } },
};

/** In Discord people choose their names, in Teams their organisation does. */
const discord = (id: string, remembered?: string): Heard => ({
  surface: 'discord',
  ids: [id],
  remembered,
  vouched: false,
});
const teams = (id: string, remembered?: string): Heard => ({ surface: 'teams', ids: [id], remembered, vouched: true });

const stores: [string, (() => Promise<string>) | undefined][] = [['SQLite', undefined]];
if (TEST_URI) stores.push(['MongoDB, from two instances', freshDatabase]);
else test('no MongoDB, no test of accounts on it', () => withoutMongo('Being known by an account'));

describe.each(stores)('on %s', (_, fresh) => {
  let house: LinkedHouse;
  let where: string | undefined;
  let one: Instance;
  let other: Instance;
  beforeEach(async () => {
    where = await fresh?.();
    house = await openLinked(CONFIGURED, where);
    one = house.instances[0] as Instance;
    other = (house.instances[1] ?? one) as Instance;
  });
  afterEach(async () => {
    await house.stop();
    if (where !== undefined) await dropDatabase(where);
  });

  const meets = async (name: string, account: Heard, at = one) => {
    const { person, namesake } = await at.handler.introduce(name, { account });
    return namesake ? `${person.id}, a namesake` : person.id;
  };

  test('a stranger in Discord with the name of somebody in Teams is somebody else, and has another name', async () => {
    expect(await meets('Ann Archer', teams('t-ann'))).toBe('ann-archer');
    expect(await meets('ann  ARCHER', discord('d-stranger'), other)).toBe('ann-archer-2, a namesake');
    expect(await meets('Ann Archer', discord('d-third'))).toBe('ann-archer-3, a namesake');
    const { people } = await one.handler.world();
    expect(people['ann-archer']).toEqual({ id: 'ann-archer', name: 'Ann Archer', ids: { teams: 't-ann' } });
    expect(people['ann-archer-2']).toMatchObject({ name: 'ann ARCHER (2)', ids: { discord: 'd-stranger' } });
    expect(people['ann-archer-3']?.name).toBe('Ann Archer (3)');
    // Nor by what nobody sees: a joiner, letters of full width.
    expect(await meets('Ann\u200d Archer', discord('d-fourth'))).toBe('ann-archer-4, a namesake');
    expect(await meets('Ａnn Archer', discord('d-fifth'))).toBe('ann-archer-5, a namesake');
  });

  test('nor is somebody new in Teams taken for whoever has their name in Discord', async () => {
    expect(await meets('Ann Archer', discord('d-stranger'))).toBe('ann-archer');
    expect(await meets('Ann Archer', teams('t-ann'), other)).toBe('ann-archer-2, a namesake');
  });

  test('an account is known again, whatever it is called by then, wherever it is heard', async () => {
    await meets('Ann Archer', discord('d-ann'));
    await meets('Dan Dyer', teams('AAD-dan'));
    expect(await meets('Queen of Pagers', discord('d-ann'), other)).toBe('ann-archer');
    expect(await meets('Ben Example', { ...teams('29:dan'), ids: ['29:dan', 'aad-DAN'] }, other)).toBe('dan-dyer');
    expect(await meets('Ann Archer', discord('d-ann'))).toBe('ann-archer');
  });

  test('a configured name without an account is taken where organisations give names, once, and never in Discord', async () => {
    expect(await meets('Ben Example', discord('d-stranger'))).toBe('ben-example-2, a namesake');
    expect(await meets('ben example', teams('t-ben'), other)).toBe('ben');
    expect(await meets('Ben Example', teams('t-other'))).toBe('ben-example-3, a namesake');
    // That an account of another platform is configured says nothing against it.
    expect(await meets('Cat Example', teams('t-cat'))).toBe('cat');
    expect(await meets('Cat Example', discord('d-stranger-too'))).toBe('cat-example-2, a namesake');
    expect(await meets('Whoever', discord('cats'))).toBe('cat');
    house.now += 60_000;
    const { people } = await other.handler.world();
    expect(people.ben?.ids).toEqual({ teams: 't-ben' });
    expect(people.cat?.ids).toEqual({ teams: 't-cat', discord: 'cats' });
    // Of a guest in a meeting nobody vouches for the name either.
    expect(await meets('Ben Example', { ...teams('t-guest'), vouched: false })).toMatch(/namesake/);
  });

  test('who signed in without any account may be met in Teams by name, and by no other name or place', async () => {
    const { person } = await one.handler.introduce('Eve Ellis', { zone: 'Europe/Rome' });
    expect(await meets('Eve Ellis', discord('d-eve'), other)).toBe('eve-ellis-2, a namesake');
    expect(await meets('Eve Ellis', teams('t-eve'), other)).toBe(person.id);
    expect(await meets('Eve Ellis', teams('t-eve-too'))).toBe('eve-ellis-3, a namesake');
    house.now += 60_000;
    expect((await one.handler.world()).people[person.id]).toMatchObject({
      zone: 'Europe/Rome',
      ids: { teams: 't-eve' },
    });
    // At the console people are whoever they say they are.
    expect((await one.handler.introduce('eve ellis')).person.id).toBe(person.id);
  });

  test('who was met before accounts were kept is met again as who they are, and is nobody else’s from then on', async () => {
    // As an older Baton left them: in the directory by name, in the memory of Discord by account.
    await one.storage.directory.add({ id: 'ann-archer', name: 'Ann Archer' });
    house.now += 60_000;
    expect(await meets('New Name', discord('d-ann', 'ann-archer'))).toBe('ann-archer');
    expect(await meets('Ann Archer', teams('t-stranger'), other)).toBe('ann-archer-2, a namesake');
    expect(await meets('Ann Archer', discord('d-other', 'ann-archer'), other)).toBe('ann-archer-3, a namesake');
    // Also where both platforms took the two for one.
    expect(await meets('Ann Archer', teams('t-ann', 'ann-archer'))).toBe('ann-archer');
    house.now += 60_000;
    expect((await other.handler.world()).people['ann-archer']?.ids).toEqual({ discord: 'd-ann', teams: 't-ann' });
    // A configured person who was known by name before goes on, until their account is configured.
    expect(await meets('Ben Example', discord('d-ben', 'ben'))).toBe('ben');
    expect(await meets('Cat Example', discord('d-cat', 'cat'))).toBe('cat-example-2, a namesake');
  });

  test('two accounts of one name at once are two people, and one account heard twice at once is one', async () => {
    const two = await Promise.all([meets('Ann Archer', teams('t-1')), meets('Ann Archer', teams('t-2'), other)]);
    expect(new Set(two.map((one) => one.split(',')[0])).size).toBe(2);
    const both = await Promise.all([meets('Ben Example', teams('t-3')), meets('Ben Example', teams('t-4'), other)]);
    expect(both.filter((id) => id === 'ben')).toHaveLength(1);
    const same = await Promise.all([meets('Dan Dyer', discord('d-5')), meets('Dan Dyer', discord('d-5'), other)]);
    expect(same).toEqual(['dan-dyer', 'dan-dyer']);
  });

  test('the id of somebody who turned out to be another person is given to nobody else', async () => {
    await meets('Ann Archer', teams('teams:ann-archer'));
    await meets('Annie', discord('discord:annie'));
    house.now += 60_000;
    const code = codeIn(await one.types('teams', 'ann-archer', 'link-account'));
    await other.presses(
      'discord',
      'annie',
      /that is me/,
      await other.types('discord', 'annie', `/link-account ${code}`),
    );
    house.now += 60_000;
    expect(await meets('Queen', discord('discord:annie'))).toBe('ann-archer');
    expect(await meets('Annie', discord('d-other'))).toBe('annie-2');
  });
});
