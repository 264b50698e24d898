// Where no publisher reaches, people post by hand: that is said calmly, once, and to whoever can see to it.
import { expect, test } from '@jest/globals';
import { effectsOf } from '../../../src/core/effects.ts';
import type { Recorded } from '../../../src/core/events.ts';
import type { Place } from '../../../src/core/settings.ts';
import { commanded, lines, patient, underWay } from '../../support/commanded-room.ts';
import { type Room, SETTINGS } from '../../support/room.ts';

const settings = patient({
  ...SETTINGS,
  places: {
    status: { name: 'Status page', audience: 'customers' },
    shop: { name: 'Shop window', audience: 'customers', byHand: true },
    board: { name: 'Stakeholder channel', audience: 'stakeholders', byHand: true },
  },
});

const published = (room: Room) => room.effects.flatMap((effect) => (effect.type === 'publish' ? [effect.place] : []));
const postings = (room: Room) => lines(room).filter((line) => line === 'post-at-place');

test('[ACT-4] that updates do not go out by themselves is said with the first one, and not again once it was seen', () => {
  const room = commanded('SEV-2', { settings });
  expect(lines(room)).not.toContain('update-by-hand');
  const pings = room.pings.length;
  room.does('ann', 'send-update', { text: 'We are on it' });
  expect(room.prompt('update-by-hand')).toMatchObject({
    to: 'ann',
    rank: 'writing',
    facts: { place: 'Stakeholder channel' },
  });
  room.presses('ann', 'update-by-hand', 'seen');
  for (const text of ['Still on it', 'Nearly there']) room.does('ann', 'send-update', { text });
  expect(lines(room)).not.toContain('update-by-hand');
  expect(room.pings).toHaveLength(pings);
  expect(room.happened('update-failed')).toEqual([]);
  expect(published(room)).toEqual([]);
});

test('[ACT-4] nor once posting them was given to somebody after that; notes given before do not count', () => {
  const room = commanded('SEV-2', { settings });
  underWay(room, 'bob', 'Take notes', { kind: 'updates' });
  room.fastForward('1m');
  room.does('ann', 'send-update', { text: 'We are on it' });
  room.presses('ann', 'update-by-hand', 'delegate', { owner: 'cat', what: 'Post the updates' });
  expect(room.incident.activities.at(-1)).toMatchObject({ kind: 'updates', owner: 'cat' });
  expect(lines(room)).not.toContain('update-by-hand');
});

test('[ACT-3] a confirmed message goes out where a publisher reaches, and elsewhere it is posted by hand, unpinged', () => {
  const room = commanded('SEV-2', { settings });
  underWay(room, 'dan', 'Tell the customers', { kind: 'customers' });
  room.does('dan', 'draft-message', { text: 'We are on it' });
  const pings = room.pings.length;
  room.does('ann', 'confirm-message', { message: 1 });
  expect(published(room)).toEqual(['status']);
  expect(room.prompt('post-at-place')).toMatchObject({ to: 'ann', facts: { message: 1, place: 'Shop window' } });
  room.presses('ann', 'post-at-place', 'posted', { link: 'https://shop.example.com/news' });
  expect(postings(room)).toEqual([]);
  expect(room.incident.messages[0]?.published).toMatchObject([{ place: 'shop' }]);
  expect(room.pings).toHaveLength(pings);
});

test('[ACT-3] words for a place that has gone from the settings since are posted by hand, not lost', () => {
  const room = commanded('SEV-2', { settings });
  underWay(room, 'dan', 'Tell the customers', { kind: 'customers' });
  room.does('dan', 'draft-message', { text: 'We are on it' });
  room.does('ann', 'confirm-message', { message: 1, places: ['shop'] });
  room.world = { ...room.world, settings: { ...settings, places: {} } };
  expect(room.prompt('post-at-place')).toMatchObject({ facts: { place: 'shop' } });
});

test('[ACT-3] what was left to people stays theirs, though a publisher be set up meanwhile', () => {
  const room = commanded('SEV-2', { settings });
  underWay(room, 'dan', 'Tell the customers', { kind: 'customers' });
  room.does('dan', 'draft-message', { text: 'We are on it' });
  room.does('ann', 'confirm-message', { message: 1, places: ['shop'] });
  const { name, audience } = settings.places.shop as Place;
  room.world = { ...room.world, settings: { ...settings, places: { shop: { name, audience } } } };
  const confirmed = room.events.find(({ type }) => type === 'message-confirmed') as Recorded;
  expect(effectsOf(confirmed, room.incident, room.world).filter(({ type }) => type === 'publish')).toEqual([]);
  expect(lines(room)).toContain('post-at-place');
});

test('[ACT-3] [ACT-4] nobody posts anything in a drill, and nothing is said where no place is configured', () => {
  const drill = commanded('SEV-2', { settings, declared: { drill: true } });
  const nowhere = commanded('SEV-2', { settings: { ...settings, places: {} } });
  for (const room of [drill, nowhere]) {
    underWay(room, 'dan', 'Tell the customers', { kind: 'customers' });
    room.does('dan', 'draft-message', { text: 'We are on it' });
    room.does('ann', 'confirm-message', { message: 1 });
    room.does('ann', 'send-update', { text: 'We are on it' });
    expect(lines(room)).not.toContain('update-by-hand');
    expect(postings(room)).toEqual([]);
    expect(published(room)).toEqual([]);
  }
});
