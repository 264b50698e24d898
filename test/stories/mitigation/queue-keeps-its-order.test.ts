// Further mitigations wait in the order of the queue, which is the commander's.
import { expect, test } from '@jest/globals';
import { activity, commanded, done, lines, queued, running } from '../../support/commanded-room.ts';

test('[MIT-1] proposals queue in the order they came, from anybody, and start in that order', () => {
  const room = commanded();
  const first = queued(room, 'bob', 'Roll back');
  room.does('dan', 'propose-mitigation', { what: 'Restart the pool', owner: 'dan' });
  room.does('eve', 'propose-mitigation', { what: 'Fail over' });
  expect(room.incident.queue).toEqual([first, 2, 3]);

  expect(room.prompt('start-next').facts).toMatchObject({ activity: { activity: first }, owner: { person: 'bob' } });
  room.presses('ann', 'start-next', 'start-mitigation');
  expect(lines(room)).not.toContain('start-next');
  room.does('bob', 'finish', { activity: first });
  room.does('ann', 'judge-mitigation', { activity: first, verdict: 'no-effect' });
  expect(room.prompt('start-next').facts.activity).toEqual({ activity: 2 });
});

test('[MIT-1] the commander reorders it; nobody else can', () => {
  const room = commanded();
  for (const what of ['Roll back', 'Restart', 'Fail over']) queued(room, 'bob', what);
  room.does('ann', 'move-mitigation', { activity: 3, place: 1 });
  expect(room.incident.queue).toEqual([3, 1, 2]);
  room.does('ann', 'move-mitigation', { activity: 3, place: 99 });
  expect(room.incident.queue).toEqual([1, 2, 3]);
  expect(room.does('ann', 'move-mitigation', { activity: 1, place: 1 })).toEqual([]);
  expect(room.isRefused('bob', 'move-mitigation', { activity: 2, place: 1 }).refused).toBe('commander-only');
});

test('[MIT-1] what has started or was called off is no longer in the queue', () => {
  const room = commanded();
  const first = running(room, 'bob');
  const second = queued(room, 'cat', 'Restart');
  room.does('ann', 'cancel', { activity: second });
  expect(room.incident.queue).toEqual([]);
  expect(room.isRefused('ann', 'move-mitigation', { activity: first, place: 1 }).refused).toBe('not-queued');
  expect(room.isRefused('ann', 'start-mitigation', { activity: second }).refused).toBe('not-queued');
});

test('[MIT-1] [DO-1] given to somebody while nobody has it yet, the way is to start it with them', () => {
  const room = commanded();
  room.does('eve', 'propose-mitigation', { what: 'Fail over' });
  const { refused, next } = room.isRefused('ann', 'give', { activity: 1, to: 'bob' });
  expect([refused, next]).toEqual([
    'mitigation-whose',
    [{ command: 'start-mitigation', fields: { activity: 1, owner: 'bob' } }],
  ]);
  room.does('ann', 'start-mitigation', next[0].fields);
  expect(activity(room, 1)).toMatchObject({ status: 'offered', owner: 'bob' });
});

test('[MIT-1] a button of a queue that has changed since is stale, and can be pressed again knowingly', () => {
  const room = commanded();
  queued(room, 'bob', 'Roll back');
  queued(room, 'cat', 'Restart');
  const seen = room.incident.version;
  queued(room, 'dan', 'Fail over');
  const outcome = room.tries('ann', 'move-mitigation', { activity: 2, place: 1 }, { seen });
  expect(outcome).toMatchObject({ refusal: { refused: 'stale', next: [{ command: 'move-mitigation' }] } });
  expect(room.incident.queue).toEqual([1, 2, 3]);
});

test('[MIT-1] one without an owner needs one to start: the refusal asks who', () => {
  const room = commanded();
  room.does('eve', 'propose-mitigation', { what: 'Fail over' });
  expect(room.line).toBe('start-next-whose');
  expect(room.isRefused('ann', 'start-mitigation', { activity: 1 }).refused).toBe('mitigation-whose');
  room.does('ann', 'start-mitigation', { activity: 1, owner: 'eve' });
  expect(activity(room, 1)).toMatchObject({ owner: 'eve', status: 'offered' });
});

test('[MIT-1] nothing is said to be next while something runs or is observed', () => {
  const room = commanded();
  done(room, 'bob');
  queued(room, 'cat', 'Restart');
  expect(lines(room)).not.toContain('start-next');
  room.fastForward('3m');
  expect(lines(room)).toEqual(expect.arrayContaining(['judge-mitigation', 'start-next']));
  expect(lines(room).indexOf('judge-mitigation')).toBeLessThan(lines(room).indexOf('start-next'));
});
