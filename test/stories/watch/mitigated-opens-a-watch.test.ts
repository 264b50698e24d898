// When the impact has ended, most people are released by name, who stays is named, and the rest is waiting.
import { expect, test } from '@jest/globals';
import { commanded, lines, MINUTE, pinged, restart, underWay } from '../../support/commanded-room.ts';

test.each([
  ['SEV-1', 30],
  ['SEV-2', 15],
  ['SEV-3', 15],
])('[WAT-1] at %s it lasts %i min', (severity, minutes) => {
  const room = commanded(severity);
  room.does('ann', 'mitigated');
  expect(room.incident).toMatchObject({
    phase: 'watching',
    watch: { since: room.now, until: room.now + minutes * MINUTE, passed: false },
  });
  room.fastForward(`${minutes - 1}m59s`);
  expect(room.line).toBe('watching');
  room.fastForward('1s');
  expect(room.line).toBe('close');
  expect(pinged(room, 'close')).toEqual([{ to: ['ann'], after: minutes * MINUTE }]);
});

test('[WAT-1] the commander and whoever has work stay, by name; everybody else is released, by name', () => {
  const room = commanded();
  underWay(room, 'bob');
  room.does('ann', 'delegate', { owner: 'cat', what: 'Count failures' });
  room.does('ann', 'mitigated');
  expect(room.happened('incident-mitigated')).toMatchObject([
    { stays: ['ann', 'bob', 'cat'], released: ['dan', 'eve'] },
  ]);
  expect(room.prompt('watching').facts).toMatchObject({
    stays: { people: ['ann', 'bob', 'cat'] },
    released: { people: ['dan', 'eve'] },
  });
});

test('[WAT-1] the commander may say who stays', () => {
  const room = commanded();
  underWay(room, 'bob');
  room.does('ann', 'mitigated', { stays: ['eve'] });
  expect(room.incident.watch).toMatchObject({ stays: ['ann', 'eve'], released: ['bob', 'cat', 'dan'] });
});

test('[WAT-1] [CALL-5] who was called in by name and is released is not missed when they go', () => {
  const room = commanded();
  room.does('bob', 'leave-call');
  room.does('ann', 'page', { person: 'bob' });
  room.fastForward('30s');
  room.joins('bob');
  room.does('ann', 'mitigated');
  room.does('bob', 'leave-call');
  room.fastForward('14m');
  expect(room.happened('seat-missed')).toEqual([]);
  expect(room.pages.filter(({ person }) => person === 'bob')).toHaveLength(1);
});

test('[WAT-1] only the commander says so, and only while the impact lasts', () => {
  const room = commanded();
  expect(room.isRefused('bob', 'mitigated').refused).toBe('commander-only');
  room.does('ann', 'mitigated');
  expect(room.isRefused('ann', 'mitigated').refused).toBe('when-watching');
});

test('[WAT-1] [IMP-3] a severity changed during the watch moves its end, back and forth, also once it has passed', () => {
  const room = commanded('SEV-2');
  room.does('ann', 'mitigated');
  const since = room.now;
  room.fastForward('5m');
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'It was everybody' });
  expect(room.incident.watch?.until).toBe(since + 30 * MINUTE);
  room.does('ann', 'set-severity', { severity: 'SEV-2', reason: 'It was some' });
  expect(room.incident.watch?.until).toBe(since + 15 * MINUTE);
  room.fastForward('11m');
  expect(room.incident.watch?.passed).toBe(true);
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'It was everybody after all' });
  expect(room.line).toBe('watching');
  room.fastForward('14m');
  expect(room.line).toBe('close');
});

test('[WAT-1] a milder severity may end it at once', () => {
  const room = commanded('SEV-1');
  room.does('ann', 'mitigated');
  room.fastForward('20m');
  room.does('ann', 'set-severity', { severity: 'SEV-2', reason: 'It was some' });
  expect(room.line).toBe('close');
});

test('[WAT-1] the commander lets it run for longer, any number of times, and severity adds to that', () => {
  const room = commanded('SEV-2');
  room.does('ann', 'mitigated');
  const since = room.now;
  room.fastForward('10m');
  room.does('ann', 'extend-watch', { until: '20m', reason: 'The cache is still cold' });
  room.fastForward('19m');
  expect(room.line).toBe('watching');
  room.fastForward('1m');
  expect(room.line).toBe('close');
  room.presses('ann', 'close', 'extend-watch', { until: '10m' });
  expect(room.incident.watch).toMatchObject({ until: since + 40 * MINUTE, passed: false });
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'It was everybody' });
  expect(room.incident.watch?.until).toBe(since + 55 * MINUTE);
});

test('[WAT-1] it is not shortened that way: for that there is closing early, with a reason', () => {
  const room = commanded('SEV-2');
  room.does('ann', 'mitigated');
  expect(room.isRefused('ann', 'extend-watch', { until: '5m' })).toMatchObject({
    refused: 'watch-not-longer',
    facts: { until: { at: room.now + 15 * MINUTE } },
    next: [{ command: 'extend-watch' }, { command: 'close', label: 'close-early' }],
  });
  expect(room.isRefused('bob', 'extend-watch', { until: '1h' }).refused).toBe('commander-only');
});

test('[WAT-1] a restart, and rings that come late or twice, end it once', () => {
  const room = commanded();
  room.does('ann', 'mitigated');
  room.now += 60 * MINUTE;
  restart(room);
  room.rings();
  room.rings();
  expect(room.happened('watch-passed')).toHaveLength(1);
});

test('[WAT-1] people may be released one by one later, and are told so by name', () => {
  const room = commanded();
  underWay(room, 'bob');
  room.does('ann', 'mitigated');
  room.does('ann', 'release', { people: ['bob'] });
  expect(room.happened('people-released')).toMatchObject([{ people: ['bob'] }]);
  expect(room.isRefused('cat', 'release', { people: ['bob'] }).refused).toBe('commander-only');
  expect(lines(room)).toContain('watching');
});

test('[WAT-1] [WAT-2] [ACT-4] once it has been said, the all-clear comes up, and then what is to be gathered', () => {
  const room = commanded();
  room.does('ann', 'mitigated');
  room.presses('ann', 'watching', 'said');
  expect(room.line).toBe('send-all-clear');
  room.does('ann', 'send-update', { text: 'The impact is over' });
  expect(room.line).toBe('gather');
  room.fastForward('15m');
  expect(room.line).toBe('close');
});

test('[WAT-1] a second watch is said anew', () => {
  const room = commanded();
  room.does('ann', 'mitigated');
  room.presses('ann', 'watching', 'said');
  room.does('bob', 'recurred', { what: 'Payments fail again' });
  room.fastForward('1m');
  room.does('ann', 'mitigated');
  expect(room.line).toBe('watching');
});
