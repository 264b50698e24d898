// Command passes when the one briefs and the other accepts; until then it has not.
import { expect, test } from '@jest/globals';
import { SEVERITIES } from '../../../src/core/severity.ts';
import {
  activity,
  commanded,
  lines,
  MINUTE,
  patient,
  pinged,
  restart,
  underWay,
} from '../../support/commanded-room.ts';

test('[ROT-2] offered, the one is asked to brief and the other to accept, and the one still commands', () => {
  const room = commanded();
  room.does('ann', 'hand-over', { to: 'bob' });
  expect(room.incident.command).toMatchObject({ commander: 'ann', offer: { to: 'bob' } });
  expect(lines(room)).toContain('brief-successor');
  expect(room.promptsTo('bob')).toMatchObject([{ line: 'accept-hand-over', rank: 'safety' }]);
  expect(pinged(room, 'accept')).toEqual([{ to: ['bob'], after: 0 }]);
  room.does('ann', 'delegate', { owner: 'cat', what: 'Read the logs' });
  expect(room.isRefused('bob', 'delegate', { owner: 'cat', what: 'Look' }).refused).toBe('commander-only');
});

test('[ROT-2] accepted in so many words, it has passed at that moment, and the room hears both', () => {
  const room = commanded();
  room.does('ann', 'hand-over', { to: 'bob' });
  room.fastForward('1m');
  room.presses('bob', 'accept-hand-over', 'accept-hand-over');
  expect(room.incident.command).toMatchObject({ commander: 'bob', since: room.now });
  expect(room.happened('command-taken').at(-1)).toMatchObject({ person: 'bob', from: 'ann' });
  const announced = room.effects.flatMap((effect) => (effect.type === 'announce' ? [effect.event.type] : []));
  expect(announced).toEqual(expect.arrayContaining(['hand-over-offered', 'command-taken']));
  expect(room.isRefused('ann', 'delegate', { owner: 'cat', what: 'Look' }).refused).toBe('commander-only');
});

test('[ROT-2] only the one it is offered to can accept', () => {
  const room = commanded();
  room.does('ann', 'hand-over', { to: 'bob' });
  expect(room.isRefused('cat', 'accept-hand-over')).toMatchObject({
    refused: 'nothing-offered',
    next: [{ command: 'ask-for-command' }],
  });
  expect(room.isRefused('cat', 'take-command').refused).toBe('already-commanded');
  expect(room.isRefused('ann', 'hand-over', { to: 'ann' }).refused).toBe('you-command');
  expect(room.isRefused('bob', 'hand-over', { to: 'cat' }).refused).toBe('commander-only');
});

test('[ROT-2] declined, the one keeps command and is told why', () => {
  const room = commanded();
  room.does('ann', 'hand-over', { to: 'bob' });
  room.does('bob', 'decline-hand-over', { reason: 'I have to leave' });
  expect(room.incident.command.commander).toBe('ann');
  expect(room.incident.command.offer).toBeUndefined();
  expect(room.happened('hand-over-declined')).toMatchObject([{ person: 'bob', reason: 'I have to leave' }]);
  expect(lines(room)).not.toContain('brief-successor');
  expect(room.promptsTo('bob')).toEqual([]);
  expect(room.isRefused('bob', 'accept-hand-over').refused).toBe('nothing-offered');
});

test('[ROT-2] the one may take the offer back; nobody else may', () => {
  const room = commanded();
  room.does('ann', 'hand-over', { to: 'bob' });
  expect(room.isRefused('cat', 'decline-hand-over').refused).toBe('nothing-offered');
  room.presses('ann', 'brief-successor', 'take-back');
  expect(room.incident.command.offer).toBeUndefined();
  expect(room.isRefused('bob', 'accept-hand-over').refused).toBe('nothing-offered');
});

test('[ROT-2] offered to another meanwhile, only the latest counts; offered twice to the same, once', () => {
  const room = commanded();
  room.does('ann', 'hand-over', { to: 'bob' });
  expect(room.isRefused('ann', 'hand-over', { to: 'bob' }).refused).toBe('already-offered');
  room.does('ann', 'hand-over', { to: 'cat' });
  expect(room.isRefused('bob', 'accept-hand-over').refused).toBe('nothing-offered');
  room.does('cat', 'accept-hand-over');
  expect(room.incident.command.commander).toBe('cat');
});

test('[ROT-2] a press on an offer that was taken back and made anew is stale', () => {
  const room = commanded();
  room.does('ann', 'hand-over', { to: 'bob' });
  const seen = room.incident.version;
  room.does('ann', 'decline-hand-over');
  room.does('ann', 'hand-over', { to: 'bob' });
  expect(room.tries('bob', 'accept-hand-over', {}, { seen })).toMatchObject({ refusal: { refused: 'stale' } });
  expect(room.incident.command.commander).toBe('ann');
});

test('[ROT-2] [CMD-4] whoever accepts while owning work gives each piece away as they do', () => {
  const room = commanded();
  underWay(room, 'bob');
  underWay(room, 'bob', 'Count failures');
  room.does('ann', 'hand-over', { to: 'bob' });
  expect(room.isRefused('bob', 'accept-hand-over')).toMatchObject({
    refused: 'give-away-first',
    facts: { activities: { activities: [1, 2] } },
    next: [{ command: 'accept-hand-over' }],
  });
  expect(room.isRefused('bob', 'accept-hand-over', { 'give:1': 'cat' }).refused).toBe('give-away-first');
  expect(activity(room, 1).owner).toBe('bob');
  room.does('bob', 'accept-hand-over', { 'give:1': 'cat', 'give:2': 'ann' });
  expect(room.incident.command.commander).toBe('bob');
  expect([activity(room, 1).owner, activity(room, 2).owner]).toEqual(['cat', 'ann']);
});

test('[ROT-2] work may be given to the outgoing commander, who is free to act from then on', () => {
  const room = commanded();
  underWay(room, 'bob');
  room.does('ann', 'hand-over', { to: 'bob' });
  room.does('bob', 'accept-hand-over', { 'give:1': 'ann' });
  room.does('ann', 'acknowledge', { activity: 1 });
  expect(activity(room, 1).status).toBe('under-way');
});

test('[ROT-2] [CMD-3] where only a listed leader may command, the successor takes it as acting or not at all', () => {
  const severities = SEVERITIES.map((row) => (row.id === 'SEV-1' ? { ...row, leaders: ['ann'] } : row));
  const room = commanded('SEV-1', { settings: { ...patient(), severities } });
  room.does('ann', 'hand-over', { to: 'bob' });
  expect(room.isRefused('bob', 'accept-hand-over')).toMatchObject({
    refused: 'leaders-only',
    next: [{ command: 'accept-hand-over', fields: { acting: true } }, { command: 'page' }],
  });
  expect(room.incident.command.commander).toBe('ann');
  room.does('bob', 'accept-hand-over', { acting: true });
  expect(room.incident.command).toMatchObject({ commander: 'bob', acting: true });
});

test('[ROT-2] the outgoing lost command before the other accepted: then it is there to take', () => {
  const room = commanded();
  room.does('ann', 'hand-over', { to: 'bob' });
  room.does('ann', 'release-command');
  expect(room.isRefused('bob', 'accept-hand-over')).toMatchObject({
    refused: 'no-commander-yet',
    next: [{ command: 'take-command' }],
  });
  room.does('bob', 'take-command');
  expect(room.happened('command-taken').at(-1)).not.toHaveProperty('from');
});

test('[ROT-2] an offer outlives a restart, and nothing of the rhythm is lost with the change', () => {
  const room = commanded();
  room.fastForward('15m');
  room.does('ann', 'hand-over', { to: 'bob' });
  restart(room);
  room.does('bob', 'accept-hand-over');
  room.fastForward('5m');
  expect(room.happened('round-opened')).toMatchObject([{ at: room.incident.declared.at + 20 * MINUTE }]);
});

test('[ROT-2] what waited for the one waits for the other', () => {
  const room = commanded();
  room.fastForward('2m');
  expect(room.prompt('lull-proposals').to).toBe('ann');
  room.does('ann', 'hand-over', { to: 'bob' });
  room.does('bob', 'accept-hand-over');
  expect(room.prompt('lull-proposals').to).toBe('bob');
  expect(room.incident.prompts.get(room.prompt('lull-proposals').key)).toMatchObject({ to: 'bob' });
});
