// While somebody of a chain is on the way, or is being paged already, nobody else is woken for the same thing.
import { expect, test } from '@jest/globals';
import { Room, SETTINGS } from '../../support/room.ts';

const paged = (room: Room, person: string) =>
  room.pages.filter((page) => page.person === person).map(({ at }) => (at - room.incident.declared.at) / 60_000);

test('[CALL-5] an answer that comes after the next was paged stops the next one’s repeats', () => {
  const room = new Room('x', { settings: SETTINGS, declared: { service: 'payments' } });
  room.fastForward('6m');
  expect(paged(room, 'dan')).toEqual([5]);
  room.does('cat', 'answer-page');
  room.fastForward('4m');
  room.joins('cat');
  room.fastForward('20m');
  expect(paged(room, 'dan')).toEqual([5]);
});

test('[CALL-5] if they do not come after all, the paging goes on where it was', () => {
  const room = new Room('x', { settings: SETTINGS, declared: { service: 'payments' } });
  room.fastForward('6m');
  room.does('cat', 'answer-page');
  room.joins('ann');
  room.does('ann', 'take-command');
  room.fastForward('5m');
  expect(room.happened('seat-missed')).toMatchObject([{ seat: 'payments' }]);
  expect(room.prompt('seat-late')).toMatchObject({ facts: { people: { people: ['cat'] } } });
});

test('[CALL-5] who is needed for two things is paged once', () => {
  const seats = { ...SETTINGS.seats, payments: { name: 'Payments on-call', chain: ['ann', 'cat'] } };
  const room = new Room('x', { settings: { ...SETTINGS, seats }, declared: { service: 'payments' } });
  expect(room.pages.map(({ person }) => person)).toEqual(['ann']);
  room.fastForward('5m');
  expect(paged(room, 'ann')).toEqual([0, 2, 4]);
  expect(paged(room, 'cat')).toEqual([5]);
  expect(paged(room, 'bob')).toEqual([5]);
});

test('[CALL-5] who was paged by name is not paged again for the seat that is found to be theirs', () => {
  const room = new Room('x', { settings: SETTINGS });
  room.does('ann', 'page', { person: 'cat' });
  room.fastForward('1m');
  room.does('ann', 'name-service', { service: 'payments' });
  room.fastForward('3m59s');
  expect(paged(room, 'cat')).toEqual([0, 2, 4]);
  room.fastForward('1s');
  expect(paged(room, 'dan')).toEqual([5]);
});
