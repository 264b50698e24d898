// A mitigation is one whichever way it is given to somebody.
import { expect, test } from '@jest/globals';
import { activity, commanded, done, running } from '../../support/commanded-room.ts';

test('[MIT-1] delegating a mitigation starts it at once when nothing runs', () => {
  const room = commanded();
  room.does('ann', 'delegate', { owner: 'bob', what: 'Roll back', kind: 'mitigation' });
  expect(activity(room, 1)).toMatchObject({ kind: 'mitigation', owner: 'bob', mitigation: { stage: 'running' } });
  expect(room.incident.queue).toEqual([]);
});

test('[MIT-1] delegating one while another runs is refused and leaves no trace; one press puts it into the queue', () => {
  const room = commanded();
  running(room, 'bob');
  const refusal = room.isRefused('ann', 'delegate', { owner: 'cat', what: 'Restart the pool', kind: 'mitigation' });
  expect(refusal.refused).toBe('mitigation-running');
  expect(room.incident.activities).toHaveLength(1);
  expect(room.incident.queue).toEqual([]);

  const [way] = refusal.next;
  expect(way).toMatchObject({ command: 'propose-mitigation', fields: { what: 'Restart the pool', owner: 'cat' } });
  room.does('ann', way.command, way.fields);
  expect(room.incident.queue).toEqual([2]);
  expect(activity(room, 2).owner).toBe('cat');
});

test('[MIT-1] the same while one is observed, with judging it offered beside', () => {
  const room = commanded();
  const first = done(room, 'bob');
  const refusal = room.isRefused('ann', 'delegate', { owner: 'cat', what: 'Restart', kind: 'mitigation' });
  expect(refusal.refused).toBe('mitigation-observed');
  expect(refusal.next.map(({ command }) => command)).toEqual(['propose-mitigation', 'judge-mitigation']);
  expect(refusal.next[1]?.fields).toEqual({ activity: first });
});

test('[MIT-3] an overlap is never slipped in by delegating, not even where the severity allows it', () => {
  const room = commanded('SEV-1');
  running(room, 'bob');
  room.isRefused('ann', 'delegate', { owner: 'cat', what: 'Restart', kind: 'mitigation' });
  expect(room.incident.activities).toHaveLength(1);
});
