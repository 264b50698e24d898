// A round can be held early, skipped or put off; the reason is kept, and the rhythm goes on from there.
import { expect, test } from '@jest/globals';
import { measure } from '../../../src/core/measures.ts';
import { commanded, lines, MINUTE, pinged, underWay } from '../../support/commanded-room.ts';
import type { Room } from '../../support/room.ts';

const opened = (room: Room) => room.happened('round-opened').map(({ at }) => (at - room.incident.declared.at) / MINUTE);

test('[UPD-3] held early, the next is a cadence after that', () => {
  const room = commanded();
  room.fastForward('7m');
  room.does('ann', 'hold-round');
  room.fastForward('40m');
  expect(opened(room)).toEqual([7, 27, 47]);
});

test('[UPD-3] while one is open, none is held beside it', () => {
  const room = commanded();
  room.does('ann', 'hold-round');
  expect(room.isRefused('ann', 'hold-round')).toMatchObject({
    refused: 'round-open',
    next: [{ command: 'restate-impact' }, { command: 'close-round' }],
  });
});

test('[UPD-3] skipped, with a reason, the one after it comes when it would have come anyway', () => {
  const room = commanded();
  room.fastForward('3m');
  expect(room.isRefused('ann', 'skip-round', {}).refused).toBe('field-missing');
  room.does('ann', 'skip-round', { reason: 'The vendor is on the line' });
  room.fastForward('1h');
  expect(opened(room)).toEqual([40, 60]);
  expect(room.incident.rounds[0]).toMatchObject({
    round: 1,
    due: room.incident.declared.at + 20 * MINUTE,
    outcome: 'skipped',
    reason: 'The vendor is on the line',
  });
  expect(room.incident.rounds.map(({ round }) => round)).toEqual([1, 2, 3]);
});

test('[UPD-3] an open one is skipped as well, and its lines go', () => {
  const room = commanded();
  underWay(room, 'bob', 'Look', { due: '3h' });
  room.fastForward('22m');
  room.presses('ann', 'round-impact', 'skip-round', { reason: 'Nothing new' });
  expect(room.incident.rounds).toMatchObject([{ round: 1, outcome: 'skipped' }]);
  expect(lines(room).filter((line) => line.startsWith('round'))).toEqual([]);
  room.fastForward('18m');
  expect(opened(room)).toEqual([20, 40]);
});

test('[UPD-3] a skip pressed twice skips one', () => {
  const room = commanded();
  const seen = room.incident.version;
  const fields = { reason: 'The vendor is on the line' };
  room.does('ann', 'skip-round', fields);
  expect(room.tries('ann', 'skip-round', fields, { seen })).toMatchObject({ refusal: { refused: 'stale' } });
  room.fastForward('40m');
  expect(opened(room)).toEqual([40]);
});

test('[UPD-3] put off before it is due, it is held then, and the next a cadence later', () => {
  const room = commanded();
  room.fastForward('15m');
  room.does('ann', 'snooze-round', { until: '20m', reason: 'A deployment runs' });
  room.fastForward('40m');
  expect(opened(room)).toEqual([35, 55]);
  expect(room.happened('round-snoozed')).toMatchObject([{ reason: 'A deployment runs' }]);
});

test('[UPD-3] put off while it is open, its lines go and it comes back under its own number', () => {
  const room = commanded();
  underWay(room, 'bob', 'Look', { due: '3h' });
  room.fastForward('20m');
  room.presses('ann', 'round-impact', 'snooze-round', { until: '10m', reason: 'A deployment runs' });
  expect(lines(room).filter((line) => line.startsWith('round'))).toEqual([]);
  expect(room.promptsTo('bob')).toEqual([]);
  room.fastForward('10m');
  expect(room.happened('round-opened').map(({ round }) => round)).toEqual([1, 1]);
  expect(room.incident.rounds).toMatchObject([{ round: 1, outcome: 'open', asked: [{ owner: 'bob' }] }]);
  expect(measure(room.incident, room.events, room.world.settings).rounds.missed).toBe(0);
});

test('[UPD-3] put off after somebody has answered, it was held and the next one waits', () => {
  const room = commanded();
  underWay(room, 'bob', 'Look', { due: '3h' });
  room.fastForward('20m');
  room.does('bob', 'report', { text: 'Nothing yet' });
  room.does('ann', 'snooze-round', { until: '30m', reason: 'A deployment runs' });
  expect(room.incident.rounds).toMatchObject([{ round: 1, outcome: 'held' }]);
  room.fastForward('30m');
  expect(room.incident.rounds.at(-1)).toMatchObject({ round: 2, outcome: 'open' });
  expect(opened(room)).toEqual([20, 50]);
});

test('[UPD-3] only the commander holds, skips or puts off', () => {
  const room = commanded();
  for (const [command, fields] of [
    ['hold-round', {}],
    ['skip-round', { reason: 'x' }],
    ['snooze-round', { until: '10m', reason: 'x' }],
    ['close-round', {}],
  ] as const) {
    expect(room.isRefused('bob', command, fields).refused).toBe('commander-only');
  }
});

test('[UPD-3] an update given just before a round counts: its giver is not asked', () => {
  const room = commanded();
  underWay(room, 'bob', 'Look', { due: '3h' });
  underWay(room, 'cat', 'Count', { due: '3h' });
  underWay(room, 'dan', 'Restore', { due: '3h' });
  room.fastForward('15m');
  room.does('dan', 'report', { text: 'A third restored' });
  room.fastForward('1s');
  room.does('bob', 'report', { text: 'Nothing yet' });
  room.fastForward('20s');
  room.does('cat', 'give-estimate', { activity: 2, due: '1h' });
  room.fastForward('5m');
  expect(room.happened('round-opened')[0]?.asked.map(({ owner }) => owner)).toEqual(['dan']);
  expect(pinged(room, 'report:1')).toEqual([]);
});

test('[UPD-3] [IMP-4] the impact restated just before a round counts too, and nobody is asked for it', () => {
  const room = commanded();
  room.fastForward('18m');
  room.does('bob', 'restate-impact', { trend: 'better' });
  room.fastForward('2m');
  expect(room.incident.rounds).toMatchObject([{ restated: 'better', outcome: 'held' }]);
  expect(pinged(room, 'round:')).toEqual([]);
  room.fastForward('20m');
  expect(room.incident.rounds.at(-1)).toMatchObject({ round: 2, outcome: 'open' });
  expect(room.incident.rounds.at(-1)?.restated).toBeUndefined();
});

test('[UPD-3] an answer before it was asked is worth as much as one after', () => {
  const room = commanded();
  underWay(room, 'bob', 'Look', { due: '3h' });
  room.fastForward('18m');
  room.does('bob', 'report', { text: 'Nothing yet' });
  room.does('ann', 'hold-round');
  room.does('ann', 'restate-impact', { trend: 'same' });
  expect(room.incident.rounds.at(-1)?.outcome).toBe('held');
});
