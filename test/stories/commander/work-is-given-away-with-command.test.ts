// Whoever takes command gives away what they own, each piece to a person, and keeps nothing.
import { expect, test } from '@jest/globals';
import { heldBy } from '../../../src/core/activities.ts';
import { commandNamed } from '../../../src/core/commands/index.ts';
import { fieldsOf } from '../../../src/core/fields.ts';
import { activity, commanded, queued, running, underWay } from '../../support/commanded-room.ts';
import type { Room } from '../../support/room.ts';

/** Bob reads logs, runs a rollback and has a restart queued; Ann has stepped down. */
function busy(): Room {
  const room = commanded();
  underWay(room, 'bob');
  running(room, 'bob');
  queued(room, 'bob', 'Restart');
  room.does('ann', 'release-command');
  return room;
}

const pickers = (room: Room, command: string) => {
  const found = commandNamed(command);
  return found
    ? Object.entries(fieldsOf(found, room.incident, 'bob')).filter(([name]) => name.startsWith('give:'))
    : [];
};

test('[CMD-4] taking command while owning work is refused with one picker for each piece', () => {
  const room = busy();
  expect(room.isRefused('bob', 'take-command')).toEqual({
    refused: 'give-away-first',
    facts: { activities: { activities: [1, 2, 3] } },
    next: [{ command: 'take-command', label: 'give-away', primary: true }],
  });
  expect(pickers(room, 'take-command')).toEqual(
    [1, 2, 3].map((id) => [`give:${id}`, { type: 'person', except: ['bob'] }]),
  );
});

test('[CMD-4] given away as they take it, nothing is left with them and each new owner is asked', () => {
  const room = busy();
  room.does('bob', 'take-command', { 'give:1': 'cat', 'give:2': 'Dan Dyer', 'give:3': 'cat' });
  expect(room.incident.command.commander).toBe('bob');
  expect(heldBy(room.incident, 'bob')).toEqual([]);
  expect([1, 2, 3].map((id) => [activity(room, id).owner, activity(room, id).status])).toEqual([
    ['cat', 'offered'],
    ['dan', 'offered'],
    ['cat', 'queued'],
  ]);
  expect(room.promptsTo('cat').map(({ line }) => line)).toContain('acknowledge');
  expect(room.promptsTo('dan').map(({ line }) => line)).toContain('acknowledge');
});

test('[CMD-4] one piece kept, or given to themselves, keeps command away; and nothing half-done remains', () => {
  const room = busy();
  const version = room.incident.version;
  expect(room.isRefused('bob', 'take-command', { 'give:1': 'cat', 'give:2': 'dan' }).facts).toEqual({
    activities: { activities: [3] },
  });
  expect(room.isRefused('bob', 'take-command', { 'give:1': 'cat', 'give:2': 'dan', 'give:3': 'bob' }).refused).toBe(
    'give-away-first',
  );
  expect(room.isRefused('bob', 'take-command', { 'give:1': 'somebody' }).refused).toBe('owner-by-name');
  expect(room.incident.version).toBe(version);
  expect(activity(room, 1).owner).toBe('bob');
});

test('[CMD-4] given away before, command is taken in one press', () => {
  const room = busy();
  for (const id of [1, 2, 3]) room.does('bob', 'give', { activity: id, to: 'cat' });
  room.does('bob', 'take-command');
  expect(room.incident.command.commander).toBe('bob');
});

test('[CMD-4] stakeholder updates may be kept', () => {
  const room = commanded();
  room.does('ann', 'delegate', { owner: 'bob', what: 'Tell the board', kind: 'updates' });
  room.does('ann', 'release-command');
  room.does('bob', 'take-command');
  expect(heldBy(room.incident, 'bob')).toHaveLength(1);
});

test('[CMD-4] at a hand-over the outgoing commander may take over what the incoming one did', () => {
  const room = commanded();
  running(room, 'bob');
  room.does('ann', 'hand-over', { to: 'bob' });
  expect(room.isRefused('bob', 'accept-hand-over')).toMatchObject({
    refused: 'give-away-first',
    next: [{ command: 'accept-hand-over', label: 'give-away' }],
  });
  expect(pickers(room, 'accept-hand-over')).toHaveLength(1);
  // Not before: until the hand-over is accepted, Ann commands and does not act.
  expect(room.isRefused('bob', 'give', { activity: 1, to: 'ann' }).refused).toBe('commander-acts');
  room.does('bob', 'accept-hand-over', { 'give:1': 'ann' });
  expect(room.incident.command.commander).toBe('bob');
  expect(activity(room, 1)).toMatchObject({ owner: 'ann', status: 'offered' });
  room.does('ann', 'acknowledge');
  expect(activity(room, 1).status).toBe('under-way');
});

test('[CMD-4] somebody who takes a silent commander’s place may leave their work to nobody but the others', () => {
  const room = commanded();
  underWay(room, 'bob');
  room.does('ann', 'leave-call');
  room.fastForward('30s');
  expect(room.line).toBe('commander-left');
  expect(room.isRefused('bob', 'take-command').refused).toBe('give-away-first');
  room.does('bob', 'take-command', { 'give:1': 'cat' });
  expect(room.incident.command.commander).toBe('bob');
});
