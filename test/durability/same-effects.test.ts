// What an event means outside has the same name whenever it is asked: delivered again after a crash, it is recognised.
import { expect, test } from '@jest/globals';
import type { Effect } from '../../src/core/contract.ts';
import { effectsOf } from '../../src/core/effects.ts';
import { Room, SETTINGS } from '../support/room.ts';

/** What an effect is about, beside its name. */
const matter = (effect: Effect) => (effect.type === 'ping' ? `${effect.fact} ${effect.line}` : effect.type);

test('effects keep their names when the state has moved on and some of them fall away', () => {
  const room = new Room('Checkout fails', { settings: SETTINGS, declared: { service: 'payments' } });
  for (const person of ['ann', 'bob', 'cat', 'dan']) room.joins(person);
  room.does('ann', 'take-command');
  for (const owner of ['cat', 'dan']) {
    room.does('ann', 'delegate', { owner, what: `Look with ${owner}`, due: '2h' });
    room.does(owner, 'acknowledge');
  }
  for (let minutes = 0; minutes < 24; minutes += 4) {
    room.fastForward('4m');
    room.does('ann', 'note', { text: 'Still here' });
  }
  const before = room.incident;
  room.does('ann', 'release-command');

  const round = room.events.findLast(({ type }) => type === 'round-opened');
  const named = (incident: typeof before) =>
    room.events.flatMap((event) => effectsOf(event, incident, room.world).map((effect) => [effect.id, matter(effect)]));
  const then = new Map(named(before) as [string, string][]);
  const now = named(room.incident) as [string, string][];
  // Without a commander nobody is asked for the impact, but the owners still are.
  const facts = (incident: typeof before) =>
    round ? effectsOf(round, incident, room.world).flatMap((one) => (one.type === 'ping' ? [one.fact] : [])) : [];
  expect(facts(before).length).toBeGreaterThan(facts(room.incident).length);
  expect(facts(room.incident).length).toBeGreaterThan(0);
  expect(now.filter(([id, what]) => then.has(id) && then.get(id) !== what)).toEqual([]);
  expect(new Set(now.map(([id]) => id)).size).toBe(now.length);
});
