// Who has been sent to rest is not paged until rested, or until a commander insists with a reason.
import { expect, test } from '@jest/globals';
import { measure } from '../../../src/core/measures.ts';
import { commanded, HOUR, lines, patient } from '../../support/commanded-room.ts';
import { Room, SETTINGS, TUESDAY_AFTERNOON } from '../../support/room.ts';

const paged = (room: Room, person: string) => room.pages.filter((page) => page.person === person).length;

/** Cat was sent to rest and has left. */
function resting() {
  const room = commanded('SEV-2', { settings: patient(SETTINGS) });
  room.does('ann', 'relieve', { person: 'cat' });
  room.does('cat', 'leave-call');
  return room;
}

test('[ROT-3] by hand they are not paged; the refusal says until when, and lets the commander insist', () => {
  const room = resting();
  expect(room.isRefused('ann', 'page', { person: 'cat' })).toMatchObject({
    refused: 'resting',
    facts: { person: { person: 'cat' }, until: { at: room.now + 8 * HOUR } },
    next: [{ command: 'page', fields: { person: 'cat' }, label: 'insist' }, { command: 'page' }],
  });
  expect(paged(room, 'cat')).toBe(0);
});

test('[ROT-3] insisted on with a reason, they are paged, and the reason is kept', () => {
  const room = resting();
  room.does('ann', 'page', { person: 'cat', reason: 'Only Cat knows the ledger' });
  expect(paged(room, 'cat')).toBe(1);
  expect(room.happened('rest-overridden')).toMatchObject([{ person: 'cat', by: 'ann' }]);
  expect(measure(room.incident, room.events, room.world.settings).overrides).toMatchObject([
    { type: 'rest-overridden', reason: 'Only Cat knows the ledger' },
  ]);
  room.does('bob', 'page', { person: 'cat' });
});

test('[ROT-3] nobody but the commander insists', () => {
  const room = resting();
  const refusal = room.isRefused('bob', 'page', { person: 'cat', reason: 'I want Cat' });
  expect(refusal).toMatchObject({ refused: 'insist-whose', facts: { commander: { person: 'ann' } } });
  expect(refusal.next.map(({ label }) => label)).not.toContain('insist');
  expect(paged(room, 'cat')).toBe(0);
});

test('[ROT-3] without a commander anybody may: waking somebody is the lesser harm', () => {
  const room = resting();
  room.does('ann', 'release-command');
  room.does('bob', 'page', { person: 'cat', reason: 'Nobody else is left' });
  expect(paged(room, 'cat')).toBe(1);
});

test('[ROT-3] a reason for somebody who does not rest overrides nothing', () => {
  const room = resting();
  room.does('bob', 'page', { person: 'dan', reason: 'Please' });
  expect(room.happened('rest-overridden')).toEqual([]);
});

test('[ROT-3] a chain passes them over', () => {
  const resting = { cat: TUESDAY_AFTERNOON + 8 * HOUR };
  const room = new Room('Checkout fails', { settings: SETTINGS, resting, declared: { service: 'payments' } });
  expect(room.pages.map(({ person }) => person)).toEqual(['ann', 'dan']);
  room.fastForward('1h');
  expect(paged(room, 'cat')).toBe(0);
});

test('[ROT-3] rest ordered in another incident counts here too, after rest here is long over', () => {
  const room = resting();
  room.fastForward('9h');
  room.world = { ...room.world, resting: { cat: room.now + 6 * HOUR } };
  expect(room.isRefused('ann', 'page', { person: 'cat' })).toMatchObject({
    refused: 'resting',
    facts: { until: { at: room.now + 6 * HOUR } },
  });
});

test('[ROT-3] insisted on here, they are awake here, whatever another incident says', () => {
  const room = resting();
  room.world = { ...room.world, resting: { cat: room.now + 8 * HOUR } };
  room.does('ann', 'page', { person: 'cat', reason: 'Only Cat knows' });
  room.fastForward('3m');
  expect(paged(room, 'cat')).toBe(2);
});

test('[ROT-3] a page out when they are sent to rest is not repeated', () => {
  const room = commanded('SEV-2', { settings: patient(SETTINGS) });
  room.does('eve', 'leave-call');
  room.does('bob', 'page', { person: 'eve' });
  room.does('ann', 'relieve', { person: 'eve' });
  room.fastForward('30m');
  expect(paged(room, 'eve')).toBe(1);
});

test('[ROT-3] rested, they are paged again like anybody', () => {
  const room = resting();
  room.fastForward('7h59m');
  room.isRefused('ann', 'page', { person: 'cat' });
  room.fastForward('1m');
  room.does('bob', 'page', { person: 'cat' });
  expect(paged(room, 'cat')).toBe(1);
});

test('[ROT-3] who rests is neither proposed to command nor called back with the others', () => {
  const room = commanded('SEV-2', { settings: patient({ ...SETTINGS, commanders: ['bob', 'dan'] }) });
  room.does('ann', 'relieve', { person: 'bob' });
  room.does('ann', 'release-command');
  expect(room.happened('commander-sought').at(-1)?.candidate).toBe('dan');

  const back = commanded('SEV-2', { settings: patient(SETTINGS) });
  back.does('ann', 'relieve', { person: 'cat' });
  back.does('ann', 'mitigated', { stays: ['bob'] });
  for (const person of ['cat', 'dan', 'eve']) back.does(person, 'leave-call');
  back.does('bob', 'recurred', { what: 'Again' });
  const pages = back.pages.length;
  back.presses('ann', 'call-back', 'call-back');
  expect(back.pages.slice(pages).map(({ person }) => person)).toEqual(['dan', 'eve']);
});

test('[ROT-3] an alternate who rests is refused before anybody is sent to rest for them', () => {
  const room = resting();
  expect(room.isRefused('ann', 'relieve', { person: 'dan', alternate: 'cat' }).refused).toBe('resting');
  expect(room.incident.people.dan?.restsUntil).toBeUndefined();
  expect(lines(room)).not.toContain('owner-rests');
});
