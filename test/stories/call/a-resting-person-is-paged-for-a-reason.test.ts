// Somebody sent to rest is paged only when a commander insists, with a reason that is kept.
import { expect, test } from '@jest/globals';
import { commanded } from '../../support/commanded-room.ts';
import { Room } from '../../support/room.ts';

test('[CALL-6] [ROT-3] paging somebody who rests is refused until the commander insists with a reason', () => {
  const room = commanded('SEV-2');
  room.does('ann', 'relieve', { person: 'cat' });
  room.does('cat', 'leave-call');
  const refusal = room.isRefused('ann', 'page', { person: 'cat', wanted: 'Payments' });
  expect(refusal).toMatchObject({
    refused: 'resting',
    facts: { person: { person: 'cat' }, until: { at: room.now + 8 * 3_600_000 } },
  });
  const [insist] = refusal.next;
  expect(insist).toEqual({ command: 'page', fields: { person: 'cat', wanted: 'Payments' }, label: 'insist' });

  room.does('ann', 'page', { ...insist.fields, reason: 'Only she knows the card network' });
  expect(room.happened('rest-overridden')).toMatchObject([
    { person: 'cat', reason: 'Only she knows the card network', by: 'ann' },
  ]);
  expect(room.pages.at(-1)).toMatchObject({ person: 'cat', wanted: 'Payments' });
  room.fastForward('2m');
  expect(room.pages.filter(({ person }) => person === 'cat')).toHaveLength(2);
});

test('[CALL-6] [ROT-3] nobody else can insist while there is a commander to ask', () => {
  const room = commanded('SEV-2');
  room.does('ann', 'relieve', { person: 'cat' });
  for (const fields of [{}, { reason: 'I want to' }]) {
    expect(room.isRefused('dan', 'page', { person: 'cat', ...fields })).toMatchObject({
      refused: 'insist-whose',
      facts: { commander: { person: 'ann' } },
      next: [{ command: 'page' }],
    });
  }
  expect(room.pages).toEqual([]);
});

test('[CALL-6] [ROT-3] without a commander, whoever is there may', () => {
  const room = new Room('x', { resting: { cat: Number.MAX_SAFE_INTEGER } });
  expect(room.isRefused('dan', 'page', { person: 'cat' }).refused).toBe('resting');
  room.does('dan', 'page', { person: 'cat', reason: 'Nobody else knows it' });
  expect(room.pages).toMatchObject([{ person: 'cat' }]);
});

test('[CALL-6] a reason for paging somebody who does not rest overrides nothing', () => {
  const room = commanded('SEV-2');
  room.does('dan', 'page', { person: 'cat', reason: 'Because' });
  expect(room.happened('rest-overridden')).toEqual([]);
});
