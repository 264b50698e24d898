// Work that waits on itself, or all on one person or thing, is named as it forms.
import { expect, test } from '@jest/globals';
import { activity, commanded, lines, pinged, queued, restart, underWay } from '../../support/commanded-room.ts';

test('[DO-4] the wait is said: for other work, a person or a thing; and it ends when said so', () => {
  const room = commanded();
  const first = underWay(room, 'bob');
  const second = underWay(room, 'cat', 'Count failures');
  room.does('bob', 'wait-for', { activity: first, other: second });
  expect(activity(room, first).waiting).toEqual({ for: { activity: second }, since: room.now });
  room.does('bob', 'wait-for', { activity: first, person: 'eve' });
  expect(activity(room, first).waiting?.for).toEqual({ person: 'eve' });
  room.does('bob', 'wait-for', { activity: first, thing: 'the VPN' });
  expect(activity(room, first).waiting?.for).toEqual({ thing: 'the VPN' });
  room.does('bob', 'stop-waiting', { activity: first });
  expect(activity(room, first).waiting).toBeUndefined();
  expect(room.happened('deadlock-named')).toEqual([]);
});

test('[DO-4] given to whoever it waits for, it waits no longer; given to another, it does', () => {
  const room = commanded();
  underWay(room, 'bob');
  room.does('bob', 'wait-for', { activity: 1, person: 'cat' });
  room.does('ann', 'give', { activity: 1, to: 'dan' });
  expect(activity(room, 1).waiting?.for).toEqual({ person: 'cat' });
  room.does('ann', 'give', { activity: 1, to: 'cat' });
  expect(activity(room, 1)).toMatchObject({ owner: 'cat', waiting: undefined });
});

test('[DO-4] two that wait for each other are named at once, to the commander alone', () => {
  const room = commanded();
  underWay(room, 'bob');
  underWay(room, 'cat', 'Count failures');
  room.does('bob', 'wait-for', { activity: 1, other: 2 });
  expect(room.happened('deadlock-named')).toEqual([]);
  room.does('cat', 'wait-for', { activity: 2, other: 1 });
  expect(room.happened('deadlock-named')).toMatchObject([{ shape: 'cycle', activities: [1, 2], at: room.now }]);
  expect(pinged(room, 'deadlock')).toEqual([{ to: ['ann'], after: 0 }]);
  expect(room.prompt('deadlock-cycle')).toMatchObject({ to: 'ann', rank: 'work' });
});

test('[DO-4] a cycle through people is one: Bob waits for Cat, who waits for Dan, who waits for Bob’s work', () => {
  const room = commanded();
  underWay(room, 'bob');
  underWay(room, 'cat', 'Count failures');
  underWay(room, 'dan', 'Restore');
  room.does('bob', 'wait-for', { activity: 1, person: 'cat' });
  room.does('cat', 'wait-for', { activity: 2, person: 'dan' });
  room.does('dan', 'wait-for', { activity: 3, other: 1 });
  expect(room.happened('deadlock-named')).toMatchObject([{ shape: 'cycle', activities: [1, 2, 3] }]);
});

test('[DO-4] a cycle among some is named though others work on', () => {
  const room = commanded();
  for (const owner of ['bob', 'cat', 'dan']) underWay(room, owner);
  room.does('bob', 'wait-for', { activity: 1, other: 2 });
  room.does('cat', 'wait-for', { activity: 2, person: 'bob' });
  expect(room.happened('deadlock-named')).toMatchObject([{ activities: [1, 2] }]);
});

test('[DO-4] a chain that ends in somebody who works is no deadlock', () => {
  const room = commanded();
  for (const owner of ['bob', 'cat', 'dan']) underWay(room, owner);
  room.does('bob', 'wait-for', { activity: 1, other: 2 });
  room.does('cat', 'wait-for', { activity: 2, person: 'dan' });
  expect(room.happened('deadlock-named')).toEqual([]);
});

test('[DO-4] all waiting on one person is a pile-up, with paging that person as the first way out', () => {
  const room = commanded();
  underWay(room, 'bob');
  underWay(room, 'cat');
  room.does('bob', 'wait-for', { activity: 1, person: 'eve' });
  room.does('cat', 'wait-for', { activity: 2, person: 'eve' });
  expect(room.happened('deadlock-named')).toMatchObject([
    { shape: 'pile-up', activities: [1, 2], on: { person: 'eve' } },
  ]);
  expect(room.prompt('deadlock-pile-up').buttons[0]).toMatchObject({ command: 'page', fields: { person: 'eve' } });
});

test('[DO-4] all waiting on one thing is one too, however it is written; on two things it is not', () => {
  const room = commanded();
  underWay(room, 'bob');
  underWay(room, 'cat');
  room.does('bob', 'wait-for', { activity: 1, thing: 'the VPN' });
  room.does('cat', 'wait-for', { activity: 2, thing: 'The vpn!' });
  expect(room.happened('deadlock-named')).toHaveLength(1);

  const other = commanded();
  underWay(other, 'bob');
  underWay(other, 'cat');
  other.does('bob', 'wait-for', { activity: 1, thing: 'the VPN' });
  other.does('cat', 'wait-for', { activity: 2, thing: 'the vendor' });
  expect(other.happened('deadlock-named')).toEqual([]);
});

test('[DO-4] one that works on, or one alone that waits, is no pile-up', () => {
  const room = commanded();
  underWay(room, 'bob');
  room.does('bob', 'wait-for', { activity: 1, person: 'eve' });
  expect(room.happened('deadlock-named')).toEqual([]);
  underWay(room, 'cat');
  underWay(room, 'dan');
  room.does('cat', 'wait-for', { activity: 2, person: 'eve' });
  expect(room.happened('deadlock-named')).toEqual([]);
  room.does('dan', 'finish', { activity: 3 });
  expect(room.happened('deadlock-named')).toMatchObject([{ shape: 'pile-up', activities: [1, 2] }]);
});

test('[DO-4] it is named once; tied again after it was undone, it is named anew', () => {
  const room = commanded();
  underWay(room, 'bob');
  underWay(room, 'cat');
  room.does('bob', 'wait-for', { activity: 1, other: 2 });
  room.does('cat', 'wait-for', { activity: 2, other: 1 });
  restart(room);
  room.fastForward('2m');
  expect(room.happened('deadlock-named')).toHaveLength(1);
  room.presses('ann', 'deadlock-cycle', 'stop-waiting');
  expect(lines(room)).not.toContain('deadlock-cycle');
  room.fastForward('1m');
  room.does('bob', 'wait-for', { activity: 1, other: 2 });
  expect(room.happened('deadlock-named')).toHaveLength(2);
});

test('[DO-4] what is waited for ends: nobody waits any longer', () => {
  for (const end of ['finish', 'cancel']) {
    const room = commanded();
    underWay(room, 'bob');
    underWay(room, 'cat');
    room.does('bob', 'wait-for', { activity: 1, other: 2 });
    room.does(end === 'finish' ? 'cat' : 'ann', end, { activity: 2 });
    expect(activity(room, 1).waiting).toBeUndefined();
  }
});

test('[DO-4] work may wait for a mitigation in the queue, but not for itself, its owner or what has ended', () => {
  const room = commanded();
  const id = underWay(room, 'bob');
  const next = queued(room, 'cat', 'Restart');
  room.does('bob', 'wait-for', { activity: id, other: next });
  expect(activity(room, id).waiting?.for).toEqual({ activity: next });
  expect(room.isRefused('bob', 'wait-for', { activity: id, other: id }).refused).toBe('waits-for-itself');
  expect(room.isRefused('bob', 'wait-for', { activity: id, person: 'bob' }).refused).toBe('waits-for-itself');
  expect(room.isRefused('bob', 'wait-for', { activity: id }).refused).toBe('wait-for-what');
  room.does('ann', 'cancel', { activity: next });
  expect(room.isRefused('bob', 'wait-for', { activity: id, other: next }).refused).toBe('activity-ended');
});

test('[DO-4] given to somebody else, a knot through its owner comes undone', () => {
  const room = commanded();
  underWay(room, 'bob');
  underWay(room, 'cat');
  room.does('bob', 'wait-for', { activity: 1, person: 'cat' });
  room.does('cat', 'wait-for', { activity: 2, person: 'bob' });
  room.does('ann', 'give', { activity: 1, to: 'dan' });
  expect(lines(room)).not.toContain('deadlock-cycle');
});
