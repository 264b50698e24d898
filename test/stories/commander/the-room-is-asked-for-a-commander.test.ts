// Without a commander the room is asked for one, as soon as it makes sense and until there is one.
import { expect, test } from '@jest/globals';
import { commanded, lines, patient } from '../../support/commanded-room.ts';
import { Room, SETTINGS } from '../../support/room.ts';

const sought = (room: Room) =>
  room.happened('commander-sought').map(({ at, candidate }) => [(at - room.incident.declared.at) / 60_000, candidate]);
const payments = () => new Room('x', { settings: SETTINGS, declared: { service: 'payments' } });

test('[CMD-1] with the quorum reached the room is asked at once', () => {
  const room = payments();
  room.fastForward('1m');
  room.joins('cat');
  expect(sought(room)).toEqual([]);
  room.joins('bob');
  expect(sought(room)).toEqual([[1, 'bob']]);
  expect(room.prompt('no-commander-but')).toMatchObject({
    to: 'room',
    rank: 'safety',
    facts: { candidate: { person: 'bob' } },
  });
  expect(room.line).toBe('no-commander-but');
});

test('[CMD-1] without the quorum it is asked 3 min after declaring, then every 2 min until there is one', () => {
  const room = payments();
  room.joins('cat');
  room.fastForward('2m59s');
  expect(sought(room)).toEqual([]);
  room.fastForward('4m1s');
  expect(sought(room)).toEqual([
    [3, undefined],
    [5, undefined],
    [7, undefined],
  ]);
  expect(room.line).toBe('no-commander');
  room.does('cat', 'take-command');
  room.fastForward('5m');
  expect(sought(room)).toHaveLength(3);
});

test('[CMD-1] whoever is named is pinged once each time the room is asked, and nobody else', () => {
  const room = new Room('x', { settings: SETTINGS });
  room.joins('bob', 'cat');
  room.fastForward('4m');
  expect(room.pings).toMatchObject([
    { to: ['bob'], line: 'take-command' },
    { to: ['bob'], line: 'take-command' },
    { to: ['bob'], line: 'take-command' },
  ]);
});

test('[CMD-1] a commander who steps down late leaves no pause: the room is asked at once', () => {
  const room = commanded('SEV-2', { settings: patient(SETTINGS), declared: { service: 'payments' } });
  room.does('cat', 'leave-call');
  room.does('dan', 'leave-call');
  room.fastForward('15m');
  room.does('ann', 'release-command', { reason: 'My laptop dies' });
  expect(room.line).toBe('no-commander-but');
  expect(room.happened('command-released')).toMatchObject([{ person: 'ann', reason: 'My laptop dies' }]);
  expect(room.happened('commander-sought').at(-1)).toMatchObject({ at: room.now, candidate: 'ann' });
});

test('[CMD-1] a snooze puts the question off, a "no need" does not exist for it', () => {
  const room = payments();
  room.fastForward('3m');
  room.does('cat', 'snooze', { prompt: room.prompt('no-commander').key, for: '4m' });
  expect(lines(room)).not.toContain('no-commander');
  room.fastForward('3m59s');
  expect(sought(room)).toHaveLength(1);
  room.fastForward('1s');
  expect(sought(room)).toHaveLength(2);
  expect(lines(room)).toContain('no-commander');
  const { key: prompt } = room.prompt('no-commander');
  expect(room.isRefused('cat', 'dismiss', { prompt }).next).toMatchObject([{ command: 'snooze', fields: { prompt } }]);
  expect(lines(room)).toContain('no-commander');
});

test('[CMD-1] put off once, the room is asked again as soon as the next commander steps down', () => {
  const room = new Room('x', { settings: SETTINGS });
  room.joins('bob', 'cat');
  room.does('cat', 'snooze', { prompt: room.prompt('no-commander-but').key, for: '2h' });
  room.does('bob', 'take-command');
  room.fastForward('5m');
  room.does('bob', 'release-command');
  expect(room.happened('commander-sought').at(-1)).toMatchObject({ at: room.now, candidate: 'bob' });
  expect(room.line).toBe('no-commander-but');
  const before = sought(room).length;
  room.fastForward('4m');
  expect(sought(room)).toHaveLength(before + 2);
});

test('[CMD-1] what only a commander decides waits for one, and says so', () => {
  const room = payments();
  room.joins('cat');
  expect(room.isRefused('cat', 'set-severity', { severity: 'SEV-1' })).toMatchObject({
    refused: 'needs-commander',
    next: [{ command: 'take-command' }],
  });
});

test('[CMD-1] a commander of the watch is sought too', () => {
  const room = commanded('SEV-2', { settings: SETTINGS });
  room.does('ann', 'mitigated');
  room.does('ann', 'release-command');
  expect(lines(room)).toContain('no-commander-but');
});
