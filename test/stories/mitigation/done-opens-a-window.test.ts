// What has been done is observed for a while before anything else is tried.
import { expect, test } from '@jest/globals';
import { commanded, done, MINUTE, mitigation, running, SECOND } from '../../support/commanded-room.ts';

test.each([
  ['SEV-1', MINUTE],
  ['SEV-2', 3 * MINUTE],
  ['SEV-3', 3 * MINUTE],
])('[MIT-2] at %s the window is %i ms', (severity, length) => {
  const room = commanded(severity);
  const id = done(room, 'bob');
  expect(mitigation(room, id)).toMatchObject({ stage: 'observing', doneAt: room.now, until: room.now + length });
  room.fastForward(room.now + length - 1);
  expect(mitigation(room, id).stage).toBe('observing');
  room.fastForward(room.now + 1);
  expect(mitigation(room, id).stage).toBe('observed');
});

test('[MIT-2] a mitigation may have a window of its own', () => {
  const room = commanded('SEV-1');
  const id = done(room, 'bob', 'Warm the cache', { observation: '10m' });
  expect(mitigation(room, id).until).toBe(room.now + 10 * MINUTE);
});

test('[MIT-2] the window opens when its owner says it is done, not before and not for anybody else', () => {
  const room = commanded();
  const id = running(room, 'bob');
  expect(room.isRefused('cat', 'finish', { activity: id }).refused).toBe('not-yours');
  room.fastForward('4m');
  expect(mitigation(room, id)).toMatchObject({ stage: 'running' });
  room.does('bob', 'finish', { activity: id, result: 'Rolled back' });
  expect(mitigation(room, id).until).toBe(room.now + 3 * MINUTE);
});

test('[MIT-2] [IMP-3] a severity changed within the window moves no promise: the window ends when the room was told', () => {
  const room = commanded('SEV-2');
  const id = done(room, 'bob');
  const { until } = mitigation(room, id);
  room.fastForward('30s');
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Everybody is hit' });
  expect(mitigation(room, id).until).toBe(until);
  room.fastForward('2m');
  expect(mitigation(room, id).stage).toBe('observing');
  room.fastForward('30s');
  expect(mitigation(room, id).stage).toBe('observed');
});

test('[MIT-2] rings that come late or twice end the window once', () => {
  const room = commanded();
  const id = done(room, 'bob');
  room.now += 20 * MINUTE;
  room.rings();
  room.rings();
  expect(room.happened('observation-ended')).toHaveLength(1);
  expect(mitigation(room, id).stage).toBe('observed');
  room.now += SECOND;
  expect(room.rings()).toEqual([]);
});
