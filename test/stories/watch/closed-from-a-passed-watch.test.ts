// An incident is closed from a watch that has run out, or early by the commander with a reason.
import { expect, test } from '@jest/globals';
import { measure } from '../../../src/core/measures.ts';
import { commanded, MINUTE, underWay } from '../../support/commanded-room.ts';

test('[WAT-1] the watch has passed: closed in one press, and not early', () => {
  const room = commanded();
  room.does('ann', 'mitigated');
  room.fastForward('15m');
  room.presses('ann', 'close', 'close');
  expect(room.incident).toMatchObject({ phase: 'closed', closedAt: room.now });
  expect(room.happened('incident-closed')).toMatchObject([{ early: false }]);
});

test('[WAT-1] the watch still runs: refused with its end, unless there is a reason, which is kept', () => {
  const room = commanded();
  room.does('ann', 'mitigated');
  expect(room.isRefused('ann', 'close')).toMatchObject({
    refused: 'watch-running',
    facts: { until: { at: room.now + 15 * MINUTE } },
    next: [{ command: 'close', label: 'close-early' }],
  });
  room.does('ann', 'close', { reason: 'A drill of the vendor' });
  expect(room.happened('incident-closed')).toMatchObject([{ early: true, reason: 'A drill of the vendor' }]);
  expect(measure(room.incident, room.events, room.world.settings).overrides).toMatchObject([
    { type: 'incident-closed', by: 'ann', reason: 'A drill of the vendor' },
  ]);
});

test('[WAT-1] the impact lasts: refused with the way there, or early with a reason', () => {
  const room = commanded();
  expect(room.isRefused('ann', 'close')).toMatchObject({
    refused: 'not-mitigated',
    next: [{ command: 'mitigated' }, { command: 'close', label: 'close-early' }],
  });
  room.does('ann', 'close', { reason: 'A false alarm' });
  expect(room.incident.phase).toBe('closed');
});

test('[WAT-1] nobody but the commander closes it, whatever the reason', () => {
  const room = commanded();
  room.does('ann', 'mitigated');
  room.fastForward('15m');
  expect(room.isRefused('bob', 'close', { reason: 'Done' }).refused).toBe('commander-only');
  room.does('ann', 'release-command');
  expect(room.isRefused('bob', 'close', { reason: 'Done' })).toMatchObject({
    refused: 'needs-commander',
    next: [{ command: 'take-command' }],
  });
});

test('[WAT-1] closed, it is quiet for good: no line, no clock, no page', () => {
  const room = commanded();
  underWay(room, 'bob', 'Restore', { due: '1h' });
  room.does('ann', 'delegate', { owner: 'cat', what: 'Count' });
  room.does('ann', 'close', { reason: 'A false alarm' });
  const before = room.events.length;
  room.fastForward('48h');
  expect(room.events).toHaveLength(before);
  expect(room.prompts).toEqual([]);
  expect(room.isRefused('ann', 'delegate', { owner: 'bob', what: 'Look' })).toMatchObject({
    refused: 'when-closed',
    next: [{ command: 'reopen' }, { command: 'declare' }],
  });
});

test('[WAT-1] what was open when it closed is closed in the record: rounds, lulls, shifts, stints', () => {
  const room = commanded();
  room.fastForward('21m');
  room.does('ann', 'close', { reason: 'A false alarm' });
  const { rounds, lulls, command, people } = room.incident;
  expect(rounds.every(({ outcome }) => outcome !== 'open')).toBe(true);
  expect(lulls.every(({ to }) => to !== undefined)).toBe(true);
  expect(command.shifts).toMatchObject([{ person: 'ann', to: room.now }]);
  expect(Object.values(people).every(({ on, stints }) => on.length === 0 && stints.every(({ to }) => to))).toBe(true);
});

test('[WAT-1] closing put off for one watch is not put off for the next', () => {
  const room = commanded();
  room.does('ann', 'mitigated');
  room.fastForward('15m');
  room.does('ann', 'snooze', { prompt: room.prompt('close').key, for: '2h' });
  room.does('bob', 'recurred', { what: 'Payments fail again' });
  room.fastForward('1m');
  room.does('ann', 'mitigated');
  room.fastForward('15m');
  expect(room.line).toBe('close');
});
