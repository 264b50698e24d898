// A commander who answers no prompt for 10 min is asked whether they still command.
import { expect, test } from '@jest/globals';
import { lines, pinged } from '../../support/commanded-room.ts';
import { Room, SETTINGS } from '../../support/room.ts';

function fresh(): Room {
  const room = new Room('x', { settings: SETTINGS }).joins('ann', 'bob', 'cat');
  room.does('ann', 'take-command');
  return room;
}

test('[CMD-5] 10 min without an answer to any prompt: the room is asked whether they are still in command', () => {
  const room = fresh();
  room.fastForward('9m59s');
  expect(room.happened('commander-questioned')).toEqual([]);
  room.fastForward('1s');
  expect(room.happened('commander-questioned')).toMatchObject([{ person: 'ann', why: 'silent' }]);
  expect(room.line).toBe('commander-silent');
  expect(pinged(room, 'still-in-command')).toEqual([{ to: ['ann'], after: 600_000 }]);
  room.fastForward('2m');
  expect(room.happened('command-lapsed')).toHaveLength(1);
  expect(room.line).toBe('no-commander-but');
});

test('[CMD-5] any answer begins the 10 min anew', () => {
  const room = fresh();
  room.fastForward('9m');
  room.presses('ann', 'impact-sees', 'answer-unknown');
  room.fastForward('9m59s');
  expect(room.happened('commander-questioned')).toEqual([]);
  room.fastForward('1s');
  expect(room.happened('commander-questioned')).toHaveLength(1);
  room.presses('ann', 'commander-silent', 'confirm-command');
  expect(lines(room)).not.toContain('commander-silent');
  room.fastForward('9m59s');
  expect(room.happened('commander-questioned')).toHaveLength(1);
});

test('[CMD-5] what others do is not the commander’s answer', () => {
  const room = fresh();
  room.fastForward('9m');
  room.does('bob', 'note', { text: 'Errors at 12 %' });
  room.fastForward('1m');
  expect(room.happened('commander-questioned')).toHaveLength(1);
});

test('[CMD-5] the 10 min are those of a prompt that stands, not of one that somebody has just settled', () => {
  const room = fresh();
  room.fastForward('1m');
  room.does('bob', 'assess-impact', { sees: 'Nobody can pay' });
  // The next question stands since the first minute, the lull since the second.
  room.fastForward('9m59s');
  expect(room.happened('commander-questioned')).toEqual([]);
  room.fastForward('1s');
  expect(room.happened('commander-questioned')).toHaveLength(1);
});

test('[CMD-5] while nothing is asked of them, silence means nothing', () => {
  const room = fresh();
  room.does('ann', 'mitigated');
  room.fastForward('14m');
  expect(room.happened('commander-questioned')).toEqual([]);
});

test('[CMD-5] leaving the call while being asked is no answer, and is kept', () => {
  const room = fresh();
  room.fastForward('10m');
  room.does('ann', 'leave-call');
  expect(room.line).toBe('commander-silent');
  expect(room.incident.command.leftAt).toBe(room.now);
  room.fastForward('2m');
  expect(room.happened('command-lapsed')).toMatchObject([{ person: 'ann' }]);
});
