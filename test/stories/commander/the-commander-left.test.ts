// A commander who left the call is asked whether they still command; without an answer, somebody else is.
import { expect, test } from '@jest/globals';
import { commanded, lines, pinged } from '../../support/commanded-room.ts';
import { SETTINGS } from '../../support/room.ts';

const minute = 60_000;

test('[CMD-5] the commander leaves the call: the room is asked whether they are still in command', () => {
  const room = commanded();
  room.does('ann', 'leave-call');
  room.fastForward('29s');
  expect(room.happened('commander-questioned')).toEqual([]);
  room.fastForward('1s');
  expect(room.happened('commander-questioned')).toMatchObject([{ person: 'ann', why: 'left' }]);
  expect(room.prompt('commander-left')).toMatchObject({
    to: 'room',
    rank: 'safety',
    facts: { commander: { person: 'ann' } },
  });
  expect(room.line).toBe('commander-left');
  expect(pinged(room, 'still-in-command')).toEqual([{ to: ['ann'], after: minute / 2 }]);
  expect(room.incident.command.commander).toBe('ann');
});

test('[CMD-5] back within the grace, nobody is asked', () => {
  const room = commanded();
  room.does('ann', 'leave-call');
  room.fastForward('20s');
  room.joins('ann');
  room.fastForward('10m');
  expect(room.happened('commander-questioned')).toEqual([]);
});

test('[CMD-5] coming back answers the question, whoever sees it', () => {
  const room = commanded();
  room.does('dan', 'leave-call', { person: 'ann' });
  room.fastForward('1m');
  expect(lines(room)).toContain('commander-left');
  room.does('dan', 'join-call', { person: 'ann' });
  expect(lines(room)).not.toContain('commander-left');
  room.fastForward('3m');
  expect(room.incident.command.commander).toBe('ann');
  expect(pinged(room, 'still-in-command')).toHaveLength(1);
});

test('[CMD-5] "still in command" from away is an answer, and so is any command of theirs', () => {
  for (const [command, fields] of [
    ['confirm-command', {}],
    ['note', { text: 'On the phone' }],
  ] as const) {
    const room = commanded();
    room.does('ann', 'leave-call');
    room.fastForward('1m');
    room.does('ann', command, fields);
    expect(lines(room)).not.toContain('commander-left');
    room.fastForward('5m');
    expect(room.incident.command.commander).toBe('ann');
    expect(room.happened('commander-questioned')).toHaveLength(1);
    expect(room.prompt('commander-join')).toMatchObject({ to: 'ann' });
  }
});

test('[CMD-5] without an answer for 2 min the command is vacant, and the room is asked for a commander at once', () => {
  const room = commanded('SEV-2', { settings: SETTINGS });
  room.does('ann', 'leave-call');
  room.fastForward('2m29s');
  expect(room.incident.command.commander).toBe('ann');
  room.fastForward('1s');
  expect(room.happened('command-lapsed')).toMatchObject([{ person: 'ann' }]);
  expect(room.incident.command.commander).toBeUndefined();
  expect(room.happened('commander-sought').at(-1)).toMatchObject({ at: room.now, candidate: 'bob' });
  expect(room.line).toBe('no-commander-but');
});

test('[CMD-5] who comes back after that takes command anew, or is told who has it', () => {
  const room = commanded();
  room.does('ann', 'leave-call');
  room.fastForward('2m30s');
  room.does('bob', 'take-command');
  room.joins('ann');
  expect(room.incident.command.commander).toBe('bob');
  expect(room.isRefused('ann', 'take-command').facts).toMatchObject({ commander: { person: 'bob' } });
  expect(room.incident.command.shifts).toMatchObject([{ person: 'ann' }, { person: 'bob' }]);
});

test('[CMD-5] while they are asked for, somebody on the call may take command without waiting', () => {
  const room = commanded();
  room.does('ann', 'leave-call');
  expect(room.isRefused('bob', 'take-command').refused).toBe('already-commanded');
  room.fastForward('30s');
  room.presses('bob', 'commander-left', 'take-command');
  expect(room.incident.command).toMatchObject({ commander: 'bob' });
  expect(room.incident.command.questioned).toBeUndefined();
});

test('[CMD-5] whoever put the question off about one commander has not put it off about the next', () => {
  const room = commanded();
  room.does('ann', 'leave-call');
  room.fastForward('1m');
  room.does('cat', 'snooze', { prompt: room.prompt('commander-left').key, for: '2h' });
  expect(lines(room)).not.toContain('commander-left');
  room.fastForward('10m');
  expect(room.incident.command.commander).toBe('ann');
  room.does('bob', 'take-command');
  room.does('bob', 'leave-call');
  room.fastForward('30s');
  expect(room.prompt('commander-left').facts).toMatchObject({ commander: { person: 'bob' } });
  room.fastForward('2m');
  expect(room.happened('command-lapsed')).toMatchObject([{ person: 'bob' }]);
});

test('[CMD-5] only the commander can say that they are still in command', () => {
  const room = commanded();
  expect(room.isRefused('bob', 'confirm-command')).toMatchObject({
    refused: 'commander-only',
    facts: { commander: { person: 'ann' } },
    next: [{ command: 'ask-for-command' }],
  });
});
