// How an incident was run, measured from its events alone.
import { describe, expect, test } from '@jest/globals';
import { measure, median } from '../../src/core/measures.ts';
import { Room, SETTINGS, TUESDAY_NIGHT } from '../support/room.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const measured = (room: Room) => measure(room.incident, room.events, room.world.settings);

test('times run from the declaration to the first of each', () => {
  const room = new Room('Checkout fails', { settings: SETTINGS, declared: { service: 'payments' } });
  expect(measured(room).to).toEqual({});
  room.fastForward('1m');
  room.joins('ann');
  room.fastForward('1m');
  room.does('ann', 'take-command');
  room.joins('dan');
  room.fastForward('1m');
  room.does('ann', 'assess-impact', { sees: 'Nobody can pay' });
  room.does('ann', 'assess-impact', { sees: 'Some can pay' });
  room.fastForward('1m');
  room.does('dan', 'propose-mitigation', { what: 'Roll back', owner: 'dan' });
  room.does('ann', 'start-mitigation', { activity: 1 });
  room.fastForward('1m');
  room.does('ann', 'mitigated');
  expect(measured(room).to).toEqual({
    call: 1 * MINUTE,
    commander: 2 * MINUTE,
    quorum: 2 * MINUTE,
    impact: 3 * MINUTE,
    firstMitigation: 4 * MINUTE,
    mitigated: 5 * MINUTE,
  });
});

test('after a recurrence it is not mitigated until it is again', () => {
  const room = new Room().joins('ann');
  room.does('ann', 'take-command');
  room.does('ann', 'mitigated');
  room.does('ann', 'recurred');
  expect(measured(room).to.mitigated).toBeUndefined();
  room.fastForward('5m');
  room.does('ann', 'mitigated');
  expect(measured(room).to.mitigated).toBe(5 * MINUTE);
  room.does('ann', 'close', { reason: 'Done' });
  expect(measured(room).to.closed).toBe(5 * MINUTE);
});

test('a delegation is acknowledged by the one who has it, and counts from when they got it', () => {
  const room = new Room().joins('ann', 'bob', 'cat');
  room.does('ann', 'take-command');
  room.does('ann', 'delegate', { owner: 'bob', what: 'Look' });
  room.fastForward('30s');
  room.does('ann', 'give', { activity: 1, to: 'cat' });
  room.fastForward('10s');
  room.does('cat', 'acknowledge');
  const { delegations } = measured(room);
  expect(delegations.map(({ owner, took }) => [owner, took])).toEqual([
    ['bob', undefined],
    ['cat', 10_000],
  ]);
});

test('a queued mitigation that changes hands is nobody’s work yet', () => {
  const room = new Room().joins('ann', 'bob', 'cat');
  room.does('ann', 'take-command');
  room.does('bob', 'propose-mitigation', { what: 'Restart', owner: 'bob' });
  room.does('ann', 'start-mitigation', { activity: 1, owner: 'cat' });
  expect(measured(room).delegations.map(({ owner }) => owner)).toEqual(['cat']);
});

test('rounds are held, missed or skipped, and on time or not', () => {
  const room = new Room().joins('ann');
  room.does('ann', 'take-command');
  room.does('ann', 'hold-round');
  room.does('ann', 'restate-impact', { trend: 'same' });
  room.does('ann', 'skip-round', { reason: 'All is said' });
  const before = measured(room).rounds;
  expect(before).toEqual({ held: 1, missed: 0, skipped: 1, onTime: 1 });
  // Two rounds pass without a word: the first is missed once the second opens.
  while (room.incident.rounds.length < 4) room.fastForward('1m');
  expect(measured(room).rounds).toEqual({ ...before, missed: 1 });
});

test('lulls have a length, the last up to the latest event', () => {
  const room = new Room().joins('ann', 'bob');
  room.does('ann', 'take-command');
  room.fastForward('3m');
  room.does('ann', 'delegate', { owner: 'bob', what: 'Look' });
  room.does('bob', 'acknowledge');
  const [lull, ...others] = measured(room).lulls;
  expect(others).toEqual([]);
  expect(lull).toMatchObject({ lasting: 3 * MINUTE });
});

describe('people', () => {
  test('have hours on the call, and night hours by their own clock', () => {
    // 23:00 UTC: night in the house's zone, evening in New York.
    const room = new Room('x', { at: TUESDAY_NIGHT }).joins('bob', 'eve');
    room.fastForward('1h');
    room.does('bob', 'leave-call');
    room.fastForward('5h');
    room.does('eve', 'leave-call');
    const { people } = measured(room);
    expect(people).toContainEqual({ person: 'bob', onCall: HOUR, night: HOUR });
    expect(people).toContainEqual({ person: 'eve', onCall: 6 * HOUR, night: 2 * HOUR });
  });

  test('who was never on the call has no hours', () => {
    const room = new Room().joins('ann');
    room.does('ann', 'page', { person: 'dan' });
    expect(measured(room).people.map(({ person }) => person)).toEqual(['ann']);
  });

  test('commanders have shifts', () => {
    const room = new Room().joins('ann', 'bob');
    room.does('ann', 'take-command');
    room.fastForward('2m');
    room.does('ann', 'release-command');
    room.does('bob', 'take-command', { acting: true });
    room.fastForward('1m');
    room.does('ann', 'note', { text: 'x' });
    expect(measured(room).shifts.map(({ person, lasting, acting }) => [person, lasting, acting])).toEqual([
      ['ann', 2 * MINUTE, false],
      ['bob', 1 * MINUTE, true],
    ]);
  });
});

test('rules set aside are kept with their reasons', () => {
  const room = new Room().joins('ann', 'bob');
  room.does('ann', 'take-command');
  room.does('ann', 'snooze-round', { until: '1h', reason: 'A restore runs' });
  room.does('ann', 'relieve', { person: 'bob' });
  room.does('ann', 'page', { person: 'bob', reason: 'Only Bob knows' });
  room.does('ann', 'mitigated');
  room.does('ann', 'close', { reason: 'A false alarm' });
  expect(measured(room).overrides.map(({ type, reason }) => [type, reason])).toEqual([
    ['round-snoozed', 'A restore runs'],
    ['rest-overridden', 'Only Bob knows'],
    ['incident-closed', 'A false alarm'],
  ]);
});

test('prompts are raised, answered, put off and waved aside', () => {
  const room = new Room().joins('ann');
  room.fastForward('4m');
  room.does('ann', 'take-command');
  room.does('ann', 'snooze', { prompt: 'impact:sees', for: '2m' });
  room.fastForward('2m');
  room.fastForward('1m');
  room.does('ann', 'assess-impact', { sees: 'Nobody can pay' });
  const of = (line: string) => measured(room).prompts.find((one) => one.line === line);
  expect(of('no-commander-but')).toMatchObject({ raised: 1, answered: 1, snoozed: 0 });
  expect(of('impact-sees')).toEqual({
    line: 'impact-sees',
    raised: 2,
    answered: 1,
    snoozed: 1,
    dismissed: 0,
    median: MINUTE,
  });
  const unanswered = measured(room).prompts.filter(({ answered }) => answered === 0);
  expect(unanswered.every((one) => !('median' in one))).toBe(true);
});

test('the median is the middle, or the mean of the two', () => {
  expect(median([])).toBeUndefined();
  expect(median([5])).toBe(5);
  expect(median([9, 1, 5])).toBe(5);
  expect(median([1, 9, 5, 7])).toBe(6);
});
