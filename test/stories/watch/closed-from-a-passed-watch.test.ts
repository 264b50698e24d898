// An incident is closed from a watch that has run out, or early by the commander with a reason.
import { expect, test } from '@jest/globals';
import { measure } from '../../../src/core/measures.ts';
import { commanded, MINUTE, underWay } from '../../support/commanded-room.ts';
import type { Room } from '../../support/room.ts';

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

const alert = (name: string, status: string) => ({ fingerprint: name, name, status, source: 'prometheus' });

/** An alert fires during the watch, whose time then runs out. */
function asked(): Room {
  const room = commanded();
  room.does('ann', 'mitigated');
  room.fastForward('5m');
  room.does('baton', 'note-alert', alert('Payments fail', 'firing'));
  room.fastForward('15m');
  return room;
}

test('[WAT-1] [WAT-3] nobody has said whether an alert means that it is back: the watch does not pass by itself', () => {
  const room = asked();
  expect(room.happened('watch-passed')).toEqual([]);
  expect(room.line).toBe('recurrence');
  expect(room.isRefused('ann', 'close')).toMatchObject({
    refused: 'recurrence-open',
    facts: { alert: 'Payments fail' },
    next: [
      { command: 'recurred', fields: { what: 'Payments fail' } },
      { command: 'dismiss', label: 'not-the-same' },
      { command: 'close', label: 'close-early' },
    ],
  });
  room.presses('ann', 'recurrence', 'not-the-same');
  expect(room.happened('watch-passed')).toMatchObject([{ at: room.now }]);
  room.presses('ann', 'close', 'close');
  expect(room.happened('incident-closed')).toMatchObject([{ early: false }]);
});

test('[WAT-1] [WAT-3] all that fired have recovered: the watch passes', () => {
  const room = asked();
  room.does('baton', 'note-alert', alert('Payments slow', 'firing'));
  room.does('baton', 'note-alert', alert('Payments fail', 'resolved'));
  expect(room.happened('watch-passed')).toEqual([]);
  room.does('baton', 'note-alert', alert('Payments slow', 'resolved'));
  expect(room.happened('watch-passed')).toMatchObject([{ at: room.now }]);
  expect(room.does('ann', 'close').map(({ type }) => type)).toContain('incident-closed');
});

test('[WAT-1] [WAT-3] it fires after the watch has passed: closing needs an answer or a reason again', () => {
  const room = commanded();
  room.does('ann', 'mitigated');
  room.fastForward('15m');
  room.does('baton', 'note-alert', alert('Payments fail', 'firing'));
  expect(room.isRefused('ann', 'close').refused).toBe('recurrence-open');
  room.does('ann', 'close', { reason: 'Another product' });
  expect(room.happened('incident-closed')).toMatchObject([{ early: true, reason: 'Another product' }]);
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
