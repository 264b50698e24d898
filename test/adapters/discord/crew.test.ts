// Accounts of Discord as people: known by their account, however they call themselves, and told who they are if need be.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCrew } from '../../../src/adapters/discord/crew.ts';
import { type DiscordHouse, openHouse } from '../../support/discord-house.ts';
import { type Somebody, somebody, textOf } from '../../support/discord-people.ts';
import { type Instance, type LinkedHouse, openLinked } from '../../support/linked-house.ts';

const user = (id: string, name: string) => ({ id, username: name, global_name: name });

describe('what Discord remembers of an older Baton', () => {
  let house: LinkedHouse;
  let at: Instance;
  beforeEach(async () => {
    house = await openLinked({
      ben: { id: 'ben', name: 'Ben' },
      cat: { id: 'cat', name: 'Cat', ids: { discord: '9' } },
    });
    at = house.instances[0] as Instance;
    const { directory, memory } = at.storage;
    for (const [id, person] of [
      ['1', 'ann'],
      ['2', 'ben'],
      ['3', 'cat'],
    ]) {
      await memory.remember('discord', `contact:${id}`, JSON.stringify({ id, person, locale: 'de' }));
    }
    await directory.add({ id: 'ann', name: 'Ann' });
  });
  afterEach(() => house.stop());

  const opened = async () => {
    const crew = createCrew(at.storage.memory, at.handler);
    await crew.load();
    return crew;
  };

  test('is kept with people at start, so that they go on as who they are and nobody else is taken for them', async () => {
    const crew = await opened();
    const { people } = await at.handler.world();
    expect([people.ann?.ids, people.ben?.ids, people.cat?.ids]).toEqual([
      { discord: '1' },
      { discord: '2' },
      { discord: '9' },
    ]);
    const known = [];
    for (const one of [user('1', 'New Name'), user('2', 'Ben'), user('9', 'Cat'), user('4', 'Ann'), user('5', 'ben')])
      known.push(await crew.personOf(one, undefined));
    expect(known).toEqual(['ann', 'ben', 'cat', 'ann-2', 'ben-2']);
    expect(crew.localeOf('ann')).toBe('de');
  });

  test('makes nobody a person whose account baton.yaml says is another', async () => {
    const crew = await opened();
    const { people } = await at.handler.world();
    expect(crew.known('3', people)).toBeUndefined();
    expect(await crew.personOf(user('3', 'Cat'), undefined)).toBe('cat-2');
    expect(crew.userOf(people.cat, 'cat')).toBe('9');
  });

  test('is asked for again where another instance spoke to Discord before', async () => {
    const here = await opened();
    const there = await opened();
    await there.personOf(user('7', 'Dan'), undefined, 'fr');
    await here.personOf(user('7', 'Somebody'), undefined);
    expect(here.localeOf('dan')).toBe('fr');
  });
});

describe('somebody whose name somebody else has', () => {
  let house: DiscordHouse;
  let stranger: Somebody;
  beforeEach(async () => {
    house = await openHouse({ people: () => ({ ann: { id: 'ann', name: 'Ann' } }) });
    await house.until(() => house.double.commands.length > 0, 'registered');
    stranger = somebody(house.double, house.double.guild.addUser('Ben'));
    await house.who('Ben').slash('help');
  });
  afterEach(() => house.stop());

  const told = (one: Somebody) =>
    [...house.double.guild.messages.values()].filter(
      (message) => message.ephemeralFor === one.user.id && textOf(message).includes('Somebody else has your name'),
    );

  test('is told alone and once who they are, after what they asked was answered', async () => {
    const { data } = await stranger.slash('help');
    expect(textOf(data)).not.toContain('Somebody else has your name');
    await house.until(() => told(stranger).length === 1, 'told');
    const said = textOf(told(stranger)[0] ?? {});
    expect(said).toContain('so here you are Ben (2)');
    expect(said).toContain(`discord: "${stranger.user.id}"`);
    await stranger.slash('help');
    await house.restart();
    await house.until(() => house.double.gateway.connected(), 'connected again');
    await stranger.slash('help');
    await house.until(() => house.handler.world().then(({ people }) => people['ben-2'] !== undefined), 'known');
    expect(told(stranger)).toHaveLength(1);
    expect(told(house.who('Ben'))).toEqual([]);
    expect(house.double.wrong).toEqual([]);
  });

  test('is told by the next answer where the first opened a form', async () => {
    await house.who('Ben').slash('declare', { title: 'Checkout fails' });
    await house.until(() => house.card() !== undefined, 'a room');
    const opened = await stranger.slash('page', {}, house.text());
    expect(opened.type).toBe(9);
    expect(told(stranger)).toEqual([]);
    await stranger.slash('help');
    await house.until(() => told(stranger).length === 1, 'told');
  });

  test('is no configured person either: names are chosen freely here', async () => {
    await house.who('Ann').slash('declare', { title: 'Checkout fails' });
    expect((await house.incident()).declared.by).toBe('ann-2');
    await house.until(() => told(house.who('Ann')).length === 1, 'told');
  });
});
