// While the impact lasts, somebody is always doing something; if not, the commander is shown what is open.
import { expect, test } from '@jest/globals';
import { measure } from '../../../src/core/measures.ts';
import {
  activity,
  commanded,
  done,
  lines,
  MINUTE,
  patient,
  pinged,
  queued,
  restart,
  SECOND,
  underWay,
} from '../../support/commanded-room.ts';
import { Room, SETTINGS } from '../../support/room.ts';

test('[DO-3] nothing under way for 2 min is a lull', () => {
  const room = commanded();
  room.fastForward('119s');
  expect(room.happened('lull-began')).toEqual([]);
  room.fastForward('1s');
  expect(room.happened('lull-began')).toMatchObject([{ since: room.incident.declared.at }]);
  expect(room.line).toBe('lull-proposals');
  expect(room.prompt('lull-proposals')).toMatchObject({ to: 'ann', rank: 'work' });
});

test('[DO-3] it begins when the last work under way ends, and ends when work is acknowledged', () => {
  const room = commanded();
  const id = underWay(room, 'bob');
  room.fastForward('9m');
  expect(room.happened('lull-began')).toEqual([]);
  room.does('bob', 'finish', { activity: id });
  const from = room.now;
  room.fastForward('3m');
  underWay(room, 'bob', 'Look again');
  expect(room.incident.lulls).toEqual([{ from, noticed: from + 2 * MINUTE, askedAt: from + 2 * MINUTE, to: room.now }]);
  expect(lines(room).filter((line) => line.startsWith('lull'))).toEqual([]);
  expect(measure(room.incident, room.events, room.world.settings).lulls).toMatchObject([{ lasting: 3 * MINUTE }]);
});

test('[DO-3] a pause shorter than that is none', () => {
  const room = commanded();
  const id = underWay(room, 'bob');
  room.fastForward('1m');
  room.does('bob', 'finish', { activity: id });
  room.fastForward('1m59s');
  underWay(room, 'bob');
  room.fastForward('5m');
  expect(room.incident.lulls).toEqual([]);
});

test('[DO-3] observing a mitigation is doing something; a passed window no longer is', () => {
  const room = commanded();
  done(room, 'bob');
  room.fastForward('4m59s');
  expect(room.happened('lull-began')).toEqual([]);
  room.fastForward('1s');
  expect(room.happened('lull-began')).toHaveLength(1);
  expect(lines(room)).toContain('lull-judge');
});

test('[DO-3] it shows what is open: the judgement, the queue, what is unknown, who is missing, other proposals', () => {
  const room = new Room('Checkout fails', { settings: patient(SETTINGS), declared: { service: 'payments' } });
  room.joins('ann', 'bob');
  room.does('ann', 'take-command');
  room.does('ann', 'assess-impact', { retries: 'unknown' });
  done(room, 'bob');
  queued(room, 'bob', 'Restart');
  room.fastForward('5m');
  expect(room.prompt('lull-judge').buttons).toMatchObject([
    { command: 'judge-mitigation', fields: { activity: 1 }, primary: true },
    { command: 'start-mitigation', fields: { activity: 2 } },
    { command: 'delegate', fields: { kind: 'information', question: 'retries' } },
    { command: 'page', fields: { seat: 'payments' } },
    { command: 'propose-mitigation' },
  ]);
});

test.each([
  ['the queue', 'lull-queue', (room: Room) => queued(room, 'bob', 'Restart')],
  ['an unknown answer', 'lull-unknown', (room: Room) => room.does('ann', 'assess-impact', { retries: 'unknown' })],
  ['anything to propose', 'lull-proposals', () => undefined],
])('[DO-3] with nothing better open it names %s', (_, line, open) => {
  const room = commanded();
  open(room);
  room.fastForward('2m');
  expect(lines(room)).toContain(line);
});

test('[DO-3] with a seat unfilled it names who is missing', () => {
  const room = new Room('Checkout fails', { settings: patient(SETTINGS), declared: { service: 'payments' } });
  room.joins('ann');
  room.does('ann', 'take-command');
  room.fastForward('2m');
  expect(room.prompt('lull-missing').facts.wanted).toBe('Payments on-call');
});

test('[DO-3] what somebody has been asked to find out is not offered to another', () => {
  const room = commanded();
  room.does('ann', 'assess-impact', { retries: 'unknown' });
  room.does('ann', 'delegate', { owner: 'bob', question: 'retries' });
  room.fastForward('2m');
  expect(lines(room)).toContain('lull-proposals');
  expect(lines(room)).not.toContain('lull-unknown');
});

test('[DO-3] where something has worked, calling the impact over is one press away', () => {
  const room = commanded();
  const id = done(room, 'bob');
  room.does('ann', 'judge-mitigation', { activity: id, verdict: 'helped' });
  room.fastForward('2m');
  room.presses('ann', 'lull-proposals', 'mitigated');
  expect(room.incident.phase).toBe('watching');
  expect(activity(room, id).mitigation?.ended).toBeUndefined();
});

test('[DO-3] [VOICE] the commander is told again every 5 min, in one lull, until it ends', () => {
  const room = commanded();
  room.fastForward('13m');
  expect(pinged(room, 'lull').map(({ after }) => after)).toEqual([2 * MINUTE, 7 * MINUTE, 12 * MINUTE]);
  expect(room.incident.lulls).toHaveLength(1);
});

test('[DO-3] [VOICE] put off, it waits for the end of that', () => {
  const room = commanded();
  room.fastForward('2m');
  const [lull] = room.prompts;
  room.does('ann', 'snooze', { prompt: lull?.key, for: '10m' });
  room.fastForward('9m59s');
  expect(pinged(room, 'lull')).toHaveLength(1);
  expect(lines(room)).not.toContain('lull-proposals');
  room.fastForward('1s');
  expect(pinged(room, 'lull')).toHaveLength(2);
  expect(lines(room)).toContain('lull-proposals');
});

test('[DO-3] it lasts only while the impact does', () => {
  const room = commanded();
  room.fastForward('3m');
  room.does('ann', 'mitigated');
  expect(room.incident.lulls).toMatchObject([{ to: room.now }]);
  room.fastForward('10m');
  expect(room.happened('lull-began')).toHaveLength(1);
});

test('[DO-3] nobody is told while nobody commands; whoever then does is given their 2 min', () => {
  const room = new Room('Checkout fails').joins('ann', 'bob');
  room.fastForward('9m');
  expect(room.happened('lull-began')).toEqual([]);
  room.does('bob', 'take-command');
  room.fastForward('1m59s');
  expect(room.happened('lull-began')).toEqual([]);
  room.fastForward('1s');
  expect(pinged(room, 'lull')).toEqual([{ to: ['bob'], after: 11 * MINUTE }]);
  expect(room.incident.lulls[0]?.from).toBe(room.incident.declared.at);
});

test('[DO-3] a restart forgets no lull and doubles none', () => {
  const room = commanded();
  room.fastForward('2m');
  restart(room);
  room.fastForward('1m');
  restart(room);
  room.now += SECOND;
  room.rings();
  expect(room.happened('lull-began')).toHaveLength(1);
  expect(room.incident.lulls).toHaveLength(1);
});
