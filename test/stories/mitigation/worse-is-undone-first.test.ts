// What made it worse is undone before anything else in the queue.
import { expect, test } from '@jest/globals';
import { activity, commanded, done, lines, mitigation, queued } from '../../support/commanded-room.ts';

test('[MIT-5] worse offers its reversal as the next mitigation, ahead of the queue', () => {
  const room = commanded();
  const id = done(room, 'bob', 'Roll back 4.2');
  const waiting = queued(room, 'cat', 'Restart');
  room.does('ann', 'judge-mitigation', { activity: id, verdict: 'worse' });
  expect(room.prompt('reverse-mitigation')).toMatchObject({ rank: 'safety', to: 'ann' });
  expect(room.line).toBe('reverse-mitigation');

  room.presses('ann', 'reverse-mitigation', 'reverse');
  const undo = room.incident.activities.length;
  expect(room.incident.queue).toEqual([undo, waiting]);
  expect(mitigation(room, undo).reverses).toBe(id);
  expect(lines(room)).not.toContain('reverse-mitigation');
  expect(room.line).toBe('start-next');
  expect(room.prompt('start-next')).toMatchObject({ rank: 'safety', facts: { activity: { activity: undo } } });
});

test('[MIT-5] whoever did it undoes it, without being asked for; not if they left or command by now', () => {
  const room = commanded();
  const id = done(room, 'bob');
  room.does('ann', 'judge-mitigation', { activity: id, verdict: 'worse' });
  room.presses('ann', 'reverse-mitigation', 'reverse');
  expect(activity(room, 2).owner).toBe('bob');

  const left = commanded();
  done(left, 'bob');
  left.does('bob', 'leave-call');
  left.does('ann', 'judge-mitigation', { activity: 1, verdict: 'worse' });
  left.presses('ann', 'reverse-mitigation', 'reverse');
  expect(activity(left, 2).owner).toBeUndefined();
  expect(left.line).toBe('start-next-whose');

  const promoted = commanded();
  done(promoted, 'bob');
  promoted.does('ann', 'hand-over', { to: 'bob' });
  promoted.does('bob', 'accept-hand-over');
  promoted.does('bob', 'judge-mitigation', { activity: 1, verdict: 'worse' });
  promoted.presses('bob', 'reverse-mitigation', 'reverse');
  expect(activity(promoted, 2).owner).toBeUndefined();
});

test('[MIT-5] a reversal that somebody had queued already moves to the front', () => {
  const room = commanded();
  const id = done(room, 'bob');
  const waiting = queued(room, 'cat', 'Restart');
  room.does('dan', 'propose-mitigation', { reverses: id, owner: 'dan' });
  expect(room.incident.queue).toEqual([waiting, 3]);
  room.does('ann', 'judge-mitigation', { activity: id, verdict: 'worse' });
  expect(room.incident.queue).toEqual([3, waiting]);
  expect(lines(room)).not.toContain('reverse-mitigation');
  expect(room.isRefused('ann', 'propose-mitigation', { reverses: id }).refused).toBe('already-reversing');
});

test('[MIT-5] the commander may leave it be, in one press; and a reversal called off is offered again', () => {
  const room = commanded();
  const id = done(room, 'bob');
  room.does('ann', 'judge-mitigation', { activity: id, verdict: 'worse' });
  room.presses('ann', 'reverse-mitigation', 'reverse');
  room.does('ann', 'cancel', { activity: 2 });
  expect(room.line).toBe('reverse-mitigation');
  room.presses('ann', 'reverse-mitigation', 'leave-it');
  expect(lines(room)).not.toContain('reverse-mitigation');
  expect(room.happened('prompt-dismissed')).toHaveLength(1);
});

test('[MIT-5] other verdicts offer no reversal', () => {
  for (const verdict of ['fixed', 'helped', 'no-effect', 'cant-tell']) {
    const room = commanded();
    const id = done(room, 'bob');
    room.does('ann', 'judge-mitigation', { activity: id, verdict });
    expect(lines(room)).not.toContain('reverse-mitigation');
  }
});

test('[MIT-5] undoing goes before all else even where another is thought to have fixed it', () => {
  const room = commanded('SEV-1');
  const first = done(room, 'bob');
  const second = queued(room, 'cat', 'Restart');
  room.does('ann', 'start-mitigation', { activity: second, overlap: 'No time' });
  room.does('cat', 'finish', { activity: second });
  room.does('ann', 'judge-mitigation', { activity: second, verdict: 'fixed' });
  room.does('ann', 'judge-mitigation', { activity: first, verdict: 'worse' });
  room.presses('ann', 'reverse-mitigation', 'reverse');
  expect(room.line).toBe('start-next');
});
