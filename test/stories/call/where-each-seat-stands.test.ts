// Each seat shows how far along it is: paged, answered, on the call, missing.
import { expect, test } from '@jest/globals';
import { seatStatus } from '../../../src/core/quorum.ts';
import { Room, SETTINGS } from '../../support/room.ts';

const status = (room: Room, id: string) => {
  const seat = room.incident.seats[id];
  return seat && seatStatus(room.incident, seat);
};

test('[CALL-3] [CALL-4] a seat goes from paged to answered to on the call, and answering is not being there', () => {
  const room = new Room('x', { settings: SETTINGS, declared: { service: 'payments' } });
  expect(status(room, 'payments')).toBe('paged');
  room.does('cat', 'answer-page');
  expect(status(room, 'payments')).toBe('answered');
  room.joins('cat');
  expect(status(room, 'payments')).toBe('on-call');
  expect(status(room, 'commander')).toBe('paged');
});

test('[CALL-3] a seat whose chain ran out is missing until somebody of it comes', () => {
  const room = new Room('x', { settings: SETTINGS, declared: { service: 'payments' } });
  room.fastForward('10m');
  expect(status(room, 'payments')).toBe('missing');
  room.joins('dan');
  expect(status(room, 'payments')).toBe('on-call');
});

test('[CALL-3] a seat that nobody is listed for waits for anybody', () => {
  const room = new Room();
  expect(status(room, 'commander')).toBe('waiting');
  room.joins('eve');
  expect(status(room, 'commander')).toBe('on-call');
});
