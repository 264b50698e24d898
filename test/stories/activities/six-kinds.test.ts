// Six kinds of activity, and what each of them allows.
import { expect, test } from '@jest/globals';
import { KINDS } from '../../../src/core/events.ts';
import { activity, commanded, running, underWay } from '../../support/commanded-room.ts';

test('[ACT-1] work is one of six kinds: paging, conversation, information, updates, mitigation, customers', () => {
  expect(KINDS).toEqual(['paging', 'conversation', 'information', 'updates', 'mitigation', 'customers']);
  const room = commanded();
  for (const [n, kind] of KINDS.entries()) {
    room.does('ann', 'delegate', { owner: 'cat', what: `Work ${n}`, kind });
    expect(activity(room, n + 1)).toMatchObject({ kind, owner: 'cat', status: 'offered' });
  }
  expect(room.isRefused('ann', 'delegate', { owner: 'cat', what: 'x', kind: 'coding' }).refused).toBe('field-choice');
});

test('[ACT-1] what nobody calls otherwise is information', () => {
  const room = commanded();
  room.does('ann', 'delegate', { owner: 'cat', what: 'Read the logs' });
  expect(activity(room, 1).kind).toBe('information');
});

test('[ACT-1] only a mitigation takes the one slot; the other five run beside it', () => {
  const room = commanded();
  running(room, 'bob');
  for (const kind of KINDS.filter((one) => one !== 'mitigation')) underWay(room, 'cat', 'Work', { kind });
  expect(room.incident.activities.filter(({ status }) => status === 'under-way')).toHaveLength(6);
  expect(room.isRefused('ann', 'delegate', { owner: 'dan', what: 'Restart', kind: 'mitigation' }).refused).toBe(
    'mitigation-running',
  );
});

test('[ACT-1] only updates may be the commander’s own', () => {
  const room = commanded();
  room.does('ann', 'delegate', { owner: 'ann', what: 'Tell the board', kind: 'updates' });
  expect(room.isRefused('ann', 'delegate', { owner: 'ann', what: 'Page the vendor', kind: 'paging' }).refused).toBe(
    'commander-acts',
  );
});

test('[ACT-1] only customer communication lets somebody draft for customers', () => {
  const room = commanded();
  for (const kind of KINDS.filter((one) => one !== 'customers' && one !== 'mitigation')) {
    underWay(room, 'dan', 'Work', { kind });
    expect(room.isRefused('dan', 'draft-message', { text: 'We are on it' }).refused).toBe('draft-whose');
  }
  underWay(room, 'dan', 'Tell the customers', { kind: 'customers' });
  room.does('dan', 'draft-message', { text: 'We are on it' });
});
