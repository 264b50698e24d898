// Whatever rings for a page is told when it is answered, and when it needs nobody any more.
import { expect, test } from '@jest/globals';
import type { Effect } from '../../../src/core/contract.ts';
import { Room, SETTINGS } from '../../support/room.ts';

const payments = () => new Room('x', { settings: SETTINGS, declared: { service: 'payments' } });
const ends = ({ effects }: Room) =>
  effects.filter((effect): effect is Effect & { type: 'end-page' } => effect.type === 'end-page');

test('[CALL-5] an answer quiets the page of whoever answered', () => {
  const room = payments();
  room.does('cat', 'answer-page');
  expect(ends(room)).toMatchObject([{ how: 'answered', people: ['cat'] }]);
});

test('[CALL-5] whoever comes ends their page, and the pages of all others for that seat', () => {
  const room = payments();
  room.fastForward('5m');
  room.does('dan', 'join-call');
  expect(ends(room)).toMatchObject([
    { how: 'answered', people: ['dan'] },
    { how: 'over', people: ['dan'], seats: ['payments'] },
  ]);
});

test('[CALL-5] whoever is let go is no longer rung for', () => {
  const room = payments().joins('ann');
  room.does('ann', 'take-command');
  room.does('ann', 'release', { people: ['cat'] });
  expect(ends(room).at(-1)).toMatchObject({ how: 'over', people: ['cat'] });
});

test('[CALL-5] with the impact ends what was paged for it, but not whom somebody asked for', () => {
  const room = payments().joins('ann');
  room.does('ann', 'take-command');
  room.does('ann', 'page', { person: 'eve', wanted: 'Networks' });
  room.does('ann', 'mitigated');
  expect(ends(room).at(-1)).toMatchObject({ how: 'over', seats: ['commander', 'payments'] });
  room.does('ann', 'close', { reason: 'A drill of ours' });
  const { people, seats, how } = ends(room).at(-1) ?? {};
  expect({ how, people, seats }).toEqual({ how: 'over' });
});

test('[CALL-5] what else an event leads to keeps its name', () => {
  const room = payments();
  room.does('cat', 'answer-page');
  const answered = room.happened('page-answered')[0]?.seq;
  expect(room.effects.filter(({ seq }) => seq === answered).map(({ type, id }) => [type, id])).toEqual([
    ['announce', `INC-1/${answered}/0`],
    ['end-page', `INC-1/${answered}/end-page`],
  ]);
});
