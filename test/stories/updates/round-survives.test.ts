// Rounds are never lost and never doubled: not by restarts, severity changes, hand-overs or late rings.
import { expect, test } from '@jest/globals';
import { commanded, lines, MINUTE, pinged, restart, underWay } from '../../support/commanded-room.ts';
import type { Room } from '../../support/room.ts';

const opened = (room: Room) => room.happened('round-opened').map(({ at }) => (at - room.incident.declared.at) / MINUTE);

test('[UPD-4] a restart before, at and within a round neither loses nor doubles it', () => {
  const room = commanded();
  underWay(room, 'bob', 'Look', { due: '3h' });
  room.fastForward('19m59s');
  restart(room);
  room.fastForward('1s');
  restart(room);
  room.rings();
  expect(opened(room)).toEqual([20]);
  room.fastForward('2m');
  restart(room);
  expect(lines(room)).toEqual(expect.arrayContaining(['round-ask', 'round-impact']));
  room.does('bob', 'report', { text: 'Nothing yet' });
  room.does('ann', 'restate-impact', { trend: 'same' });
  expect(room.incident.rounds.at(-1)?.outcome).toBe('held');
  room.fastForward('18m');
  expect(opened(room)).toEqual([20, 40]);
});

test('[UPD-4] Baton away for 70 min opens one round when it is back, not three', () => {
  const room = commanded();
  underWay(room, 'bob', 'Look', { due: '3h' });
  room.now += 70 * MINUTE;
  restart(room);
  room.rings();
  room.rings();
  expect(room.happened('round-opened')).toMatchObject([
    { round: 1, at: room.now, due: room.incident.declared.at + 20 * MINUTE },
  ]);
  room.fastForward('20m');
  expect(opened(room)).toEqual([70, 90]);
});

test('[UPD-4] [IMP-3] a worse severity brings the next one forward, at once where it is overdue by then', () => {
  const room = commanded('SEV-2');
  room.fastForward('5m');
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Everybody is hit' });
  room.fastForward('25m');
  expect(opened(room)).toEqual([10, 20, 30]);

  const late = commanded('SEV-3');
  late.fastForward('45m');
  late.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Everybody is hit' });
  expect(late.happened('round-opened')).toMatchObject([{ at: late.now, due: late.now }]);
  late.fastForward('10m');
  expect(opened(late)).toEqual([45, 55]);
});

test('[UPD-4] [IMP-3] a milder severity puts it off', () => {
  const room = commanded('SEV-1');
  room.fastForward('9m');
  room.does('ann', 'set-severity', { severity: 'SEV-2', reason: 'Only some' });
  room.fastForward('31m');
  expect(opened(room)).toEqual([20, 40]);
});

test('[UPD-4] a severity changed within a round leaves it open, with what was said', () => {
  const room = commanded('SEV-2');
  underWay(room, 'bob', 'Look', { due: '3h' });
  underWay(room, 'cat', 'Count', { due: '3h' });
  room.fastForward('20m');
  room.does('bob', 'report', { activity: 1, text: 'Nothing yet' });
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Everybody is hit' });
  expect(room.incident.rounds).toMatchObject([{ round: 1, outcome: 'open', answered: [1] }]);
  room.fastForward('10m');
  expect(opened(room)).toEqual([20, 30]);
});

test('[UPD-4] [IMP-3] what was put off or skipped at one severity does not silence a worse one', () => {
  const room = commanded('SEV-3');
  room.does('ann', 'snooze-round', { until: '8h', reason: 'It can wait' });
  room.fastForward('1h');
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Everybody is hit' });
  room.fastForward('20m');
  expect(opened(room)).toEqual([70, 80]);

  const skipped = commanded('SEV-2');
  skipped.does('ann', 'skip-round', { reason: 'Nothing new' });
  skipped.fastForward('5m');
  skipped.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Everybody is hit' });
  skipped.fastForward('10m');
  expect(opened(skipped)).toEqual([15]);
});

test('[UPD-4] a severity only confirmed keeps what was put off', () => {
  const room = commanded('SEV-2');
  room.does('ann', 'snooze-round', { until: '1h', reason: 'A deployment runs' });
  room.fastForward('5m');
  room.does('ann', 'set-severity', { severity: 'SEV-3', reason: 'Milder' });
  room.does('ann', 'set-severity', { severity: 'SEV-2', reason: 'Not milder' });
  room.fastForward('20m');
  expect(opened(room)).toEqual([25]);
});

test('[UPD-4] a hand-over within a round passes its open lines to the new commander, without another ping', () => {
  const room = commanded();
  underWay(room, 'bob', 'Look', { due: '3h' });
  room.fastForward('20m');
  room.does('ann', 'hand-over', { to: 'dan' });
  room.fastForward('1m');
  room.does('dan', 'accept-hand-over');
  expect(room.prompt('round-impact').to).toBe('dan');
  expect(room.incident.rounds.at(-1)).toMatchObject({ round: 1, outcome: 'open' });
  room.does('dan', 'restate-impact', { trend: 'same' });
  room.does('bob', 'report', { text: 'Nothing yet' });
  expect(room.incident.rounds.at(-1)?.outcome).toBe('held');
  room.fastForward('19m');
  expect(opened(room)).toEqual([20, 40]);
  expect(pinged(room, 'round:1')).toEqual([{ to: ['ann'], after: 20 * MINUTE }]);
});

test('[UPD-4] an owner who takes command gives the work away, and owes nothing in the open round', () => {
  const room = commanded();
  underWay(room, 'bob', 'Look', { due: '3h' });
  room.fastForward('20m');
  room.does('ann', 'hand-over', { to: 'bob' });
  room.does('bob', 'accept-hand-over', { 'give:1': 'cat' });
  expect(lines(room)).not.toContain('round-ask');
  room.does('bob', 'restate-impact', { trend: 'same' });
  expect(room.incident.rounds.at(-1)?.outcome).toBe('held');
});

test('[UPD-4] without a commander the round opens all the same, and asks the room for the impact', () => {
  const room = commanded();
  room.does('ann', 'release-command');
  room.fastForward('20m');
  expect(room.prompt('round-impact').to).toBe('room');
});

test('[UPD-4] a doubled ring at the moment of a round changes nothing', () => {
  const room = commanded();
  room.fastForward('20m');
  for (let n = 0; n < 5; n += 1) expect(room.rings()).toEqual([]);
  expect(opened(room)).toEqual([20]);
});

test('[UPD-4] back from the watch the rhythm begins anew, whatever was put off before', () => {
  const room = commanded();
  room.does('ann', 'snooze-round', { until: '5m', reason: 'A deployment runs' });
  room.fastForward('1m');
  room.does('ann', 'mitigated');
  room.fastForward('10m');
  room.does('bob', 'recurred', { what: 'Again' });
  room.fastForward('20m');
  expect(opened(room)).toEqual([31]);
});
