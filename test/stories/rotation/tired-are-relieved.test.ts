// Everybody's hours are counted, night hours by their own clock; at the limit the commander is to relieve them.
import { expect, test } from '@jest/globals';
import { measure } from '../../../src/core/measures.ts';
import {
  activity,
  commanded,
  HOUR,
  lines,
  MINUTE,
  patient,
  pinged,
  queued,
  underWay,
} from '../../support/commanded-room.ts';
import { PEOPLE, Room, SETTINGS, TUESDAY_NIGHT } from '../../support/room.ts';

const berlin = { ...PEOPLE, bob: { id: 'bob', name: 'Bob Baker', zone: 'Europe/Berlin' } };

/** Ann commands from the beginning; the others join as the story tells. */
function begun(at?: number, people = PEOPLE) {
  const room = new Room('Checkout fails', {
    settings: patient(SETTINGS),
    people,
    declared: { service: 'payments' },
    ...(at === undefined ? {} : { at }),
  }).joins('ann');
  room.does('ann', 'take-command');
  room.does('ann', 'set-severity', { severity: 'SEV-2' });
  return room;
}

const due = (room: Room, person: string) => room.happened('relief-due').filter((event) => event.person === person);

test('[ROT-3] after 6 h the commander is asked to relieve them, with an alternate from the same seat', () => {
  const room = begun();
  room.joins('cat');
  room.fastForward('5h59m');
  expect(due(room, 'cat')).toEqual([]);
  room.fastForward('1m');
  expect(due(room, 'cat')).toMatchObject([{ why: 'hours', alternate: 'dan' }]);
  expect(room.prompt('relieve-hours')).toMatchObject({
    to: 'ann',
    rank: 'people',
    facts: { person: { person: 'cat' }, alternate: { person: 'dan' } },
  });
  expect(pinged(room, 'relieve:cat')).toEqual([{ to: ['ann'], after: 6 * HOUR }]);
});

test('[ROT-3] only time on the call counts, and it adds up', () => {
  const room = begun().joins('cat');
  room.fastForward('4h');
  room.does('cat', 'leave-call');
  room.fastForward('3h');
  room.joins('cat');
  room.fastForward('119m');
  expect(due(room, 'cat')).toEqual([]);
  room.fastForward('1m');
  expect(due(room, 'cat')).toMatchObject([{ why: 'hours' }]);
});

test('[ROT-3] after 3 h of night, by their own clock and not by the house’s', () => {
  const room = begun(TUESDAY_NIGHT).joins('cat', 'eve');
  room.fastForward('3h');
  expect(due(room, 'cat')).toMatchObject([{ why: 'night', at: TUESDAY_NIGHT + 3 * HOUR }]);
  expect(room.prompt('relieve-night').facts.person).toEqual({ person: 'cat' });
  room.fastForward('3h');
  // In New York it was 18:00 when Eve came.
  expect(due(room, 'eve')).toMatchObject([{ why: 'hours', at: TUESDAY_NIGHT + 6 * HOUR }]);
});

test('[ROT-3] the night in which the clock goes forward is an hour shorter', () => {
  const room = begun(Date.UTC(2026, 2, 29, 2, 30), berlin).joins('bob');
  // 04:30 in Berlin, already by summer time: two and a half hours of night are left, not three and a half.
  room.fastForward('6h');
  expect(due(room, 'bob')).toMatchObject([{ why: 'hours', at: Date.UTC(2026, 2, 29, 8, 30) }]);
});

test('[ROT-3] the night in which it goes back is an hour longer', () => {
  const room = begun(Date.UTC(2026, 9, 25, 3), berlin).joins('bob');
  // 04:00 in Berlin, by winter time again: night until 06:00 UTC.
  room.fastForward('3h');
  expect(due(room, 'bob')).toMatchObject([{ why: 'night', at: Date.UTC(2026, 9, 25, 6) }]);
});

test('[ROT-3] an evening leads into the night: only what is night counts towards the three hours', () => {
  const room = begun(TUESDAY_NIGHT - 3 * HOUR).joins('cat');
  // 20:00 to 22:00 is no night yet.
  room.fastForward('5h');
  expect(due(room, 'cat')).toMatchObject([{ why: 'night', at: TUESDAY_NIGHT + 2 * HOUR }]);
});

test('[ROT-3] relieved, they rest for 8 h, their work goes back to the commander, and the alternate is paged', () => {
  const room = begun().joins('cat');
  underWay(room, 'cat', 'Restore', { due: '9h' });
  queued(room, 'cat', 'Fail over');
  room.fastForward('6h');
  const pages = room.pages.length;
  room.presses('ann', 'relieve-hours', 'relieve');
  expect(room.incident.people.cat).toMatchObject({ restsUntil: room.now + 8 * HOUR });
  expect(room.pages.slice(pages).map(({ person }) => person)).toEqual(['dan']);
  expect(activity(room, 1).status).toBe('offered');
  expect(room.prompt('owner-rests')).toMatchObject({ facts: { activity: { activity: 1 }, owner: { person: 'cat' } } });
  expect(room.promptsTo('cat')).toEqual([]);
  expect(activity(room, 2).owner).toBeUndefined();
  expect(lines(room)).not.toContain('relieve-hours');
  room.does('ann', 'give', { activity: 1, to: 'bob' });
  expect(lines(room)).not.toContain('owner-rests');
});

test('[ROT-3] work of somebody who rests is not being done: without other work there is a lull', () => {
  const room = begun().joins('cat');
  underWay(room, 'cat', 'Restore', { due: '9h' });
  room.fastForward('1h');
  room.does('ann', 'relieve', { person: 'cat' });
  room.fastForward('2m');
  expect(room.happened('lull-began').at(-1)?.at).toBe(room.now);
});

test('[ROT-3] [CALL-5] who only said that they are there has gone to rest: their seat is empty and their hours end', () => {
  const room = begun().joins('bob', 'cat');
  room.fastForward('1h');
  room.does('ann', 'relieve', { person: 'cat' });
  const pages = room.pages.length;
  room.fastForward(room.now + room.world.settings.paging.late);
  expect(room.pages.slice(pages).map(({ person }) => person)).toEqual(['dan']);
  room.fastForward('5m');
  expect(room.prompt('seat-missing').facts).toMatchObject({ people: { people: ['dan'] } });
  room.fastForward('7h');
  expect(due(room, 'cat')).toEqual([]);
  const { people } = measure(room.incident, room.events, room.world.settings);
  expect(people.find(({ person }) => person === 'cat')?.onCall).toBe(HOUR);
});

test('[ROT-3] who has left the call is not to be relieved before they come back to it', () => {
  const room = begun().joins('cat');
  room.fastForward('6h');
  const { key } = room.prompt('relieve-hours');
  room.does('cat', 'leave-call');
  expect(lines(room)).not.toContain('relieve-hours');
  room.fastForward('1h');
  expect(due(room, 'cat')).toHaveLength(1);
  room.joins('cat');
  expect(room.prompt('relieve-hours').key).toBe(key);
});

test('[ROT-3] rest may be longer or shorter than usual', () => {
  const room = begun().joins('cat');
  room.does('ann', 'relieve', { person: 'cat', until: '3h' });
  expect(room.incident.people.cat?.restsUntil).toBe(room.now + 3 * HOUR);
});

test('[ROT-3] told that they stay, Baton asks again after half an hour; unanswered, it is one question', () => {
  const room = begun().joins('cat');
  room.fastForward('6h');
  room.presses('ann', 'relieve-hours', 'stays');
  room.fastForward('29m');
  expect(lines(room)).not.toContain('relieve-hours');
  room.fastForward('1m');
  const { key } = room.prompt('relieve-hours');
  room.fastForward('1h');
  expect(room.prompt('relieve-hours').key).toBe(key);
  expect(pinged(room, 'relieve:cat').map(({ after }) => after / MINUTE)).toEqual([360, 390, 420, 450]);
});

test('[ROT-3] eight hours away from the call are a rest: the hours begin anew', () => {
  const room = begun().joins('cat');
  room.fastForward('6h');
  room.does('cat', 'leave-call');
  room.fastForward('8h');
  room.joins('cat');
  expect(lines(room)).not.toContain('relieve-hours');
  room.fastForward('2h59m');
  expect(due(room, 'cat')).toHaveLength(1);
  room.fastForward('1m');
  // 04:00 to 07:00 of the next day.
  expect(due(room, 'cat')).toHaveLength(2);
});

test('[ROT-3] the commander is relieved by handing over; once they have, their hours count like anybody’s', () => {
  const room = begun().joins('bob');
  expect(room.isRefused('ann', 'relieve', { person: 'ann' })).toMatchObject({
    refused: 'relieve-yourself',
    next: [{ command: 'hand-over' }],
  });
  room.does('bob', 'leave-call');
  room.fastForward('6h');
  expect(lines(room)).not.toContain('relieve-hours');
  room.joins('bob');
  room.does('ann', 'hand-over', { to: 'bob' });
  room.does('bob', 'accept-hand-over');
  expect(room.prompt('relieve-hours')).toMatchObject({ to: 'bob', facts: { person: { person: 'ann' } } });
});

test('[ROT-3] the record holds everybody’s hours, and how many of them were night', () => {
  const room = begun(TUESDAY_NIGHT).joins('cat', 'eve');
  room.fastForward('2h');
  room.does('ann', 'note', { text: 'Two hours in' });
  const { people } = measure(room.incident, room.events, room.world.settings);
  expect(people).toEqual(
    expect.arrayContaining([
      { person: 'cat', onCall: 2 * HOUR, night: 2 * HOUR },
      { person: 'eve', onCall: 2 * HOUR, night: 0 },
    ]),
  );
});

test('[ROT-3] only the commander sends people to rest', () => {
  const room = commanded();
  expect(room.isRefused('bob', 'relieve', { person: 'cat' }).refused).toBe('commander-only');
});
