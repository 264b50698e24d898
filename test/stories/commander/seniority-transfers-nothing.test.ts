// The arrival of somebody senior transfers nothing: command is offered, asked for, and accepted.
import { expect, test } from '@jest/globals';
import { commanded, lines } from '../../support/commanded-room.ts';
import { Room, SETTINGS } from '../../support/room.ts';

test('[CMD-5] somebody more senior joins the call, and the commander is still the commander', () => {
  const room = new Room('x', { settings: SETTINGS, commanded: { ann: 40 } }).joins('cat');
  room.does('cat', 'take-command');
  room.joins('ann');
  room.fastForward('5m');
  expect(room.incident.command.commander).toBe('cat');
  expect(room.isRefused('ann', 'take-command').next).toEqual([{ command: 'ask-for-command' }]);
});

test('[CMD-5] they may offer to take over; the commander hands over or keeps command, in one press', () => {
  const room = commanded();
  room.does('bob', 'ask-for-command');
  expect(room.prompt('command-asked-for')).toMatchObject({ to: 'ann', facts: { person: { person: 'bob' } } });
  expect(room.pings.at(-1)).toMatchObject({ to: ['ann'], line: 'command-asked-for' });
  room.presses('ann', 'command-asked-for', 'keep-command');
  expect(lines(room)).not.toContain('command-asked-for');
  room.fastForward('1m');
  room.does('bob', 'ask-for-command');
  room.presses('ann', 'command-asked-for', 'hand-over');
  expect(room.incident.command.commander).toBe('ann');
  room.presses('bob', 'accept-hand-over', 'accept-hand-over');
  expect(room.incident.command.commander).toBe('bob');
});

test('[CMD-5] nobody asks for what is theirs, or for what nobody has', () => {
  const room = commanded();
  expect(room.isRefused('ann', 'ask-for-command').refused).toBe('you-command');
  room.does('ann', 'release-command');
  expect(room.isRefused('bob', 'ask-for-command')).toMatchObject({
    refused: 'no-commander-yet',
    next: [{ command: 'take-command' }],
  });
});
