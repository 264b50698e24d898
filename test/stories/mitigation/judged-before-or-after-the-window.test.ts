// The commander judges what a mitigation did; until then the question stays.
import { expect, test } from '@jest/globals';
import { VERDICTS } from '../../../src/core/events.ts';
import {
  commanded,
  done,
  lines,
  MINUTE,
  mitigation,
  pinged,
  queued,
  restart,
  running,
} from '../../support/commanded-room.ts';

test.each(VERDICTS)('[MIT-2] judged "%s" before the window has passed, the next may start at once', (verdict) => {
  const room = commanded();
  const id = done(room, 'bob');
  const next = queued(room, 'cat', 'Restart');
  room.fastForward('10s');
  room.does('ann', 'judge-mitigation', { activity: id, verdict });
  expect(mitigation(room, id)).toMatchObject({ stage: 'judged', verdict, judgedAt: room.now });
  room.does('ann', 'start-mitigation', { activity: next });
  room.fastForward('5m');
  expect(room.happened('observation-ended')).toEqual([]);
});

test('[MIT-2] the window passed, the next may start though nobody has judged yet', () => {
  const room = commanded();
  done(room, 'bob');
  const next = queued(room, 'cat', 'Restart');
  room.fastForward('3m');
  room.does('ann', 'start-mitigation', { activity: next });
  expect(mitigation(room, next).stage).toBe('running');
});

test('[MIT-2] the judgement is asked for at the end of the window, once, with one press per verdict', () => {
  const room = commanded();
  const id = done(room, 'bob');
  expect(lines(room)).not.toContain('judge-mitigation');
  room.fastForward('30m');
  expect(pinged(room, `judge:${id}`)).toEqual([{ to: ['ann'], after: 3 * MINUTE }]);
  expect(room.prompt('judge-mitigation')).toMatchObject({ to: 'ann', rank: 'work' });
  expect(room.prompt('judge-mitigation').buttons.map(({ fields }) => fields)).toEqual(
    VERDICTS.map((verdict) => ({ activity: id, verdict })),
  );
  room.presses('ann', 'judge-mitigation', 'verdict-helped');
  expect(lines(room)).not.toContain('judge-mitigation');
});

test('[MIT-2] it stays open until given: over other mitigations, a restart, a hand-over and the watch', () => {
  const room = commanded();
  const id = done(room, 'bob');
  room.fastForward('3m');
  running(room, 'cat', 'Restart');
  restart(room);
  room.does('ann', 'hand-over', { to: 'dan' });
  room.does('dan', 'accept-hand-over');
  expect(room.prompt('judge-mitigation')).toMatchObject({ to: 'dan' });
  room.does('dan', 'mitigated');
  expect(lines(room)).toContain('judge-mitigation');
  room.does('dan', 'judge-mitigation', { activity: id, verdict: 'cant-tell' });
  expect(mitigation(room, id).verdict).toBe('cant-tell');
});

test('[MIT-2] two unjudged ones are two questions', () => {
  const room = commanded();
  done(room, 'bob');
  room.fastForward('3m');
  done(room, 'cat', 'Restart');
  room.fastForward('3m');
  expect(lines(room).filter((line) => line === 'judge-mitigation')).toHaveLength(2);
});

test('[MIT-2] only the commander judges, only what was done, and only once', () => {
  const room = commanded();
  const id = running(room, 'bob');
  expect(room.isRefused('ann', 'judge-mitigation', { activity: id, verdict: 'fixed' }).refused).toBe(
    'nothing-to-judge',
  );
  room.does('bob', 'finish', { activity: id });
  expect(room.isRefused('bob', 'judge-mitigation', { activity: id, verdict: 'fixed' }).refused).toBe('commander-only');
  room.does('ann', 'judge-mitigation', { activity: id, verdict: 'helped' });
  expect(room.isRefused('ann', 'judge-mitigation', { activity: id, verdict: 'worse' })).toMatchObject({
    refused: 'already-judged',
    facts: { verdict: { word: 'verdict.helped' } },
    next: [{ command: 'correct' }],
  });
});
