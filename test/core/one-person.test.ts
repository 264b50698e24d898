// Whom the house knows, each once: ties between people are followed to their end, whatever state they are found in.
import { expect, test } from '@jest/globals';
import { byPersonNow, housePeople } from '../../src/core/one-person.ts';
import { ownerOf, type Person, personNow } from '../../src/core/units.ts';

const person = (id: string, more: Partial<Person> = {}): Person => ({ id, name: id.toUpperCase(), ...more });

test('ties are followed over several people, and what is configured stands', () => {
  const signedIn = [
    person('a', { sameAs: 'b', ids: { teams: '1', discord: '2' } }),
    person('b', { sameAs: 'c', ids: { teams: '3' } }),
    person('d'),
  ];
  const people = housePeople(signedIn, { c: person('c', { ids: { discord: '9' } }) });
  expect(Object.keys(people).sort()).toEqual(['c', 'd']);
  expect(people.c).toMatchObject({ id: 'c', name: 'C', ids: { teams: '3', discord: '9' }, also: ['a', 'b'] });
  expect(['a', 'b', 'c', 'd', 'nobody'].map((id) => personNow(people, id))).toEqual(['c', 'c', 'c', 'd', 'nobody']);
  expect(byPersonNow({ a: 1, c: 2, d: 4 }, people, (one, other) => one + other)).toEqual({ c: 3, d: 4 });
});

test('a tie to somebody who is configured no more unties, and whoever is configured is never somebody else', () => {
  const signedIn = [person('a', { sameAs: 'gone' }), person('b', { sameAs: 'a' })];
  expect(Object.keys(housePeople(signedIn, {}))).toEqual(['a']);
  expect(Object.keys(housePeople(signedIn, { b: person('b') })).sort()).toEqual(['a', 'b']);
});

test('of people tied to each other in a circle one is left', () => {
  const signedIn = [person('b', { sameAs: 'a' }), person('c', { sameAs: 'b' }), person('a', { sameAs: 'b' })];
  const people = housePeople(signedIn, {});
  expect(Object.keys(people)).toEqual(['a']);
  expect(people.a?.also?.toSorted()).toEqual(['b', 'c']);
});

test('an account belongs to whoever it is kept with, also to whom they turned out to be', () => {
  const signedIn = [
    person('a', { sameAs: 'c', ids: { discord: '1' } }),
    person('b', { ids: { discord: '2' } }),
    person('c', { ids: { teams: 'AAD-3', discord: '4' } }),
  ];
  const people = housePeople(signedIn, {});
  const owner = (surface: string, ...ids: [string, ...string[]]) => ownerOf(people, { surface, ids })?.id;
  // Somebody may have two accounts on one platform.
  expect([owner('discord', '1'), owner('discord', '4'), owner('discord', '2')]).toEqual(['c', 'c', 'b']);
  expect(owner('teams', '29:x', 'aad-3')).toBe('c');
  expect([owner('teams', '1'), owner('discord', '9')]).toEqual([undefined, undefined]);
});

test('what a surface remembers counts until another account is kept with that person', () => {
  const remembered = (id: string, more: Partial<Person>) =>
    ownerOf(housePeople([person('b', more)], {}), { surface: 'discord', ids: ['1'], remembered: id })?.id;
  expect(remembered('b', {})).toBe('b');
  expect(remembered('b', { ids: { teams: '2' } })).toBe('b');
  expect(remembered('b', { ids: { discord: '2' } })).toBeUndefined();
  expect(remembered('nobody', {})).toBeUndefined();
});

test('an account that is configured is nobody else’s, and what is not configured is as it was met', () => {
  const signedIn = [
    person('a', { ids: { discord: 'X', teams: 't' } }),
    person('b', { ids: { discord: '2', teams: '3' } }),
  ];
  const people = housePeople(signedIn, {
    b: person('b', { ids: { teams: '9' } }),
    c: person('c', { ids: { discord: 'x' } }),
  });
  expect(people.a?.ids).toEqual({ teams: 't' });
  expect(people.b?.ids).toEqual({ discord: '2', teams: '9' });
  expect(ownerOf(people, { surface: 'discord', ids: ['X'] })?.id).toBe('c');
});

test('whoever is configured keeps no account of somebody they were tied to', () => {
  const signedIn = [
    person('a', { sameAs: 'b', ids: { discord: '1', teams: '2' } }),
    person('b', { ids: { teams: '2' } }),
  ];
  expect(housePeople(signedIn, { a: person('a') }).a?.ids).toBeUndefined();
});

test('an account that is configured for somebody is tied no more, and the other one stays whose it was', () => {
  const signedIn = [person('ann', { ids: { teams: 't' } }), person('annie', { sameAs: 'ann', ids: { discord: 'd' } })];
  const owners = (configured: Record<string, Person>) => {
    const people = housePeople(signedIn, configured);
    return ['t', 'd'].map((id) => ownerOf(people, { surface: id === 't' ? 'teams' : 'discord', ids: [id] })?.id);
  };
  expect(owners({})).toEqual(['ann', 'ann']);
  expect(owners({ zoe: person('zoe', { ids: { discord: 'd' } }) })).toEqual(['ann', 'zoe']);
  // By the id that they had before, too.
  expect(owners({ annie: person('annie', { ids: { discord: 'd' } }) })).toEqual(['ann', 'annie']);
});
