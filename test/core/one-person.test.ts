// Whom the house knows, each once: ties between people are followed to their end, whatever state they are found in.
import { expect, test } from '@jest/globals';
import { byPersonNow, housePeople } from '../../src/core/one-person.ts';
import { type Person, personNow } from '../../src/core/units.ts';

const person = (id: string, more: Partial<Person> = {}): Person => ({ id, name: id.toUpperCase(), ...more });

test('ties are followed over several people, and what is configured stands', () => {
  const signedIn = [
    person('a', { sameAs: 'b', ids: { teams: '1', discord: '2' } }),
    person('b', { sameAs: 'c', ids: { teams: '3' } }),
    person('d'),
  ];
  const people = housePeople(signedIn, { c: person('c', { ids: { discord: '9' } }) });
  expect(Object.keys(people).sort()).toEqual(['c', 'd']);
  expect(people.c).toEqual({ id: 'c', name: 'C', ids: { teams: '3', discord: '9' }, also: ['a', 'b'] });
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
