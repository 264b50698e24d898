// At night, in a long SEV-2, the commander is asked whether it can wait till morning.
import { expect, test } from '@jest/globals';
import { commanded, HOUR, lines, MINUTE, patient, restart } from '../../support/commanded-room.ts';
import { PEOPLE, type Room, TUESDAY_AFTERNOON, TUESDAY_NIGHT } from '../../support/room.ts';

const suggested = (room: Room) => room.happened('stand-down-suggested').map(({ at }) => at);

test('[ROT-4] after 2 h, at night', () => {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT });
  room.fastForward('119m');
  expect(suggested(room)).toEqual([]);
  room.fastForward('1m');
  expect(suggested(room)).toEqual([TUESDAY_NIGHT + 2 * HOUR]);
  expect(room.prompt('stand-down')).toMatchObject({
    to: 'ann',
    rank: 'people',
    facts: { severity: { severity: 'SEV-3' } },
  });
  expect(room.prompt('stand-down').buttons).toMatchObject([{ command: 'stand-down' }, { command: 'dismiss' }]);
});

test('[ROT-4] long before the night, it waits for the night', () => {
  const room = commanded('SEV-2', { at: TUESDAY_AFTERNOON });
  room.fastForward('9h');
  expect(suggested(room)).toEqual([TUESDAY_NIGHT - HOUR]);
});

test('[ROT-4] the night is the commander’s', () => {
  const people = { ...PEOPLE, ann: { id: 'ann', name: 'Ann Archer', zone: 'America/New_York' } };
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT, people });
  room.fastForward('4h59m');
  // 22:00 in New York is 03:00 UTC in winter.
  expect(suggested(room)).toEqual([TUESDAY_NIGHT + 4 * HOUR]);
});

test.each(['SEV-1', 'SEV-3'])('[ROT-4] never at %s', (severity) => {
  const room = commanded(severity, { at: TUESDAY_NIGHT });
  room.fastForward('7h');
  expect(suggested(room)).toEqual([]);
});

test('[ROT-4] [IMP-3] a severity that becomes worse takes the suggestion back', () => {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT });
  room.fastForward('2h');
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Everybody is hit' });
  expect(lines(room)).not.toContain('stand-down');
});

test('[ROT-4] answered with no, it is asked again after an hour, while the night lasts', () => {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT });
  room.fastForward('2h');
  room.presses('ann', 'stand-down', 'go-on');
  expect(lines(room)).not.toContain('stand-down');
  room.fastForward('1h');
  expect(lines(room)).toContain('stand-down');
  room.presses('ann', 'stand-down', 'go-on');
  room.fastForward('30m');
  expect(suggested(room)).toEqual([TUESDAY_NIGHT + 2 * HOUR, TUESDAY_NIGHT + 3 * HOUR]);
});

test('[ROT-4] unanswered, it stands until the morning and then goes; the next night it comes again', () => {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT });
  room.fastForward('7h59m');
  expect(suggested(room)).toHaveLength(1);
  expect(lines(room)).toContain('stand-down');
  restart(room);
  room.fastForward('1m');
  expect(lines(room)).not.toContain('stand-down');
  room.fastForward('14h59m');
  expect(suggested(room)).toHaveLength(1);
  room.fastForward('1m');
  expect(suggested(room).at(-1)).toBe(TUESDAY_NIGHT + 23 * HOUR);
});

test('[ROT-4] without a commander nobody is asked', () => {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT, settings: patient() });
  room.fastForward('119m');
  room.does('ann', 'release-command');
  room.fastForward('10m');
  expect(suggested(room)).toEqual([]);
  room.does('bob', 'take-command');
  expect(suggested(room)).toEqual([TUESDAY_NIGHT + 129 * MINUTE]);
});

test('[ROT-4] a ring that comes late, by day, suggests nothing and is not rung again until the night', () => {
  const room = commanded('SEV-2', { at: TUESDAY_NIGHT });
  room.fastForward('1h');
  room.now += 10 * HOUR;
  room.rings();
  expect(suggested(room)).toEqual([]);
  expect(room.happened('night-passed')).toHaveLength(1);
  expect(room.rings()).toEqual([]);
  room.fastForward('12h');
  expect(suggested(room)).toEqual([TUESDAY_NIGHT + 23 * HOUR]);
});
