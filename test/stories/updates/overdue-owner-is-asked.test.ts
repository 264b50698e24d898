// Whoever is past their time is asked for a new one; more time is always fine.
import { expect, test } from '@jest/globals';
import { activity, commanded, MINUTE, pinged, restart, underWay } from '../../support/commanded-room.ts';

test('[UPD-2] past its time, its owner is asked for a new one', () => {
  const room = commanded();
  const id = underWay(room, 'bob', 'Read the logs', { due: '12m' });
  room.fastForward('11m59s');
  expect(room.happened('estimate-asked')).toEqual([]);
  room.fastForward('1s');
  expect(room.happened('estimate-asked')).toMatchObject([{ activity: id, owner: 'bob' }]);
  expect(activity(room, id).overdue).toBe(true);
  expect(room.promptsTo('bob')).toMatchObject([{ line: 'overdue', rank: 'rhythm' }]);
});

test('[UPD-2] more time is always fine, any amount, however often', () => {
  const room = commanded();
  const id = underWay(room, 'bob', 'Restore', { due: '3m' });
  for (const due of ['5m', '3h', '10h']) {
    room.does('bob', 'give-estimate', { activity: id, due });
    expect(activity(room, id).overdue).toBe(false);
  }
  expect(activity(room, id).due).toBe(room.now + 600 * MINUTE);
  room.fastForward('1h');
  expect(room.happened('estimate-asked')).toEqual([]);
  expect(room.promptsTo('bob').filter(({ line }) => line === 'overdue')).toEqual([]);
});

test('[UPD-2] the commander writes down a time that its owner says aloud', () => {
  const room = commanded();
  const id = underWay(room, 'bob', 'Restore', { due: '3m' });
  room.fastForward('4m');
  room.does('ann', 'give-estimate', { activity: id, due: '30m' });
  expect(activity(room, id)).toMatchObject({ overdue: false, due: room.now + 30 * MINUTE });
  expect(room.isRefused('cat', 'give-estimate', { activity: id, due: '1m' }).refused).toBe('not-yours');
});

test('[UPD-2] [UPD-4] asked again only after its interval, and never beside a round', () => {
  const room = commanded();
  const id = underWay(room, 'bob', 'Read the logs', { due: '12m' });
  room.fastForward('31m');
  // At 12 and 17 for a time; the round at 20 asks nobody who was asked at 17.
  expect(pinged(room, `report:${id}`).map(({ after }) => after / MINUTE)).toEqual([12, 17, 22, 27]);
  expect(room.happened('round-opened')).toMatchObject([{ asked: [] }]);
});

test('[UPD-2] [UPD-4] due at the very moment of a round, it is asked about once', () => {
  const room = commanded();
  const id = underWay(room, 'bob', 'Read the logs', { due: '20m' });
  room.fastForward('24m59s');
  expect(pinged(room, `report:${id}`)).toEqual([{ to: ['bob'], after: 20 * MINUTE }]);
  room.fastForward('1s');
  expect(pinged(room, `report:${id}`)).toHaveLength(2);
});

test('[UPD-2] news without a time is welcome, and the time is still asked for', () => {
  const room = commanded();
  const id = underWay(room, 'bob', 'Read the logs', { due: '3m' });
  room.fastForward('3m');
  room.does('bob', 'report', { activity: id, text: 'Still reading' });
  expect(activity(room, id)).toMatchObject({ overdue: true, progress: { text: 'Still reading' } });
  room.fastForward('5m');
  expect(room.happened('estimate-asked')).toHaveLength(2);
});

test('[UPD-2] put off by its owner, the question waits', () => {
  const room = commanded();
  underWay(room, 'bob', 'Read the logs', { due: '3m' });
  room.fastForward('3m');
  room.does('bob', 'snooze', { prompt: room.prompt('overdue').key, for: '12m' });
  room.fastForward('11m');
  expect(room.happened('estimate-asked')).toHaveLength(1);
  room.fastForward('1m');
  expect(room.happened('estimate-asked')).toHaveLength(2);
});

test('[UPD-2] what one owner put off is asked of the next', () => {
  const room = commanded();
  const id = underWay(room, 'cat', 'Read the logs', { due: '3m' });
  room.fastForward('3m');
  room.does('cat', 'snooze', { prompt: room.prompt('overdue').key, for: '2h' });
  room.does('ann', 'give', { activity: id, to: 'bob' });
  room.does('bob', 'acknowledge', { activity: id, due: '10m' });
  room.fastForward('10m');
  expect(room.happened('estimate-asked').at(-1)).toMatchObject({ owner: 'bob', at: room.now });
  expect(room.prompt('overdue').to).toBe('bob');
});

test('[UPD-2] it is asked in the watch too, and never of finished work', () => {
  const room = commanded();
  underWay(room, 'bob', 'Read the logs', { due: '3m' });
  underWay(room, 'cat', 'Count', { due: '3m' });
  room.does('cat', 'finish', { activity: 2 });
  room.does('ann', 'mitigated');
  room.fastForward('3m');
  expect(room.happened('estimate-asked').map(({ owner }) => owner)).toEqual(['bob']);
});

test('[UPD-2] Baton asleep for an hour asks once when it is back', () => {
  const room = commanded();
  underWay(room, 'bob', 'Read the logs', { due: '3m' });
  room.now += 60 * MINUTE;
  restart(room);
  room.rings();
  room.rings();
  expect(pinged(room, 'report:1')).toHaveLength(1);
});
