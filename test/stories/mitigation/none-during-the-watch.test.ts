// While the fix is watched nothing else is tried.
import { expect, test } from '@jest/globals';
import { commanded, done, lines, mitigation, queued, running } from '../../support/commanded-room.ts';

test('[MIT-1] [WAT-1] no mitigation starts during the watch, whichever way it is given', () => {
  const room = commanded();
  const id = done(room, 'bob');
  room.does('ann', 'judge-mitigation', { activity: id, verdict: 'fixed' });
  const next = queued(room, 'cat', 'Restart');
  room.presses('ann', 'end-impact', 'mitigated');
  expect(lines(room)).not.toContain('start-next');
  for (const [command, fields] of [
    ['start-mitigation', { activity: next }],
    ['delegate', { owner: 'cat', what: 'Restart', kind: 'mitigation' }],
  ] as const) {
    expect(room.isRefused('ann', command, fields)).toMatchObject({
      refused: 'when-watching',
      next: [{ command: 'recurred' }],
    });
  }
});

test('[MIT-2] one still running when the impact ended is finished, observed and judged within the watch', () => {
  const room = commanded();
  const id = running(room, 'bob');
  room.does('ann', 'mitigated');
  room.does('bob', 'finish', { activity: id });
  room.fastForward('3m');
  expect(lines(room)).toContain('judge-mitigation');
  room.presses('ann', 'judge-mitigation', 'verdict-cant-tell');
  expect(mitigation(room, id).stage).toBe('judged');
});

test('[MIT-1] [WAT-3] back from the watch the queue goes on where it was', () => {
  const room = commanded();
  done(room, 'bob');
  const next = queued(room, 'cat', 'Restart');
  room.does('ann', 'judge-mitigation', { activity: 1, verdict: 'fixed' });
  room.does('ann', 'mitigated');
  room.does('cat', 'recurred', { what: 'Payments fail again' });
  expect(room.prompt('start-next').facts.activity).toEqual({ activity: next });
});
