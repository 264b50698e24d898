// A round of updates comes round again, as often as the severity demands.
import { expect, test } from '@jest/globals';
import { nextRound } from '../../../src/core/rounds.ts';
import { activity, commanded, done, lines, MINUTE, pinged, underWay } from '../../support/commanded-room.ts';

test.each([
  ['SEV-1', 10],
  ['SEV-2', 20],
  ['SEV-3', 60],
])('[UPD-1] at %s a round opens every %i min', (severity, minutes) => {
  const room = commanded(severity);
  room.fastForward(`${3 * minutes}m`);
  const opened = room.happened('round-opened');
  expect(opened.map(({ at }) => (at - room.incident.declared.at) / MINUTE)).toEqual([
    minutes,
    2 * minutes,
    3 * minutes,
  ]);
  expect(opened.map(({ round }) => round)).toEqual([1, 2, 3]);
  expect(opened.every(({ at, due }) => at === due)).toBe(true);
});

test('[UPD-1] the impact first, then each owner by name, then when the next round is', () => {
  const room = commanded();
  underWay(room, 'bob', 'Read the logs', { due: '1h' });
  underWay(room, 'cat', 'Restore', { due: '2h' });
  room.fastForward('20m');
  expect(room.happened('round-opened')).toMatchObject([
    {
      asked: [
        { activity: 1, owner: 'bob' },
        { activity: 2, owner: 'cat' },
      ],
    },
  ]);
  expect(lines(room).filter((line) => line.startsWith('round'))).toEqual(['round-impact', 'round-ask', 'round-ask']);
  expect(room.prompts.filter(({ line }) => line === 'round-ask').map(({ facts }) => facts.owner)).toEqual([
    { person: 'bob' },
    { person: 'cat' },
  ]);
  expect(nextRound(room.incident, room.world.settings)).toBe(room.now + 20 * MINUTE);
});

test('[UPD-1] each owner is asked by a ping of their own, and the commander for the impact', () => {
  const room = commanded();
  underWay(room, 'bob', 'Read the logs', { due: '1h' });
  room.fastForward('20m');
  expect(pinged(room, 'report:1')).toEqual([{ to: ['bob'], after: 20 * MINUTE }]);
  expect(pinged(room, 'round:1')).toEqual([{ to: ['ann'], after: 20 * MINUTE }]);
  expect(room.promptsTo('bob')).toMatchObject([{ line: 'round-answer', facts: { activity: { activity: 1 } } }]);
});

test('[UPD-1] a round shows who has answered, and ends when all have and the impact is restated', () => {
  const room = commanded();
  underWay(room, 'bob', 'Read the logs', { due: '1h' });
  underWay(room, 'cat', 'Restore', { due: '2h' });
  room.fastForward('20m');
  room.does('bob', 'report', { text: 'Half of them', due: '30m' });
  expect(room.incident.rounds.at(-1)).toMatchObject({ answered: [1], outcome: 'open' });
  expect(activity(room, 1)).toMatchObject({ progress: { text: 'Half of them' }, due: room.now + 30 * MINUTE });
  room.does('ann', 'give-estimate', { activity: 2, due: '40m' });
  room.does('ann', 'restate-impact', { trend: 'better' });
  expect(room.incident.rounds.at(-1)).toMatchObject({ answered: [1, 2], restated: 'better', outcome: 'held' });
  expect(lines(room).filter((line) => line.startsWith('round'))).toEqual([]);
});

test('[UPD-1] who finished, was called off or gave it away no longer owes an answer', () => {
  const room = commanded();
  for (const owner of ['bob', 'cat', 'dan']) underWay(room, owner, 'Look', { due: '2h' });
  room.fastForward('20m');
  room.does('ann', 'restate-impact', { trend: 'same' });
  room.does('bob', 'finish', { activity: 1 });
  room.does('ann', 'cancel', { activity: 2 });
  expect(room.incident.rounds.at(-1)?.outcome).toBe('open');
  room.does('ann', 'give', { activity: 3, to: 'eve' });
  expect(room.incident.rounds.at(-1)).toMatchObject({ outcome: 'held', answered: [1] });
});

test('[UPD-1] nobody is asked about what nobody has acknowledged, and no observed mitigation', () => {
  const room = commanded();
  done(room, 'bob', 'Roll back', { observation: '1h' });
  room.does('ann', 'delegate', { owner: 'cat', what: 'Look' });
  room.fastForward('20m');
  expect(room.happened('round-opened')).toMatchObject([{ asked: [] }]);
});

test('[UPD-1] the commander may end a round before everybody has answered; what was said counts', () => {
  const room = commanded();
  underWay(room, 'bob', 'Look', { due: '2h' });
  room.fastForward('20m');
  room.does('ann', 'restate-impact', { trend: 'same' });
  room.presses('ann', 'round-ask', 'close-round');
  expect(room.incident.rounds.at(-1)?.outcome).toBe('held');
  expect(room.isRefused('ann', 'close-round').refused).toBe('no-round');
});

test('[UPD-1] [REC-1] a round in which nobody said anything was missed, when the next begins', () => {
  const room = commanded();
  underWay(room, 'bob', 'Look', { due: '3h' });
  room.fastForward('40m');
  expect(room.incident.rounds.map(({ outcome }) => outcome)).toEqual(['missed', 'open']);
});

test('[UPD-1] rounds are for while the impact lasts: the watch has none, and ends the open one', () => {
  const room = commanded();
  room.fastForward('20m');
  room.does('ann', 'mitigated');
  expect(room.incident.rounds.at(-1)?.outcome).toBe('missed');
  room.fastForward('1h');
  expect(room.happened('round-opened')).toHaveLength(1);
});
