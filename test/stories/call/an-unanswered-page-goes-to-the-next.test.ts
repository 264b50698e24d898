// A page is repeated, goes to the next in the chain, and at its end the commander hears by name who is missing.
import { expect, test } from '@jest/globals';
import { Room, SETTINGS } from '../../support/room.ts';

const payments = (more = {}) => new Room('x', { settings: SETTINGS, declared: { service: 'payments' }, ...more });
const paged = (room: Room, seat = 'payments') =>
  room
    .happened('person-paged')
    .filter((page) => page.seat === seat)
    .map(({ person, reason, attempt, at }) => [person, reason, attempt, (at - room.incident.declared.at) / 60_000]);

test('[CALL-5] an unanswered page is repeated, then goes to the next in the chain', () => {
  const room = payments();
  room.fastForward('9m59s');
  expect(paged(room)).toEqual([
    ['cat', 'quorum', 1, 0],
    ['cat', 'repeat', 2, 2],
    ['cat', 'repeat', 3, 4],
    ['dan', 'escalation', 1, 5],
    ['dan', 'repeat', 2, 7],
    ['dan', 'repeat', 3, 9],
  ]);
  expect(room.happened('seat-missed')).toEqual([]);
});

test('[CALL-5] at the end of the chain the commander is told by name who is missing', () => {
  const room = payments();
  room.joins('ann');
  room.does('ann', 'take-command');
  room.does('ann', 'set-severity', { severity: 'SEV-2' });
  room.fastForward('10m');
  expect(room.happened('seat-missed')).toMatchObject([{ seat: 'payments' }]);
  expect(room.prompt('seat-missing')).toMatchObject({
    to: 'ann',
    rank: 'people',
    facts: { wanted: 'Payments on-call', people: { people: ['cat', 'dan'] } },
  });
  expect(room.pings.filter(({ line }) => line === 'seat-missed')).toMatchObject([
    { to: ['ann'], facts: { people: { people: ['cat', 'dan'] } } },
  ]);
  const before = room.pages.length;
  room.fastForward('30m');
  expect(room.pages).toHaveLength(before);
});

test('[CALL-5] with no commander yet, the room is told', () => {
  const room = payments();
  room.fastForward('10m');
  expect(room.prompt('seat-missing')).toMatchObject({ to: 'room', early: true });
});

test('[CALL-5] the commander may go on without them, and is not told again', () => {
  const room = payments();
  room.joins('ann');
  room.does('ann', 'take-command');
  room.fastForward('10m');
  room.presses('ann', 'seat-missing', 'go-on-without');
  room.fastForward('1h');
  expect(room.prompts.map(({ line }) => line)).not.toContain('seat-missing');
});

test('[CALL-5] an answer ends the paging of that seat, and of every other that the person was paged for', () => {
  const room = payments();
  room.fastForward('1m');
  room.does('cat', 'answer-page');
  room.joins('cat');
  room.fastForward('20m');
  expect(paged(room)).toEqual([['cat', 'quorum', 1, 0]]);
});

test('[CALL-5] somebody else may say that a person has answered', () => {
  const room = payments();
  room.does('ann', 'answer-page', { person: 'cat' });
  expect(room.incident.seats.payments?.pages).toMatchObject([{ person: 'cat', answered: room.now }]);
  expect(room.does('ann', 'answer-page', { person: 'cat' })).toEqual([]);
  expect(room.does('eve', 'answer-page')).toEqual([]);
});

test('[CALL-5] who rests is passed over, and a chain that only rests is said to', () => {
  const resting = { cat: Number.MAX_SAFE_INTEGER };
  const room = payments({ resting });
  expect(paged(room)).toEqual([['dan', 'quorum', 1, 0]]);

  const asleep = payments({ resting: { ...resting, dan: Number.MAX_SAFE_INTEGER } });
  expect(paged(asleep)).toEqual([]);
  expect(asleep.prompt('seat-resting').facts).toMatchObject({ people: { people: ['cat', 'dan'] } });
});

test('[CALL-5] late and doubled rings page nobody twice', () => {
  const room = payments();
  room.now += 30 * 60_000;
  room.rings();
  const late = paged(room).length;
  room.rings();
  expect(paged(room)).toHaveLength(late);
  const perPerson = paged(room).filter(([person]) => person === 'cat');
  expect(perPerson.length).toBeLessThanOrEqual(2);
});

test.each([[[]], [['go-on-without']]])(
  '[CALL-5] [CALL-3] missed, then filled, then left, a seat is paged for anew: %j pressed',
  (pressed) => {
    const room = payments();
    room.joins('ann');
    room.does('ann', 'take-command');
    room.does('ann', 'set-severity', { severity: 'SEV-3' });
    room.fastForward('10m');
    for (const label of pressed) room.presses('ann', 'seat-missing', label);
    room.fastForward('1m');
    room.joins('cat');
    room.fastForward('20m');
    const before = paged(room).length;
    room.does('cat', 'leave-call');
    expect(room.prompts.map(({ line }) => line)).not.toContain('seat-missing');
    const { late } = room.world.settings.paging;
    room.fastForward(room.now + late - 1);
    expect(paged(room)).toHaveLength(before);
    room.fastForward('11m');
    const since = 31 + late / 60_000;
    expect(paged(room).slice(before)).toEqual([
      ['cat', 'quorum', 4, since],
      ['cat', 'repeat', 5, since + 2],
      ['cat', 'repeat', 6, since + 4],
      ['dan', 'escalation', 4, since + 5],
      ['dan', 'repeat', 5, since + 7],
      ['dan', 'repeat', 6, since + 9],
    ]);
    expect(room.prompt('seat-missing').facts).toMatchObject({ people: { people: ['cat', 'dan'] } });
    expect(room.happened('seat-missed').filter(({ seat }) => seat === 'payments')).toHaveLength(2);
  },
);

test('[CALL-5] who was asked for by name, missed, and came all the same is not paged for having left', () => {
  const room = payments();
  room.joins('ann');
  room.does('ann', 'take-command');
  room.does('ann', 'set-severity', { severity: 'SEV-3' });
  room.does('ann', 'page', { person: 'eve' });
  room.fastForward('10m');
  room.joins('eve');
  room.fastForward('1m');
  room.does('eve', 'leave-call');
  const pages = room.pages.filter(({ person }) => person === 'eve').length;
  room.fastForward('30m');
  expect(room.pages.filter(({ person }) => person === 'eve')).toHaveLength(pages);
});
