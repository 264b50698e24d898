// Whom the room is asked to follow: qualified, on the call, on the list first, then who has commanded most.
import { expect, test } from '@jest/globals';
import { DEFAULTS } from '../../../src/core/settings.ts';
import { Room, type RoomOptions, SETTINGS } from '../../support/room.ts';

function named(options: RoomOptions, ...people: string[]) {
  const room = new Room('x', options);
  for (const person of people) room.does(person, 'join-call');
  room.fastForward('3m');
  return room.happened('commander-sought').at(-1)?.candidate;
}

test('[CMD-1] the configured list goes first, in its order, whoever has commanded more', () => {
  const commanded = { bob: 9, cat: 30 };
  expect(named({ settings: SETTINGS, commanded }, 'cat', 'bob', 'ann')).toBe('ann');
  expect(named({ settings: SETTINGS, commanded }, 'cat', 'bob')).toBe('bob');
});

test('[CMD-1] nobody unqualified is named, and nobody who is not on the call', () => {
  expect(named({ settings: SETTINGS, commanded: { cat: 30 } }, 'cat', 'dan')).toBeUndefined();
  expect(named({ settings: SETTINGS })).toBeUndefined();
});

test('[CMD-1] without a list everybody is qualified, and who has commanded most goes first', () => {
  expect(named({ settings: DEFAULTS, commanded: { dan: 4, cat: 7 } }, 'ann', 'dan', 'cat')).toBe('cat');
  expect(named({ settings: DEFAULTS }, 'dan', 'cat')).toBe('cat');
});

test('[CMD-1] at SEV-1 a listed call leader goes before everybody', () => {
  const severities = SETTINGS.severities.map((row) => (row.id === 'SEV-1' ? { ...row, leaders: ['bob'] } : row));
  const settings = { ...SETTINGS, severities };
  expect(named({ settings, declared: { severity: 'SEV-1' } }, 'ann', 'bob')).toBe('bob');
  expect(named({ settings }, 'ann', 'bob')).toBe('ann');
});

test('[CMD-1] nobody who was sent to rest is asked to lead', () => {
  const resting = { ann: Number.MAX_SAFE_INTEGER };
  expect(named({ settings: SETTINGS, resting }, 'ann', 'bob')).toBe('bob');
  expect(named({ settings: SETTINGS, resting }, 'ann', 'cat')).toBeUndefined();
});
