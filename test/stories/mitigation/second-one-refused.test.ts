// Only one thing that should change the impact is tried at a time.
import { expect, test } from '@jest/globals';
import { activity, commanded, done, MINUTE, queued, running } from '../../support/commanded-room.ts';

test('[MIT-1] a second mitigation is refused with what is running, whose it is and since when', () => {
  const room = commanded();
  const first = running(room, 'bob', 'Roll back 4.2');
  const second = queued(room, 'cat', 'Restart the pool');
  const { startedAt } = activity(room, first).mitigation ?? {};
  room.fastForward('1m');

  const refusal = room.isRefused('ann', 'start-mitigation', { activity: second });
  expect(refusal.refused).toBe('mitigation-running');
  expect(refusal.facts).toMatchObject({
    activity: { activity: first },
    owner: { person: 'bob' },
    since: { at: startedAt },
  });
  expect(activity(room, second).status).toBe('queued');
});

test('[MIT-1] while one is observed the refusal says until when, and offers to judge it now', () => {
  const room = commanded();
  const first = done(room, 'bob');
  const second = queued(room, 'cat', 'Restart the pool');

  const refusal = room.isRefused('ann', 'start-mitigation', { activity: second });
  expect(refusal.refused).toBe('mitigation-observed');
  expect(refusal.facts).toMatchObject({ activity: { activity: first }, until: { at: room.now + 3 * MINUTE } });
  expect(refusal.next[0]).toMatchObject({ command: 'judge-mitigation', fields: { activity: first } });
});

test('[MIT-1] what waits in the queue is never offered to be queued once more', () => {
  const room = commanded();
  running(room, 'bob');
  const last = queued(room, 'cat', 'Restart the pool');
  const refusal = room.isRefused('ann', 'start-mitigation', { activity: last });
  expect(refusal.next.map(({ command }) => command)).not.toContain('propose-mitigation');
});

test('[MIT-1] of two that overlap the refusal names the one that still runs, not the one being watched', () => {
  const room = commanded('SEV-1');
  done(room, 'bob');
  const second = queued(room, 'cat', 'Restart the pool');
  room.does('ann', 'start-mitigation', { activity: second, overlap: 'Every minute costs' });
  const third = queued(room, 'dan', 'Fail over');

  const refusal = room.isRefused('ann', 'start-mitigation', { activity: third });
  expect(refusal.refused).toBe('mitigation-running');
  expect(refusal.facts.activity).toEqual({ activity: second });
});

test('[MIT-1] one that nobody has acknowledged yet holds the slot, and so does one declined, until it is called off', () => {
  const room = commanded();
  const first = queued(room, 'bob', 'Roll back');
  const second = queued(room, 'cat', 'Restart the pool');
  room.does('ann', 'start-mitigation', { activity: first });
  expect(room.isRefused('ann', 'start-mitigation', { activity: second }).refused).toBe('mitigation-running');

  room.does('bob', 'decline', { activity: first, reason: 'No access' });
  expect(room.isRefused('ann', 'start-mitigation', { activity: second }).refused).toBe('mitigation-running');

  room.does('ann', 'cancel', { activity: first, reason: 'Nobody has access' });
  expect(activity(room, first).mitigation?.stage).toBe('dropped');
  room.does('ann', 'start-mitigation', { activity: second });
  expect(activity(room, second).mitigation?.stage).toBe('running');
});

test('[MIT-1] the next one is the commander’s to start, nobody else’s', () => {
  const room = commanded();
  const first = queued(room, 'bob', 'Roll back');
  const refusal = room.isRefused('bob', 'start-mitigation', { activity: first });
  expect(refusal).toMatchObject({ refused: 'commander-only', next: [{ command: 'ask-for-command' }] });
});
