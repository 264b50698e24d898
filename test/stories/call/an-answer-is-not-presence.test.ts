// Whoever answered a page but does not come counts as missing.
import { expect, test } from '@jest/globals';
import { Room, SETTINGS } from '../../support/room.ts';

const payments = () => new Room('x', { settings: SETTINGS, declared: { service: 'payments' } });
const paged = (room: Room, seat: string) =>
  room
    .happened('person-paged')
    .filter((page) => page.seat === seat)
    .map(({ person, at }) => [person, (at - room.incident.declared.at) / 60_000]);

test('[CALL-4] [CALL-5] who answered and is not on the call 5 min later is not waited for', () => {
  const room = payments();
  room.fastForward('1m');
  room.does('cat', 'answer-page');
  room.fastForward('4m59s');
  expect(paged(room, 'payments')).toEqual([['cat', 0]]);
  room.fastForward('1s');
  expect(paged(room, 'payments')).toEqual([
    ['cat', 0],
    ['dan', 6],
  ]);
});

test('[CALL-4] joining answers the page too, and nobody else is woken', () => {
  const room = payments();
  room.joins('cat', 'ann');
  expect(room.happened('page-answered').map(({ person }) => person)).toEqual(['cat', 'ann']);
  room.fastForward('30m');
  expect(room.pages.map(({ person }) => person)).toEqual(['ann', 'cat']);
});

test('[CALL-4] who was on the call and is gone for 5 min is missing again, unless they are back by then', () => {
  const room = payments();
  room.joins('cat', 'ann');
  room.fastForward('20m');
  room.does('cat', 'leave-call');
  room.fastForward('4m');
  room.joins('cat');
  room.fastForward('20m');
  expect(paged(room, 'payments')).toEqual([['cat', 0]]);
  room.does('cat', 'leave-call');
  room.fastForward('5m');
  expect(paged(room, 'payments')).toEqual([
    ['cat', 0],
    ['dan', 49],
  ]);
});
