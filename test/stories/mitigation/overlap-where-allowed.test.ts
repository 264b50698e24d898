// Mitigations overlap only where the severity allows it, by the commander, with a reason, and marked.
import { expect, test } from '@jest/globals';
import { commanded, done, mitigation, queued, running } from '../../support/commanded-room.ts';

test.each(['SEV-2', 'SEV-3'])('[MIT-3] at %s no reason is good enough', (severity) => {
  const room = commanded(severity);
  const first = running(room, 'bob');
  const second = queued(room, 'cat', 'Restart');
  const refusal = room.isRefused('ann', 'start-mitigation', { activity: second, overlap: 'It is urgent' });
  expect(refusal).toMatchObject({ refused: 'no-overlap', facts: { severity: { severity } } });
  expect(mitigation(room, first).confounded).toEqual([]);
});

test('[MIT-3] at SEV-1 a reason is asked for, and offered as a button', () => {
  const room = commanded('SEV-1');
  running(room, 'bob');
  const second = queued(room, 'cat', 'Restart');
  const refusal = room.isRefused('ann', 'start-mitigation', { activity: second });
  expect(refusal.refused).toBe('mitigation-running');
  expect(refusal.next).toContainEqual({
    command: 'start-mitigation',
    fields: { activity: second, owner: 'cat' },
    label: 'overlap',
  });
});

test('[MIT-3] with a reason it starts, and both are marked: which one worked cannot be told', () => {
  const room = commanded('SEV-1');
  const first = running(room, 'bob');
  const second = queued(room, 'cat', 'Restart');
  room.does('ann', 'start-mitigation', { activity: second, overlap: 'Every minute costs' });
  expect(mitigation(room, first).confounded).toEqual([second]);
  expect(mitigation(room, second)).toMatchObject({ confounded: [first], overlapReason: 'Every minute costs' });
  expect(room.happened('mitigation-started').at(-1)).toMatchObject({ by: 'ann', reason: 'Every minute costs' });
});

test('[MIT-3] a third is confounded with both, and the mark outlasts whatever ends first', () => {
  const room = commanded('SEV-1');
  const first = running(room, 'bob');
  const second = queued(room, 'cat', 'Restart');
  room.does('ann', 'start-mitigation', { activity: second, overlap: 'Every minute costs' });
  room.does('ann', 'cancel', { activity: first });
  const third = queued(room, 'dan', 'Fail over');
  room.does('ann', 'start-mitigation', { activity: third, overlap: 'Every minute costs' });
  expect(mitigation(room, first).confounded).toEqual([second]);
  expect(mitigation(room, second).confounded).toEqual([first, third]);
  expect(mitigation(room, third).confounded).toEqual([second]);
});

test('[MIT-3] starting within another’s observation is an overlap too; after its judgement it is none', () => {
  const room = commanded('SEV-1');
  const first = done(room, 'bob');
  const second = queued(room, 'cat', 'Restart');
  room.does('ann', 'start-mitigation', { activity: second, overlap: 'No time' });
  expect(mitigation(room, first).confounded).toEqual([second]);

  const calm = commanded('SEV-1');
  const judged = done(calm, 'bob');
  calm.does('ann', 'judge-mitigation', { activity: judged, verdict: 'no-effect' });
  const next = queued(calm, 'cat', 'Restart');
  calm.does('ann', 'start-mitigation', { activity: next, overlap: 'No time' });
  expect(mitigation(calm, next)).toMatchObject({ confounded: [] });
  expect(mitigation(calm, next).overlapReason).toBeUndefined();
});

test('[MIT-3] only the commander overlaps', () => {
  const room = commanded('SEV-1');
  running(room, 'bob');
  const second = queued(room, 'cat', 'Restart');
  const refusal = room.isRefused('cat', 'start-mitigation', { activity: second, overlap: 'I am ready' });
  expect(refusal.refused).toBe('commander-only');
});

test('[MIT-3] [IMP-3] a severity change decides at once what may overlap, and ends nothing that runs', () => {
  const room = commanded('SEV-1');
  const first = running(room, 'bob');
  const second = queued(room, 'cat', 'Restart');
  room.does('ann', 'start-mitigation', { activity: second, overlap: 'Every minute costs' });
  const third = queued(room, 'dan', 'Fail over');
  room.does('ann', 'set-severity', { severity: 'SEV-2', reason: 'Only some are hit' });
  expect([mitigation(room, first).stage, mitigation(room, second).stage]).toEqual(['running', 'running']);
  const again = { activity: third, overlap: 'Every minute costs' };
  expect(room.isRefused('ann', 'start-mitigation', again).refused).toBe('no-overlap');
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Everybody again' });
  room.does('ann', 'start-mitigation', again);
  expect(mitigation(room, third).confounded).toEqual([first, second]);
});
