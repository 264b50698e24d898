// Who is needed follows from service and severity.
import { expect, test } from '@jest/globals';
import { quorumReached } from '../../../src/core/quorum.ts';
import { Room, SETTINGS } from '../../support/room.ts';

const seats = (room: Room) => Object.keys(room.incident.seats);

test('[CALL-3] the quorum is a list of seats that follows from service and severity', () => {
  expect(seats(new Room('x', { settings: SETTINGS }))).toEqual(['commander']);
  expect(seats(new Room('x', { settings: SETTINGS, declared: { service: 'payments' } }))).toEqual([
    'commander',
    'payments',
  ]);
  const worst = new Room('x', { settings: SETTINGS, declared: { service: 'payments', severity: 'SEV-1' } });
  expect(seats(worst)).toEqual(['commander', 'payments', 'database']);
  expect(worst.pages.map(({ person, wanted }) => [person, wanted])).toEqual([
    ['ann', 'Incident commander'],
    ['cat', 'Payments on-call'],
    ['eve', 'Database on-call'],
  ]);
});

test('[CALL-3] naming the service later pages its people at once', () => {
  const room = new Room('x', { settings: SETTINGS });
  room.fastForward('4m');
  room.does('dan', 'name-service', { service: 'Payments' });
  expect(room.pages.at(-1)).toMatchObject({ person: 'cat', at: room.now });
  expect(room.does('dan', 'name-service', { service: 'payments' })).toEqual([]);
});

test('[CALL-3] quorum is reached when every seat is filled, by anybody of its chain', () => {
  const room = new Room('x', { settings: SETTINGS, declared: { service: 'payments' } });
  const reached = () => quorumReached(room.incident, SETTINGS);
  room.joins('bob', 'eve');
  expect(reached()).toBe(false);
  room.joins('dan');
  expect(reached()).toBe(true);
  room.does('dan', 'leave-call');
  expect(reached()).toBe(false);
});

test('[CALL-3] the commander-qualified are paged where the commander seat names nobody', () => {
  const settings = { ...SETTINGS, seats: { commander: { name: 'Incident commander', chain: [] } } };
  const room = new Room('x', { settings });
  expect(room.pages.map(({ person }) => person)).toEqual(['ann']);
  room.joins('dan');
  expect(quorumReached(room.incident, settings)).toBe(false);
  room.joins('bob');
  expect(quorumReached(room.incident, settings)).toBe(true);
});

test('[CALL-3] a seat that the configuration no longer knows keeps nobody waiting', () => {
  const settings = { ...SETTINGS, services: { payments: { name: 'Payments', seats: ['gone'] } } };
  const room = new Room('x', { settings, declared: { service: 'payments' } });
  room.joins('ann');
  expect(quorumReached(room.incident, settings)).toBe(true);
});
