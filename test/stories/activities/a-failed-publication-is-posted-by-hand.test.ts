// Where a message cannot be published, the commander is told and somebody posts it by hand.
import { expect, test } from '@jest/globals';
import { commanded, lines, patient, underWay } from '../../support/commanded-room.ts';
import { type Room, SETTINGS } from '../../support/room.ts';

function confirmed(settings = SETTINGS): Room {
  const room = commanded('SEV-2', { settings: patient(settings) });
  underWay(room, 'dan', 'Tell the customers', { kind: 'customers' });
  room.does('dan', 'draft-message', { text: 'We are on it' });
  room.does('ann', 'confirm-message', { message: 1 });
  return room;
}

test('[ACT-3] a publication that fails is the commander’s to know, with the place and the reason', () => {
  const room = confirmed();
  room.does('baton', 'report-publication', { message: 1, place: 'status', reason: 'HTTP 503' });
  expect(room.prompt('publication-failed')).toMatchObject({
    to: 'ann',
    facts: { message: 1, place: 'status', reason: 'HTTP 503' },
  });
  expect(room.pings.at(-1)).toMatchObject({ to: ['ann'], line: 'publication-failed' });
  room.presses('ann', 'publication-failed', 'posted', { link: 'https://status.example.com/1' });
  expect(lines(room)).not.toContain('publication-failed');
  expect(room.incident.messages[0]).toMatchObject({ failed: [], published: [{ place: 'status' }] });
});

test('[ACT-3] published after all, nobody has to post it; posted by hand, a late publication is not counted again', () => {
  const late = confirmed();
  late.does('baton', 'report-publication', { message: 1, place: 'status', reason: 'timeout' });
  late.does('baton', 'report-publication', { message: 1, place: 'status' });
  expect(lines(late)).not.toContain('publication-failed');

  const byHand = confirmed();
  byHand.does('baton', 'report-publication', { message: 1, place: 'status', reason: 'timeout' });
  byHand.does('dan', 'posted', { message: 1, place: ['status'] });
  expect(byHand.does('baton', 'report-publication', { message: 1, place: 'status' })).toEqual([]);
  expect(byHand.happened('message-published')).toHaveLength(1);
});

test('[ACT-3] with no place configured a confirmed message is posted by hand, and said to be', () => {
  const room = confirmed({ ...SETTINGS, places: {} });
  expect(room.effects.filter(({ type }) => type === 'publish')).toEqual([]);
  expect(room.prompt('post-by-hand')).toMatchObject({ to: 'ann', facts: { message: 1, text: 'We are on it' } });
  room.presses('ann', 'post-by-hand', 'posted', { link: 'https://example.com/news' });
  expect(lines(room)).not.toContain('post-by-hand');
  expect(room.does('dan', 'posted', { message: 1 })).toEqual([]);
});

test('[ACT-3] it is told during the watch too', () => {
  const room = confirmed();
  room.does('ann', 'mitigated');
  room.does('baton', 'report-publication', { message: 1, place: 'status', reason: 'HTTP 503' });
  expect(lines(room)).toContain('publication-failed');
});
