// Until somebody is on the call, the only line is to join it.
import { expect, test } from '@jest/globals';
import { patient } from '../../support/commanded-room.ts';
import { Room, SETTINGS } from '../../support/room.ts';

test('[CALL-1] until people are on the call nobody is asked about dashboards, impact, work or updates', () => {
  const room = new Room('Checkout fails', { settings: patient(SETTINGS), declared: { service: 'payments' } });
  room.does('ann', 'take-command');
  expect(room.line).toBe('join-the-call');
  room.does('ann', 'propose-mitigation', { what: 'Roll back', owner: 'cat' });
  room.fastForward('45m');
  expect(room.incident.firstOnCallAt).toBeUndefined();
  expect(new Set(room.prompts.map(({ line }) => line))).toEqual(new Set(['join-the-call', 'seat-missing']));
  expect(new Set(room.pings.map(({ line }) => line))).toEqual(new Set(['seat-missed']));
  expect(room.happened('round-opened')).toEqual([]);
  expect(room.happened('lull-began')).toEqual([]);
  expect(room.happened('severity-set')).toEqual([]);
});

test('[CALL-1] with the first person on the call the questions begin, and the rhythm with them', () => {
  const room = new Room('Checkout fails', { settings: SETTINGS });
  room.does('ann', 'take-command');
  room.fastForward('9m');
  room.joins('bob');
  expect(room.line).toBe('impact-sees');
  room.does('ann', 'set-severity', { severity: 'SEV-2' });
  room.fastForward('19m');
  expect(room.happened('round-opened')).toEqual([]);
  room.fastForward('1m');
  expect(room.happened('round-opened')).toHaveLength(1);
});

test('[CALL-1] nobody is offered a command that somebody has', () => {
  const room = new Room('Checkout fails', { settings: SETTINGS });
  const offered = () =>
    room.prompts.find(({ line }) => line === 'join-the-call')?.buttons.map(({ command }) => command);
  expect(offered()).toContain('take-command');
  room.does('ann', 'take-command');
  expect(offered()).not.toContain('take-command');
  expect(offered()).toContain('join-call');
});

test('[CALL-1] while people gather, the line is to gather', () => {
  const room = new Room('Checkout fails', { settings: SETTINGS, declared: { service: 'payments' } });
  room.joins('dan', 'eve');
  expect(room.line).toBe('gathering');
  expect(room.prompts.map(({ line }) => line)).toEqual(['gathering']);
  room.joins('bob');
  expect(room.line).toBe('no-commander-but');
});
