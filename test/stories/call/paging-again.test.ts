// Paging a seat again gives its people their time anew, from the top of the chain.
import { expect, test } from '@jest/globals';
import { commanded } from '../../support/commanded-room.ts';
import { Room, SETTINGS } from '../../support/room.ts';

const since = (room: Room, from: number) =>
  room
    .happened('person-paged')
    .filter(({ at, seat }) => at >= from && seat === 'payments')
    .map(({ person, reason, at }) => [person, reason, (at - from) / 60_000]);

function missed(): Room {
  const room = new Room('x', { settings: SETTINGS, declared: { service: 'payments' } });
  room.joins('ann');
  room.does('ann', 'take-command');
  room.fastForward('10m');
  return room;
}

test('[CALL-5] page again: the chain is walked once more, with repeats, before it is missed again', () => {
  const room = missed();
  const from = room.now;
  room.presses('ann', 'seat-missing', 'page-again');
  expect(room.prompts.map(({ line }) => line)).not.toContain('seat-missing');
  room.fastForward('10m');
  expect(since(room, from)).toEqual([
    ['cat', 'asked', 0],
    ['cat', 'repeat', 2],
    ['cat', 'repeat', 4],
    ['dan', 'escalation', 5],
    ['dan', 'repeat', 7],
    ['dan', 'repeat', 9],
  ]);
  expect(room.prompts.map(({ line }) => line)).toContain('seat-missing');
});

test('[CALL-5] paging the seat while the first is paged goes to the second without waiting', () => {
  const room = new Room('x', { settings: SETTINGS, declared: { service: 'payments' } });
  room.fastForward('1m');
  room.does('ann', 'page', { seat: 'payments' });
  expect(room.pages.at(-1)).toMatchObject({ person: 'dan', at: room.now });
});

test('[CALL-5] a seat nobody needs by rule is paged until answered once somebody asks for it', () => {
  const room = new Room('x', { settings: SETTINGS });
  room.joins('ann');
  room.does('dan', 'page', { seat: 'database' });
  room.fastForward('5m');
  expect(room.pages.filter(({ person }) => person === 'eve')).toHaveLength(3);
  expect(room.prompts.map(({ line }) => line)).toContain('person-missing');
});

test('[CALL-5] who was thanked and let go is not replaced behind the commander’s back', () => {
  const room = commanded('SEV-2', { settings: SETTINGS, declared: { service: 'payments' } });
  room.does('dan', 'leave-call');
  room.does('ann', 'release', { people: ['cat'] });
  room.does('cat', 'leave-call');
  const before = room.pages.length;
  room.fastForward('19m');
  expect(room.pages).toHaveLength(before);

  room.does('ann', 'page', { seat: 'payments' });
  room.fastForward('2m');
  expect(room.pages.slice(before).map(({ person }) => person)).toEqual(['dan', 'dan']);
});
