// While nothing works, every round ends by asking who else should be here.
import { expect, test } from '@jest/globals';
import { commanded, done, lines, underWay } from '../../support/commanded-room.ts';

test('[CALL-6] "who else should be here?" comes back at every round while nothing works', () => {
  const room = commanded('SEV-2');
  for (const round of [1, 2, 3]) {
    room.fastForward('20m');
    expect(lines(room)).not.toContain('who-else');
    room.presses('ann', 'round-impact', 'trend-same');
    expect(room.incident.rounds.at(-1)).toMatchObject({ round });
    expect(room.prompt('who-else')).toMatchObject({ to: 'ann', rank: 'rhythm' });
    room.presses('ann', 'who-else', 'nobody-else');
    expect(lines(room)).not.toContain('who-else');
  }
});

test('[CALL-6] it is asked while owners still owe their answers too, and a page answers it', () => {
  const room = commanded('SEV-2');
  underWay(room, 'cat', 'Read the logs', { due: '50m' });
  room.fastForward('20m');
  room.presses('ann', 'round-impact', 'trend-worse');
  expect(room.incident.rounds.at(-1)?.outcome).toBe('open');
  room.presses('ann', 'who-else', 'page', { person: 'eve', wanted: 'Networks' });
  expect(lines(room)).not.toContain('who-else');
});

test('[CALL-6] once something works it is not asked; once that no longer holds, it is again', () => {
  const room = commanded('SEV-2');
  const id = done(room, 'bob');
  room.does('ann', 'judge-mitigation', { activity: id, verdict: 'helped' });
  room.fastForward('20m');
  room.presses('ann', 'round-impact', 'trend-better');
  expect(lines(room)).not.toContain('who-else');

  room.does('ann', 'mitigated', { mitigation: id });
  room.fastForward('1m');
  room.does('dan', 'recurred', { what: 'Errors again' });
  room.fastForward('20m');
  room.presses('ann', 'round-impact', 'trend-same');
  expect(lines(room)).toContain('who-else');
});

test('[CALL-6] what had no effect or made it worse is nothing that works', () => {
  const room = commanded('SEV-2');
  const id = done(room, 'bob');
  room.does('ann', 'judge-mitigation', { activity: id, verdict: 'no-effect' });
  room.fastForward('20m');
  room.presses('ann', 'round-impact', 'trend-same');
  expect(lines(room)).toContain('who-else');
});
