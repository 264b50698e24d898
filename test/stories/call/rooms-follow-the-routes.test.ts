// An incident gets a room wherever its house routes it: by where it was declared, its severity, its service, or by a word.
import { expect, test } from '@jest/globals';
import { Room, type RoomOptions, SETTINGS } from '../../support/room.ts';

const ROUTES = { surfaces: ['teams', 'discord'], severities: { 'SEV-1': ['discord'] }, services: {} };

const house = (rooms: object = {}, more: RoomOptions = {}) =>
  new Room('Checkout fails', { settings: { ...SETTINGS, rooms: { ...ROUTES, ...rooms } }, ...more });

/** What was opened by name, in order. */
const opened = ({ effects }: Room) =>
  effects.flatMap((effect) => (effect.type === 'open-room' && effect.surface !== undefined ? [effect.surface] : []));

test('[CALL-1] without routes every surface opens its room with the incident', () => {
  const room = house();
  expect(room.effects).toContainEqual(expect.objectContaining({ type: 'open-room' }));
  expect(opened(room)).toEqual([]);
});

test('[CALL-1] the surfaces of every incident open their rooms, and their calls, before anybody is paged', () => {
  const room = house({ always: ['teams'] });
  expect(opened(room)).toEqual(['teams']);
  const types = room.effects.map(({ type }) => type);
  expect(types.lastIndexOf('open-call')).toBeGreaterThan(types.lastIndexOf('open-room'));
  expect(types.lastIndexOf('open-call')).toBeLessThan(types.indexOf('page'));
});

test('[CALL-1] [IMP-3] a severity that newly leads to a surface opens the room at once, and a milder one closes none', () => {
  const room = house({ always: ['teams'] });
  room.joins('ann');
  room.does('ann', 'take-command');
  room.does('ann', 'set-severity', { severity: 'SEV-1' });
  expect(opened(room)).toEqual(['teams', 'discord']);
  room.does('ann', 'set-severity', { severity: 'SEV-3', reason: 'only reports' });
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'everybody after all' });
  room.fastForward('2m');
  expect(opened(room)).toEqual(['teams', 'discord']);
});

test('[CALL-1] naming a service opens the rooms of its people', () => {
  const room = house({ always: [], services: { payments: ['discord'] } });
  expect(opened(room)).toEqual([]);
  room.does('ann', 'name-service', { service: 'payments' });
  expect(opened(room)).toEqual(['discord']);
});

test('[CALL-1] where it was declared it has its room, wherever it is routed', () => {
  const room = house({ surfaces: ['teams', 'test'], always: [] });
  expect(opened(room)).toEqual(['test']);
});

test('[CALL-1] anybody opens one more room, once', () => {
  const room = house({ always: ['teams'] });
  room.does('ann', 'open-room', { surface: 'discord' });
  expect(opened(room)).toEqual(['teams', 'discord']);
  room.tries('ann', 'report-room', { room: '17' }, { via: 'discord' });
  expect(room.isRefused('bob', 'open-room', { surface: 'discord' })).toMatchObject({ refused: 'room-there' });
});

test('[CALL-1] a room that could not be opened is tried again when somebody asks', () => {
  const room = house({ always: ['discord'] });
  room.tries('ann', 'report-room', { reason: 'a permission is missing' }, { via: 'discord' });
  expect(opened(room)).toEqual(['discord']);
  room.does('ann', 'open-room', { surface: 'discord' });
  expect(opened(room)).toEqual(['discord', 'discord']);
  room.tries('ann', 'report-room', { room: '17' }, { via: 'discord' });
  expect(room.incident.roomsFailed).toEqual({});
});

test('[CALL-1] a platform that is not set up is refused by name', () => {
  const room = house({ surfaces: ['teams'] });
  expect(room.isRefused('ann', 'open-room', { surface: 'discord' })).toMatchObject({ refused: 'surface-absent' });
});

test('[CALL-1] of two calls that are opened at once the first is the call: nobody is sent from one to the other', () => {
  const room = house();
  room.tries('ann', 'report-call', { link: 'https://discord.com/channels/1/2' }, { via: 'discord' });
  room.tries('ann', 'report-call', { link: 'https://teams.example.com/meet' }, { via: 'teams' });
  expect(room.incident.call).toMatchObject({ link: 'https://discord.com/channels/1/2', surface: 'discord' });
  room.tries('ann', 'report-call', { link: 'https://discord.com/channels/1/3' }, { via: 'discord' });
  expect(room.incident.call?.link).toBe('https://discord.com/channels/1/3');
  room.does('ann', 'set-call', { link: 'tel:+15550199' });
  room.tries('ann', 'report-call', { link: 'https://teams.example.com/meet' }, { via: 'teams' });
  expect(room.incident.call?.link).toBe('tel:+15550199');
});
