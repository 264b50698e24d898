// Every update round asks for the impact in one line: same, better, worse, different.
import { expect, test } from '@jest/globals';
import { commanded, lines } from '../../support/commanded-room.ts';

test('[IMP-4] each round asks in one line: same, better, worse or different', () => {
  const room = commanded('SEV-2');
  for (const [round, trend] of (['same', 'better', 'worse', 'different'] as const).entries()) {
    room.fastForward('20m');
    const prompt = room.prompt('round-impact');
    expect(prompt).toMatchObject({ to: 'ann', rank: 'rhythm', facts: { round: round + 1 } });
    expect(prompt.buttons.slice(0, 4).map(({ label }) => label)).toEqual([
      'trend-same',
      'trend-better',
      'trend-worse',
      'trend-different',
    ]);
    room.presses('ann', 'round-impact', `trend-${trend}`);
    expect(lines(room)).not.toContain('round-impact');
    expect(room.incident.rounds.at(-1)).toMatchObject({ restated: trend });
  }
  expect(room.incident.impact.restated.map(({ trend }) => trend)).toEqual(['same', 'better', 'worse', 'different']);
});

test('[IMP-4] anybody may say it, with words; the assessment itself stays as it was answered', () => {
  const room = commanded('SEV-2');
  room.fastForward('20m');
  const { answers } = room.incident.impact;
  room.does('cat', 'restate-impact', { trend: 'different', text: 'Now refunds fail too' });
  expect(room.incident.impact.restated).toEqual([{ at: room.now, trend: 'different', text: 'Now refunds fail too' }]);
  expect(room.incident.impact.answers).toEqual(answers);
  expect(room.isRefused('cat', 'restate-impact').refused).toBe('field-missing');
});
