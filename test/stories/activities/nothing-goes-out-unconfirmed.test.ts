// No draft is published unconfirmed; the commander or the communications lead confirms.
import { expect, test } from '@jest/globals';
import { commanded, lines, patient, underWay } from '../../support/commanded-room.ts';
import { type Room, SETTINGS } from '../../support/room.ts';

const published = (room: Room) => room.effects.filter(({ type }) => type === 'publish');

function drafted(settings = SETTINGS): Room {
  const room = commanded('SEV-2', { settings: patient(settings) });
  underWay(room, 'dan', 'Tell the customers', { kind: 'customers' });
  room.does('dan', 'draft-message', { text: 'We are on it' });
  return room;
}

test('[ACT-3] a draft stays a draft until it is confirmed, however long that takes', () => {
  const room = drafted();
  room.fastForward('3h');
  expect(published(room)).toEqual([]);
  expect(lines(room)).toContain('confirm-message');
});

test('[ACT-3] neither its author nor anybody else confirms it, only the commander', () => {
  const room = drafted();
  for (const person of ['dan', 'bob']) {
    expect(room.isRefused(person, 'confirm-message', { message: 1 })).toMatchObject({
      refused: 'confirm-whose',
      facts: { commander: { person: 'ann' } },
    });
  }
  expect(published(room)).toEqual([]);
  room.presses('ann', 'confirm-message', 'confirm-message');
  expect(published(room)).toHaveLength(1);
});

test('[ACT-3] or the communications lead', () => {
  const room = drafted({ ...SETTINGS, commsLeads: ['eve'] });
  room.does('eve', 'confirm-message', { message: 1 });
  expect(room.happened('message-confirmed')).toMatchObject([{ by: 'eve', places: ['status'] }]);
});

test('[ACT-3] without a commander it waits for one, or for the communications lead', () => {
  const room = drafted({ ...SETTINGS, commsLeads: ['eve'] });
  room.does('ann', 'release-command');
  expect(room.isRefused('dan', 'confirm-message', { message: 1 })).toMatchObject({
    refused: 'needs-commander',
    next: [{ command: 'take-command' }],
  });
  expect(lines(room)).not.toContain('confirm-message');
  room.does('eve', 'confirm-message', { message: 1 });
  expect(published(room)).toHaveLength(1);
});

test('[ACT-3] words that changed after the button was drawn are not confirmed by it', () => {
  const room = drafted();
  const seen = room.incident.version;
  room.does('dan', 'draft-message', { text: 'Something else', message: 1 });
  expect(room.tries('ann', 'confirm-message', { message: 1 }, { seen })).toMatchObject({
    refusal: { refused: 'stale', next: [{ command: 'confirm-message', fields: { message: 1 } }] },
  });
  expect(published(room)).toEqual([]);
});

test('[ACT-3] what was never drafted cannot be confirmed', () => {
  const room = drafted();
  expect(room.isRefused('ann', 'confirm-message', { message: 7 })).toMatchObject({
    refused: 'not-a-draft',
    next: [{ command: 'draft-message' }],
  });
});
