// For each mitigation the record can say who, from, to, the window, the judgement and whether it ended the impact.
import { expect, test } from '@jest/globals';
import { activity, commanded, done, lines, MINUTE, mitigation, queued, running } from '../../support/commanded-room.ts';

test('[MIT-5] who, from when to when, observed how long, judged what, and that it ended the impact', () => {
  const room = commanded();
  const start = room.now;
  const id = running(room, 'bob', 'Roll back 4.2');
  room.fastForward('5m');
  room.does('bob', 'finish', { activity: id, result: 'Rolled back' });
  room.fastForward('3m');
  room.presses('ann', 'judge-mitigation', 'verdict-fixed');
  room.presses('ann', 'end-impact', 'mitigated');
  expect(activity(room, id)).toMatchObject({ owner: 'bob', what: 'Roll back 4.2', result: 'Rolled back' });
  expect(mitigation(room, id)).toMatchObject({
    startedAt: start,
    doneAt: start + 5 * MINUTE,
    until: start + 8 * MINUTE,
    verdict: 'fixed',
    judgedAt: start + 8 * MINUTE,
    ended: true,
  });
});

test('[MIT-5] said without naming it, the end of the impact is credited to the one judged to have fixed it', () => {
  const room = commanded();
  const first = done(room, 'bob');
  room.does('ann', 'judge-mitigation', { activity: first, verdict: 'no-effect' });
  const second = done(room, 'cat', 'Restart');
  room.does('ann', 'judge-mitigation', { activity: second, verdict: 'fixed' });
  room.presses('ann', 'end-impact', 'not-yet');
  room.does('ann', 'mitigated');
  expect(mitigation(room, second).ended).toBe(true);
  expect(mitigation(room, first).ended).toBeUndefined();
});

test('[MIT-5] where nothing was judged to have fixed it, it went away by itself', () => {
  const room = commanded();
  const id = done(room, 'bob');
  room.does('ann', 'judge-mitigation', { activity: id, verdict: 'no-effect' });
  room.does('ann', 'mitigated');
  expect(room.happened('incident-mitigated')[0]).not.toHaveProperty('mitigation');
});

test('[MIT-5] what never ran cannot have ended the impact', () => {
  const room = commanded();
  const id = queued(room, 'bob', 'Roll back');
  expect(room.isRefused('ann', 'mitigated', { mitigation: id })).toMatchObject({
    refused: 'never-ran',
    next: [{ command: 'mitigated' }],
  });
  expect(room.incident.phase).toBe('open');
});

test('[MIT-5] after a fix the end of the impact is asked for, and nothing else is urged meanwhile', () => {
  const room = commanded();
  const id = done(room, 'bob');
  queued(room, 'cat', 'Restart');
  room.does('ann', 'judge-mitigation', { activity: id, verdict: 'fixed' });
  room.fastForward('10m');
  expect(lines(room)[0]).toBe('end-impact');
  expect(lines(room)).not.toContain('start-next');
  expect(room.happened('lull-began')).toEqual([]);

  room.presses('ann', 'end-impact', 'not-yet');
  expect(lines(room)).toContain('start-next');
});

test('[MIT-5] who took it over is its owner, and who had it before is kept', () => {
  const room = commanded();
  const id = running(room, 'bob');
  room.does('ann', 'give', { activity: id, to: 'cat' });
  room.does('cat', 'finish', { activity: id });
  expect(activity(room, id)).toMatchObject({ owner: 'cat', before: ['bob'] });
});
