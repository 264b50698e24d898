// When paging itself fails, the commander gets the number to call, not an error code.
import { expect, test } from '@jest/globals';
import { Room, SETTINGS } from '../../support/room.ts';

function commanded(): Room {
  const room = new Room('x', { settings: SETTINGS });
  room.joins('ann');
  room.does('ann', 'take-command');
  return room;
}

const failed = (room: Room, person: string, seat = 'asked-1') =>
  room.does('baton', 'report-page', { seat, person, reason: 'HTTP 503' });

test('[CALL-5] a page that fails gives the commander the phone number', () => {
  const room = commanded();
  room.does('ann', 'page', { person: 'bob', wanted: 'Networks' });
  failed(room, 'bob');
  expect(room.prompt('page-failed')).toMatchObject({
    to: 'ann',
    rank: 'people',
    facts: { person: { person: 'bob' }, contact: '+1 555 0101', wanted: 'Networks', reason: 'HTTP 503' },
  });
  expect(room.pings.at(-1)).toMatchObject({ to: ['ann'], line: 'page-failed' });
  expect(failed(room, 'bob')).toEqual([]);
});

test('[CALL-5] without a phone the address; without either, it says so', () => {
  const room = commanded();
  room.does('ann', 'page', { person: 'cat' });
  failed(room, 'cat');
  expect(room.prompt('page-failed').facts).toMatchObject({ contact: 'cat@example.com' });
  room.does('ann', 'page', { person: 'dan' });
  failed(room, 'dan', 'asked-2');
  expect(room.prompt('page-failed-no-contact').facts).toMatchObject({ person: { person: 'dan' } });
});

test('[CALL-5] a failed page goes to the next of the chain at once', () => {
  const room = new Room('x', { settings: SETTINGS, declared: { service: 'payments' } });
  failed(room, 'cat', 'payments');
  expect(room.pages.at(-1)).toMatchObject({ person: 'dan', at: room.now });
  expect(room.prompt('page-failed')).toMatchObject({ to: 'room', early: true });
  failed(room, 'dan', 'payments');
  expect(room.prompts.filter(({ line }) => line.startsWith('page-failed'))).toHaveLength(2);
  expect(room.happened('seat-missed')).toEqual([]);
  room.fastForward('5m');
  expect(room.happened('seat-missed')).toMatchObject([{ seat: 'payments', at: room.now }]);
});

test('[CALL-5] reached by hand, the person is on the way', () => {
  const room = commanded();
  room.does('ann', 'page', { person: 'bob' });
  failed(room, 'bob');
  room.presses('ann', 'page-failed', 'reached');
  expect(room.prompts.map(({ line }) => line)).not.toContain('page-failed');
  expect(room.incident.seats['asked-1']?.pages).toMatchObject([{ person: 'bob', answered: room.now }]);
});

test('[CALL-5] paged again, the old failure is forgotten and a new one told anew', () => {
  const room = commanded();
  room.does('ann', 'page', { person: 'bob' });
  failed(room, 'bob');
  room.fastForward('1m');
  room.presses('ann', 'page-failed', 'page-again');
  expect(room.prompts.map(({ line }) => line)).not.toContain('page-failed');
  expect(Object.keys(room.incident.seats)).toEqual(['commander', 'asked-1']);
  failed(room, 'bob');
  expect(room.prompts.map(({ line }) => line)).toContain('page-failed');
  expect(room.pings.filter(({ line }) => line === 'page-failed')).toHaveLength(2);
});

test('[CALL-5] a failure reported after the answer is no news', () => {
  const room = commanded();
  room.does('ann', 'page', { person: 'bob' });
  room.does('bob', 'answer-page');
  expect(failed(room, 'bob')).toEqual([]);
  expect(failed(room, 'eve')).toEqual([]);
});
