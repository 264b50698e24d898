// The right people for the right fault: a page names the service or skill wanted.
import { expect, test } from '@jest/globals';
import { Room, SETTINGS } from '../../support/room.ts';

const payments = () => new Room('x', { settings: SETTINGS, declared: { service: 'payments' } });

test('[CALL-6] a page names what the pager said is wanted', () => {
  const room = payments();
  room.does('ann', 'page', { person: 'eve', wanted: 'Somebody who knows the card network' });
  expect(room.pages.at(-1)).toMatchObject({ person: 'eve', wanted: 'Somebody who knows the card network' });
  room.fastForward('2m');
  expect(room.pages.filter(({ person }) => person === 'eve').at(-1)?.wanted).toBe(
    'Somebody who knows the card network',
  );
});

test('[CALL-6] where nothing is said, it names the seat that is theirs', () => {
  const room = payments();
  room.does('ann', 'page', { person: 'dan' });
  expect(room.pages.at(-1)).toMatchObject({ person: 'dan', wanted: 'Payments on-call' });
  room.does('ann', 'page', { person: 'eve' });
  expect(room.pages.at(-1)).toMatchObject({ person: 'eve', wanted: 'Database on-call' });
});

test('[CALL-6] and for somebody without a seat, the service', () => {
  const settings = { ...SETTINGS, seats: { commander: { name: 'Incident commander', chain: ['ann'] } } };
  const room = new Room('x', { settings, declared: { service: 'payments' } });
  room.does('ann', 'page', { person: 'eve' });
  expect(room.pages.at(-1)).toMatchObject({ person: 'eve', wanted: 'Payments' });
});

test('[CALL-6] a page for something else than before is a page of its own', () => {
  const room = payments();
  room.does('ann', 'page', { person: 'eve', wanted: 'Networks' });
  room.does('ann', 'page', { person: 'eve', wanted: 'Backups' });
  expect(Object.values(room.incident.seats).map(({ wanted }) => wanted)).toEqual([
    'Incident commander',
    'Payments on-call',
    'Networks',
    'Backups',
  ]);
});
