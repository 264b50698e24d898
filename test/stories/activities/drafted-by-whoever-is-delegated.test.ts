// Customer messages are drafted by whoever has been given customer communication.
import { expect, test } from '@jest/globals';
import { activity, commanded, underWay } from '../../support/commanded-room.ts';

const text = 'Payments are failing for some of you. We are on it.';

test('[ACT-3] who was given customer communication drafts; the commander is asked to confirm', () => {
  const room = commanded();
  underWay(room, 'dan', 'Tell the customers', { kind: 'customers' });
  room.fastForward('1m');
  room.does('dan', 'draft-message', { text });
  expect(room.incident.messages).toMatchObject([{ id: 1, text, by: 'dan', status: 'draft' }]);
  expect(room.prompt('confirm-message')).toMatchObject({
    to: 'ann',
    rank: 'writing',
    since: room.now,
    facts: { message: 1, text },
  });
  expect(room.pings.at(-1)).toMatchObject({ to: ['ann'], line: 'confirm-message' });
});

test('[ACT-3] anybody else is refused: the commander is offered to delegate it, others to keep it as a note', () => {
  const room = commanded();
  expect(room.isRefused('dan', 'draft-message', { text })).toMatchObject({
    refused: 'draft-whose',
    next: [{ command: 'note', fields: { text } }],
  });
  expect(room.isRefused('ann', 'draft-message', { text })).toMatchObject({
    refused: 'draft-whose',
    next: [{ command: 'delegate', fields: { kind: 'customers', what: text } }],
  });
  underWay(room, 'cat', 'Tell the customers', { kind: 'customers' });
  expect(room.isRefused('dan', 'draft-message', { text }).refused).toBe('draft-whose');
  expect(room.incident.messages).toEqual([]);
});

test('[ACT-3] drafting takes the work on that was offered; once it is done, it takes new work to draft', () => {
  const room = commanded();
  room.does('ann', 'delegate', { owner: 'dan', what: 'Tell the customers', kind: 'customers' });
  room.does('dan', 'draft-message', { text });
  expect(activity(room, 1).status).toBe('under-way');
  room.does('dan', 'finish');
  expect(room.isRefused('dan', 'draft-message', { text }).refused).toBe('draft-whose');
});

test('[ACT-3] a communications lead drafts without being asked', () => {
  const room = commanded();
  room.world = { ...room.world, settings: { ...room.world.settings, commsLeads: ['eve'] } };
  room.does('eve', 'draft-message', { text });
  expect(room.incident.messages).toHaveLength(1);
});

test('[ACT-3] a draft is written anew or withdrawn, until it is confirmed', () => {
  const room = commanded();
  underWay(room, 'dan', 'Tell the customers', { kind: 'customers' });
  room.does('dan', 'draft-message', { text });
  room.does('dan', 'draft-message', { text: 'Better words', message: 1 });
  expect(room.incident.messages).toMatchObject([{ id: 1, text: 'Better words' }]);
  room.does('dan', 'draft-message', { text: 'A second one' });
  room.does('dan', 'withdraw-message', { message: 2, reason: 'Too early' });
  expect(room.incident.messages).toMatchObject([
    { id: 1, status: 'draft' },
    { id: 2, status: 'withdrawn' },
  ]);
  expect(room.isRefused('ann', 'confirm-message', { message: 2 }).refused).toBe('not-a-draft');
  room.does('ann', 'confirm-message', { message: 1 });
  expect(room.isRefused('dan', 'draft-message', { text: 'x', message: 1 }).refused).toBe('not-a-draft');
  expect(room.isRefused('dan', 'withdraw-message', { message: 1 }).refused).toBe('not-a-draft');
});
