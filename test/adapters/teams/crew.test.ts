// Accounts of Teams as people: known by their account; a name counts only where an organisation gave it.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Place } from '../../../src/adapters/teams/activity.ts';
import { createCrew } from '../../../src/adapters/teams/crew.ts';
import { type Instance, type LinkedHouse, openLinked } from '../../support/linked-house.ts';
import { openTeams, sent, shownIn, type TeamsHouse } from '../../support/teams-house.ts';

const PLACE: Place = { service: 'https://teams.example', conversation: '19:team', kind: 'channel' };
const aad = (n: number) => `00000000-0000-0000-0000-00000000000${n}`;
const account = (n: number, name: string) => ({ id: `29:${n}`, name, aadObjectId: aad(n) });

describe('who is who', () => {
  let house: LinkedHouse;
  let at: Instance;
  beforeEach(async () => {
    house = await openLinked({
      ben: { id: 'ben', name: 'Ben Example' },
      cat: { id: 'cat', name: 'Cat Example', ids: { teams: aad(9).toUpperCase() } },
    });
    at = house.instances[0] as Instance;
  });
  afterEach(() => house.stop());

  const opened = async () => {
    const crew = createCrew(at.storage.memory, at.handler);
    await crew.load();
    return crew;
  };
  const remembers = (n: number, person: string) =>
    at.storage.memory.remember(
      'teams',
      `contact:29:${n}`,
      JSON.stringify({ id: `29:${n}`, aad: aad(n), name: person, person, service: PLACE.service, chat: `a:${n}` }),
    );

  test('what an older Baton remembers is kept with people at start, and they go on as who they are', async () => {
    await at.storage.directory.add({ id: 'ann', name: 'Ann' });
    await remembers(1, 'ann');
    await remembers(2, 'ben');
    const crew = await opened();
    const { people } = await at.handler.world();
    expect([people.ann?.ids, people.ben?.ids]).toEqual([{ teams: aad(1) }, { teams: aad(2) }]);
    expect(await crew.personOf(account(1, 'New Name'), PLACE)).toBe('ann');
    expect(await crew.personOf({ id: '29:2', name: 'B.' }, PLACE)).toBe('ben');
    expect(await crew.personOf(account(3, 'Ann'), PLACE)).toBe('ann-2');
    expect(await crew.personOf(account(4, 'Ben Example'), PLACE)).toBe('ben-example-2');
  });

  test('whoever was taken for a configured person is it no more once the account is configured, nor gets their pages', async () => {
    await remembers(3, 'cat');
    const crew = await opened();
    expect(await crew.find('cat')).toBeUndefined();
    expect(await crew.personOf(account(3, 'Cat Example'), PLACE)).toBe('cat-example-2');
    expect(await crew.personOf(account(9, 'C.'), PLACE)).toBe('cat');
    expect((await crew.find('cat'))?.id).toBe('29:9');
  });

  test('a guest whom no directory knows is nobody by their name', async () => {
    const crew = await opened();
    expect(await crew.personOf({ id: '8:guest', name: 'Ben Example' }, PLACE)).toBe('ben-example-2');
    expect(await crew.personOf(account(2, 'Ben Example'), PLACE)).toBe('ben');
  });

  test('an account that another instance met is known here by any of its ids', async () => {
    const here = await opened();
    const there = await opened();
    await there.personOf(account(1, 'Ann'), PLACE);
    // As a mention tells of it.
    expect(await here.personOf({ id: '29:1', name: 'Ann' }, PLACE)).toBe('ann');
  });
});

test('somebody new costs no reading of everybody who is remembered', async () => {
  const house = await openLinked({});
  const { storage, handler } = house.instances[0] as Instance;
  const asked: (string | undefined)[] = [];
  const memory = {
    ...storage.memory,
    recall: (outlet: string, key?: string) => {
      asked.push(key);
      return storage.memory.recall(outlet, key);
    },
  };
  const crew = createCrew(memory, handler);
  expect(await crew.knows(account(1, 'Ann'))).toBe(false);
  await crew.personOf(account(1, 'Ann'), PLACE);
  await crew.personOf(account(1, 'Ann'), PLACE);
  expect(asked).toEqual(['contact:29:1', 'contact:29:1']);
  await house.stop();
});

describe('in Teams', () => {
  let house: TeamsHouse;
  beforeEach(async () => {
    house = await openTeams({ people: { ben: { id: 'ben', name: 'Ben Example' } } });
  });
  afterEach(() => house.stop());

  const people = async () => Object.keys((await house.handler.world()).people);
  const mentions = (n: number, name: string) => {
    const text = `<at>${name}</at>`;
    const mentioned = { id: `29:${n}`, name };
    return house.send(
      sent('message-personal', { id: `m${n}`, text: `help ${text}`, entities: [{ type: 'mention', text, mentioned }] }),
    );
  };

  test('somebody who is mentioned is who the roster says, however they are mentioned', async () => {
    house.connector.members.push(account(2, 'Ben Example'));
    await mentions(2, 'Ben');
    expect(await people()).toEqual(['ann-archer', 'ben']);
    expect((await house.handler.world()).people.ben?.ids).toEqual({ teams: aad(2) });
  });

  test('and by the mention alone nobody who is configured', async () => {
    await mentions(3, 'Ben Example');
    expect((await people()).sort()).toEqual(['ann-archer', 'ben', 'ben-example-2']);
  });

  test('whoever has the name of somebody else is told alone and once who they are', async () => {
    await house.send(sent('message-personal', { id: '1', text: 'help' }));
    const conversation = { ...sent('message-personal').conversation, id: 'a:other' };
    const says = (id: string) =>
      house.send(sent('message-personal', { id, text: 'help', from: account(5, 'Ann Archer'), conversation }));
    const told = () =>
      house.connector.messages.filter(({ states }) => shownIn(states[0]).includes('Somebody else has your name'));
    await says('2');
    await house.settled();
    expect(told().map((message) => message.conversation)).toEqual(['a:other']);
    const said = shownIn(told()[0]?.states[0]);
    expect(said).toContain('so here you are Ann Archer (2)');
    expect(said).toContain(`teams: "${aad(5)}"`);
    await says('3');
    await house.restart();
    await says('4');
    await house.settled();
    expect(told()).toHaveLength(1);
  });
});
