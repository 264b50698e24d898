// Presence is seen where the platform shows it, and said elsewhere.
import { expect, test } from '@jest/globals';
import { isOnCall } from '../../../src/core/quorum.ts';
import { Room } from '../../support/room.ts';

test('[CALL-4] "I’m here" and "I’m leaving" put somebody on the call and take them off, for themselves or another', () => {
  const room = new Room();
  room.does('ann', 'join-call');
  room.does('ann', 'join-call', { person: 'Bob Baker' });
  expect(isOnCall(room.incident, 'ann')).toBe(true);
  expect(isOnCall(room.incident, 'bob')).toBe(true);
  expect(room.does('ann', 'join-call')).toEqual([]);
  room.does('ann', 'leave-call', { person: 'bob' });
  room.does('ann', 'leave-call');
  expect(isOnCall(room.incident, 'ann')).toBe(false);
  expect(isOnCall(room.incident, 'bob')).toBe(false);
  expect(room.does('ann', 'leave-call')).toEqual([]);
});

test('[CALL-4] somebody seen on two platforms is on the call until they have left both', () => {
  const room = new Room();
  room.tries('ann', 'join-call', { observed: true }, { via: 'discord' });
  room.tries('ann', 'join-call', { observed: true }, { via: 'teams' });
  room.tries('ann', 'leave-call', { observed: true }, { via: 'discord' });
  expect(isOnCall(room.incident, 'ann')).toBe(true);
  room.tries('ann', 'leave-call', { observed: true }, { via: 'teams' });
  expect(isOnCall(room.incident, 'ann')).toBe(false);
  expect(room.incident.people.ann?.stints).toHaveLength(1);
});

test('[CALL-4] what is seen takes the place of what was said: whoever is seen to leave has left', () => {
  const room = new Room();
  room.does('ann', 'join-call');
  room.tries('ann', 'join-call', { observed: true }, { via: 'discord' });
  room.does('ann', 'join-call');
  expect(room.incident.people.ann?.on).toEqual(['discord']);
  room.fastForward('3m');
  room.tries('ann', 'leave-call', { observed: true }, { via: 'discord' });
  expect(isOnCall(room.incident, 'ann')).toBe(false);
  expect(room.incident.people.ann?.stints).toEqual([{ from: room.now - 180_000, to: room.now }]);
});

test('[CALL-4] said to have left, somebody has left wherever they were seen', () => {
  const room = new Room();
  room.tries('ann', 'join-call', { observed: true }, { via: 'discord' });
  room.tries('ann', 'join-call', { observed: true }, { via: 'teams' });
  room.does('dan', 'leave-call', { person: 'ann' });
  expect(isOnCall(room.incident, 'ann')).toBe(false);
});
