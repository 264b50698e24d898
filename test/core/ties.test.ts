// Who may become one person with somebody: only what names them is looked into, and what does not say whom it names.
import { expect, test } from '@jest/globals';
import type { Recorded } from '../../src/core/events.ts';
import { replay } from '../../src/core/evolve.ts';
import { createTies, type Ties } from '../../src/core/handling/ties.ts';
import { createTurns } from '../../src/core/handling/turns.ts';
import type { Listed } from '../../src/core/ports.ts';
import { summaryOf } from '../../src/core/summary.ts';
import { PEOPLE, Room } from '../support/room.ts';

test('of many open incidents those are read that name one of the two, and those kept before they named anybody', async () => {
  const room = new Room();
  room.joins('bob');
  const events: readonly Recorded[] = room.events;
  const summary = summaryOf(room.incident);
  const { named: _, ...old } = summary;
  const listed: Listed[] = [
    { ...summary, id: 'INC-3', version: 1, named: ['cat'] },
    { ...old, id: 'INC-2', version: 1 },
    { ...summary, id: 'INC-1', version: 1 },
  ];
  const read: string[] = [];
  const unite = createTies({
    directory: { people: async () => [], add: async () => {}, join: async () => true, bind: async () => true },
    store: { list: async () => listed },
    incident: async (id) => {
      read.push(id);
      return replay(id, events);
    },
    surroundings: {
      world: async () => ({ ...room.world, people: PEOPLE }),
      forget() {},
      heed() {},
      mayBeOutdated: () => false,
    } satisfies Ties['surroundings'],
    turns: createTurns(),
    configured: { ann: PEOPLE.ann as (typeof PEOPLE)[string] },
  });
  const tied = await unite(
    { surface: 'teams', id: 't', person: 'ann' },
    { surface: 'discord', id: 'd', person: 'bob' },
  );
  expect(tied).toMatchObject({ refusal: { refused: 'link-there', facts: { incident: 'INC-2' } } });
  expect(read).toEqual(['INC-2', 'INC-1']);
});
