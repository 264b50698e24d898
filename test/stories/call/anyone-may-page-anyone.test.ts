// It is never wrong to page: anyone, anyone, at any time while the incident lives.
import { expect, test } from '@jest/globals';
import { commanded } from '../../support/commanded-room.ts';
import { Room } from '../../support/room.ts';

const since = (room: Room, from: number) =>
  room.pages.filter(({ at }) => at >= from).map(({ person, at }) => [person, (at - from) / 60_000]);

test('[CALL-6] anyone may page anyone, before there is a commander or a call', () => {
  const room = new Room();
  room.does('dan', 'page', { person: 'eve' });
  expect(since(room, room.now)).toEqual([['eve', 0]]);
  expect(room.isRefused('dan', 'page')).toMatchObject({ refused: 'page-whom', next: [{ command: 'page' }] });
  expect(room.isRefused('dan', 'page', { person: 'somebody' }).refused).toBe('owner-by-name');
});

test('[CALL-6] who is paged by hand is paged until they answer, then the commander is told', () => {
  const room = commanded('SEV-2');
  room.does('eve', 'leave-call');
  const from = room.now;
  room.does('dan', 'page', { person: 'eve' });
  room.fastForward('5m');
  expect(since(room, from)).toEqual([
    ['eve', 0],
    ['eve', 2],
    ['eve', 4],
  ]);
  expect(room.prompt('person-missing')).toMatchObject({ to: 'ann', facts: { people: { people: ['eve'] } } });
});

test('[CALL-6] during the watch too', () => {
  const room = commanded('SEV-2');
  room.does('ann', 'mitigated');
  room.does('bob', 'leave-call');
  const from = room.now;
  room.does('dan', 'page', { person: 'bob' });
  room.fastForward('2m');
  expect(since(room, from)).toEqual([
    ['bob', 0],
    ['bob', 2],
  ]);
});

test('[CALL-6] and while the incident is stood down: whoever is woken then is woken in earnest, nobody else', () => {
  const room = commanded('SEV-2');
  room.does('bob', 'leave-call');
  room.does('ann', 'page', { person: 'bob' });
  room.does('ann', 'stand-down', { until: '8h' });
  room.fastForward('10m');
  const from = room.now;
  expect(since(room, from)).toEqual([]);
  room.does('dan', 'page', { person: 'eve' });
  room.fastForward('2m');
  expect(since(room, from)).toEqual([
    ['eve', 0],
    ['eve', 2],
  ]);
});

test('[CALL-6] only a closed incident pages nobody, and says the way', () => {
  const room = commanded('SEV-2');
  room.does('ann', 'close', { reason: 'Not ours' });
  expect(room.isRefused('dan', 'page', { person: 'eve' })).toMatchObject({
    refused: 'when-closed',
    next: [{ command: 'reopen' }, { command: 'declare' }],
  });
});

test('[CALL-6] a page of somebody on the call rings once and is answered', () => {
  const room = commanded('SEV-2');
  const from = room.now;
  room.does('dan', 'page', { person: 'eve' });
  room.does('eve', 'join-call');
  room.fastForward('9m');
  expect(since(room, from)).toEqual([['eve', 0]]);
  expect(room.incident.seats['asked-1']?.pages).toMatchObject([{ answered: from }]);
});
