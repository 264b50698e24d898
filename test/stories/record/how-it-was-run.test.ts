// The record says how the incident was run: how fast, how steadily, and which rules were set aside.
import { expect, test } from '@jest/globals';
import { measure } from '../../../src/core/measures.ts';
import {
  commanded,
  done,
  HOUR,
  MINUTE,
  patient,
  queued,
  running,
  SECOND,
  underWay,
} from '../../support/commanded-room.ts';
import { Room, SETTINGS } from '../../support/room.ts';

const run = (room: Room) => measure(room.incident, room.events, room.world.settings);

test('[REC-2] the time to call, quorum, commander, impact, first mitigation, the end of the impact, and closing', () => {
  const room = new Room('Checkout fails', { settings: patient(SETTINGS), declared: { service: 'payments' } });
  expect(run(room).to).toEqual({});
  room.fastForward('30s');
  room.joins('bob');
  room.fastForward('30s');
  room.joins('cat');
  room.fastForward('1m');
  room.does('bob', 'take-command');
  room.fastForward('1m');
  room.does('bob', 'assess-impact', { sees: 'Nobody can pay' });
  room.fastForward('2m');
  running(room, 'cat');
  expect(run(room).to).toEqual({
    call: 30 * SECOND,
    quorum: MINUTE,
    commander: 2 * MINUTE,
    impact: 3 * MINUTE,
    firstMitigation: 5 * MINUTE,
  });
  room.does('cat', 'finish');
  room.does('bob', 'judge-mitigation', { activity: 1, verdict: 'fixed' });
  room.fastForward('1m');
  room.does('bob', 'mitigated');
  room.fastForward('30m');
  room.does('bob', 'close');
  expect(run(room).to).toMatchObject({ mitigated: 6 * MINUTE, closed: 36 * MINUTE });
});

test('[REC-2] lulls and how long each was, the last of them up to now', () => {
  const room = commanded();
  const first = underWay(room, 'bob');
  room.fastForward('1m');
  room.does('bob', 'finish', { activity: first });
  room.fastForward('7m');
  const second = underWay(room, 'bob');
  room.does('bob', 'finish', { activity: second });
  room.fastForward('3m');
  room.does('ann', 'note', { text: 'Still nothing' });
  expect(run(room).lulls.map(({ lasting }) => lasting)).toEqual([7 * MINUTE, 3 * MINUTE]);
});

test('[REC-2] rounds held, missed and skipped, and how many of them on time', () => {
  const room = commanded();
  room.fastForward('20m');
  room.does('ann', 'restate-impact', { trend: 'same' });
  room.fastForward('20m');
  room.fastForward('20m');
  room.does('ann', 'restate-impact', { trend: 'same' });
  room.does('ann', 'skip-round', { reason: 'The vendor is on the line' });
  room.now += 45 * MINUTE;
  room.rings();
  room.does('ann', 'restate-impact', { trend: 'better' });
  expect(run(room).rounds).toEqual({ held: 3, missed: 1, skipped: 1, onTime: 2 });
});

test('[REC-2] each delegation, whether it was acknowledged, and how fast, by each of its owners', () => {
  const room = commanded();
  room.does('ann', 'delegate', { owner: 'bob', what: 'Read the logs' });
  room.does('ann', 'delegate', { owner: 'cat', what: 'Count' });
  room.fastForward('40s');
  room.does('bob', 'acknowledge');
  room.does('ann', 'give', { activity: 2, to: 'dan' });
  room.fastForward('10s');
  room.does('dan', 'acknowledge');
  const { at } = room.incident.declared;
  expect(run(room).delegations).toEqual([
    { activity: 1, owner: 'bob', at, took: 40 * SECOND },
    { activity: 2, owner: 'cat', at },
    { activity: 2, owner: 'dan', at: at + 40 * SECOND, took: 10 * SECOND },
  ]);
});

test('[REC-2] every rule set aside, by whom and why', () => {
  const room = commanded('SEV-1');
  running(room, 'bob');
  const second = queued(room, 'cat', 'Restart');
  room.does('ann', 'start-mitigation', { activity: second, overlap: 'Every minute costs' });
  room.does('ann', 'skip-round', { reason: 'The vendor is on the line' });
  room.does('ann', 'snooze-round', { until: '1h', reason: 'A deployment runs' });
  room.does('ann', 'relieve', { person: 'eve' });
  room.does('ann', 'page', { person: 'eve', reason: 'Only Eve knows' });
  room.does('ann', 'close', { reason: 'A false alarm' });
  expect(run(room).overrides).toMatchObject([
    { type: 'mitigation-started', by: 'ann', activity: second, reason: 'Every minute costs' },
    { type: 'round-skipped', by: 'ann', reason: 'The vendor is on the line' },
    { type: 'round-snoozed', by: 'ann', reason: 'A deployment runs' },
    { type: 'rest-overridden', by: 'ann', reason: 'Only Eve knows' },
    { type: 'incident-closed', by: 'ann', reason: 'A false alarm' },
  ]);
});

test('[REC-2] prompts raised, answered and how fast, put off and waved aside', () => {
  const room = commanded();
  done(room, 'bob');
  room.fastForward('3m');
  room.fastForward('30s');
  room.presses('ann', 'judge-mitigation', 'verdict-no-effect');
  room.fastForward('2m');
  room.does('ann', 'snooze', { prompt: room.prompt('lull-proposals').key });
  const prompted = (line: string) => run(room).prompts.find((one) => one.line === line);
  expect(prompted('judge-mitigation')).toEqual({
    line: 'judge-mitigation',
    raised: 1,
    answered: 1,
    snoozed: 0,
    dismissed: 0,
    median: 30 * SECOND,
  });
  expect(prompted('lull-proposals')).toMatchObject({ raised: 1, answered: 0, snoozed: 1 });
  room.does('ann', 'focus');
  room.presses('ann', 'focus', 'said');
  expect(prompted('focus')).toMatchObject({ raised: 1, answered: 0, dismissed: 1 });
});

test('[REC-2] [ROT-3] hours on the call and commanders’ shifts are measured whole', () => {
  const room = commanded();
  room.fastForward('1h');
  room.does('ann', 'hand-over', { to: 'bob' });
  room.does('bob', 'accept-hand-over');
  room.fastForward('30m');
  room.does('bob', 'close', { reason: 'A false alarm' });
  const { people, shifts } = run(room);
  expect(shifts.map(({ person, lasting }) => [person, lasting])).toEqual([
    ['ann', HOUR],
    ['bob', HOUR / 2],
  ]);
  expect(people.find(({ person }) => person === 'cat')?.onCall).toBe(1.5 * HOUR);
});
