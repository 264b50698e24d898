// Severity goes up or down at any time, with a reason, and everything that depends on it follows at once.
import { expect, test } from '@jest/globals';
import { commanded, done, lines, patient, queued, running } from '../../support/commanded-room.ts';
import { type Room, SETTINGS } from '../../support/room.ts';

const MINUTE = 60_000;
const options = { settings: patient(SETTINGS), declared: { service: 'payments' } };
const rounds = (room: Room) => room.happened('round-opened').map(({ at }) => (at - room.incident.declared.at) / MINUTE);

test('[IMP-3] a decided severity changes with a reason, which is kept', () => {
  const room = commanded('SEV-2');
  expect(room.isRefused('ann', 'set-severity', { severity: 'SEV-1' })).toMatchObject({
    refused: 'severity-reason',
    next: [{ command: 'set-severity', fields: { severity: 'SEV-1' } }],
  });
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'All of Europe now' });
  room.does('ann', 'set-severity', { severity: 'SEV-3', reason: 'Only the test shop' });
  expect(room.incident.severities.slice(-2)).toMatchObject([
    { severity: 'SEV-1', reason: 'All of Europe now', by: 'ann' },
    { severity: 'SEV-3', reason: 'Only the test shop', by: 'ann' },
  ]);
  expect(room.isRefused('ann', 'set-severity', { severity: 'SEV-3', reason: 'Again' }).refused).toBe('severity-same');
  expect(room.isRefused('ann', 'set-severity', { severity: 'SEV-9', reason: 'x' }).refused).toBe('field-choice');
});

test('[IMP-3] the cadence follows at once: a round that is due by the new one is held now', () => {
  const room = commanded('SEV-2');
  room.fastForward('15m');
  expect(rounds(room)).toEqual([]);
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Worse' });
  expect(rounds(room)).toEqual([15]);
  room.fastForward('10m');
  expect(rounds(room)).toEqual([15, 25]);
  room.does('ann', 'set-severity', { severity: 'SEV-3', reason: 'Better' });
  room.fastForward('59m');
  expect(rounds(room)).toEqual([15, 25]);
  room.fastForward('1m');
  expect(rounds(room)).toEqual([15, 25, 85]);
});

test('[IMP-3] seats that are newly required are paged at once', () => {
  const room = commanded('SEV-2', options);
  room.does('eve', 'leave-call');
  room.fastForward('1m');
  expect(room.incident.seats).not.toHaveProperty('database');
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Worse' });
  expect(room.pages.at(-1)).toMatchObject({ person: 'eve', wanted: 'Database on-call', at: room.now });
});

test('[IMP-3] a seat that was let go with a milder severity is paged anew with a worse one', () => {
  const room = commanded('SEV-1', options);
  room.fastForward('10m');
  room.does('ann', 'set-severity', { severity: 'SEV-2', reason: 'Better' });
  room.presses('ann', 'release-people', 'release');
  room.does('eve', 'leave-call');
  room.fastForward('30m');
  expect(room.pages.filter(({ person }) => person === 'eve')).toEqual([]);
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Worse again' });
  expect(room.pages.at(-1)).toMatchObject({ person: 'eve', at: room.now });
  room.fastForward('2m');
  expect(room.pages.filter(({ person }) => person === 'eve')).toHaveLength(2);
});

test('[IMP-3] overlap follows at once, both ways', () => {
  const room = commanded('SEV-2');
  running(room, 'bob');
  const next = queued(room, 'cat', 'Restart');
  const overlap = { activity: next, overlap: 'No time' };
  expect(room.isRefused('ann', 'start-mitigation', overlap).refused).toBe('no-overlap');
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Worse' });
  room.does('ann', 'start-mitigation', overlap);
  room.does('ann', 'set-severity', { severity: 'SEV-2', reason: 'Better' });
  expect(room.incident.activities.map(({ mitigation }) => mitigation?.stage)).toEqual(['running', 'running']);
  const third = queued(room, 'dan', 'Fail over');
  expect(room.isRefused('ann', 'start-mitigation', { activity: third, overlap: 'x' }).refused).toBe('no-overlap');
});

test('[IMP-3] the length of the watch follows, even of one that runs already', () => {
  const until = (severity: 'SEV-1' | 'SEV-2') => {
    const room = commanded(severity);
    room.does('ann', 'mitigated');
    return ((room.incident.watch?.until ?? 0) - room.now) / MINUTE;
  };
  expect(until('SEV-1')).toBe(30);
  expect(until('SEV-2')).toBe(15);

  const room = commanded('SEV-2');
  room.does('ann', 'mitigated');
  room.fastForward('10m');
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'It was everybody' });
  room.fastForward('5m');
  expect(room.happened('watch-passed')).toEqual([]);
  room.fastForward('15m');
  expect(room.happened('watch-passed')).toHaveLength(1);
  room.does('ann', 'set-severity', { severity: 'SEV-2', reason: 'Only some' });
  expect(room.happened('watch-passed')).toHaveLength(1);
  expect(room.incident.watch?.passed).toBe(true);
});

test('[IMP-3] a downgrade cancels no work', () => {
  const room = commanded('SEV-1', options);
  room.does('ann', 'delegate', { owner: 'eve', what: 'Read the slow log' });
  done(room, 'bob');
  const before = room.incident.activities;
  room.does('ann', 'set-severity', { severity: 'SEV-3', reason: 'Better' });
  expect(room.incident.activities).toEqual(before);
  expect(room.happened('activity-cancelled')).toEqual([]);
});

test('[IMP-3] a downgrade offers to release whom the milder severity no longer needs and who has no work', () => {
  const room = commanded('SEV-1', options);
  room.does('ann', 'delegate', { owner: 'dan', what: 'Read the logs' });
  room.does('ann', 'set-severity', { severity: 'SEV-2', reason: 'Better' });
  expect(room.prompt('release-people').facts).toMatchObject({ people: { people: ['eve'] } });
  room.presses('ann', 'release-people', 'release');
  expect(room.happened('people-released')).toMatchObject([{ people: ['eve'] }]);
  expect(lines(room)).not.toContain('release-people');
});

test('[IMP-3] all may stay, in one press; an upgrade offers to release nobody', () => {
  const room = commanded('SEV-1', options);
  room.does('ann', 'set-severity', { severity: 'SEV-2', reason: 'Better' });
  room.presses('ann', 'release-people', 'all-stay');
  expect(lines(room)).not.toContain('release-people');

  const worse = commanded('SEV-3', options);
  worse.does('ann', 'set-severity', { severity: 'SEV-2', reason: 'Worse' });
  expect(lines(worse)).not.toContain('release-people');
});

test('[IMP-3] a severity decided on an older card than the latest decision is not carried out', () => {
  const room = commanded('SEV-2');
  const seen = room.incident.version;
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Worse' });
  const outcome = room.tries('ann', 'set-severity', { severity: 'SEV-3', reason: 'Better' }, { seen });
  expect(outcome).toMatchObject({ refusal: { refused: 'stale', next: [{ command: 'set-severity' }] } });
  expect(room.incident.severity.severity).toBe('SEV-1');
});
