// A commander's shift has an end; before it somebody fresh is proposed and paged, past it the line comes again.
import { expect, test } from '@jest/globals';
import { commanded, HOUR, lines, MINUTE, patient, pinged, restart } from '../../support/commanded-room.ts';
import { Room, SETTINGS } from '../../support/room.ts';

const after = (room: Room, times: readonly { readonly at: number }[]) =>
  times.map(({ at }) => (at - room.incident.declared.at) / MINUTE);

/** Ann commands, Bob is qualified and at home. */
function staffed(severity = 'SEV-2') {
  const room = new Room('Checkout fails', { settings: patient(SETTINGS) }).joins('ann', 'cat');
  room.does('ann', 'take-command');
  room.does('ann', 'set-severity', { severity });
  return room;
}

test.each([
  ['SEV-1', 2 * 60],
  ['SEV-2', 4 * 60],
  ['SEV-3', 4 * 60],
])('[ROT-1] at %s it ends after %i min; 30 min before, an alternate is proposed and paged', (severity, end) => {
  const room = staffed(severity);
  room.fastForward(`${end - 31}m`);
  const pages = room.pages.filter(({ person }) => person === 'bob').length;
  expect(room.happened('shift-ending')).toEqual([]);
  room.fastForward('1m');
  expect(room.happened('shift-ending')).toMatchObject([
    { person: 'ann', ends: room.now + 30 * MINUTE, alternate: 'bob' },
  ]);
  expect(room.pages.filter(({ person }) => person === 'bob')).toHaveLength(pages + 1);
  expect(room.prompt('shift-ending')).toMatchObject({
    to: 'ann',
    rank: 'people',
    facts: { alternate: { person: 'bob' } },
  });
  expect(room.prompt('shift-ending').buttons[0]).toMatchObject({ command: 'hand-over', fields: { to: 'bob' } });
});

test('[ROT-1] past its end the line comes again, every 10 min, until command has passed', () => {
  const room = staffed('SEV-1');
  room.fastForward('121m');
  expect(room.line).toBe('shift-over');
  room.fastForward('20m');
  expect(after(room, room.happened('shift-overrun'))).toEqual([120, 130, 140]);
  expect(pinged(room, 'shift').map((ping) => ping.after / MINUTE)).toEqual([90, 120, 130, 140]);
  room.does('ann', 'hand-over', { to: 'cat' });
  room.does('cat', 'accept-hand-over');
  room.fastForward('30m');
  expect(room.happened('shift-overrun')).toHaveLength(3);
  expect(lines(room)).not.toContain('shift-over');
});

test('[ROT-1] [VOICE] put off, it waits', () => {
  const room = staffed('SEV-1');
  room.fastForward('90m');
  room.does('ann', 'snooze', { prompt: room.prompt('shift-ending').key, for: '45m' });
  room.fastForward('44m');
  expect(room.happened('shift-overrun')).toEqual([]);
  room.fastForward('1m');
  expect(after(room, room.happened('shift-overrun'))).toEqual([135]);
});

test('[ROT-1] somebody on the call is proposed and not paged', () => {
  const room = commanded('SEV-1');
  room.fastForward('90m');
  expect(room.happened('shift-ending')[0]?.alternate).toBeDefined();
  expect(room.pages).toEqual([]);
});

test('[ROT-1] somebody fresh goes before somebody who has commanded already, and nobody who rests is named', () => {
  const settings = { ...patient(SETTINGS), commanders: ['ann', 'bob', 'cat'] };
  const worn = new Room('Checkout fails', { settings }).joins('ann', 'bob', 'cat');
  worn.does('bob', 'take-command');
  worn.does('bob', 'set-severity', { severity: 'SEV-1' });
  worn.does('bob', 'hand-over', { to: 'ann' });
  worn.does('ann', 'accept-hand-over');
  worn.fastForward('90m');
  expect(worn.happened('shift-ending')).toMatchObject([{ person: 'ann', alternate: 'cat' }]);

  const resting = new Room('Checkout fails', { settings, resting: { cat: worn.now + 8 * HOUR } }).joins('ann');
  resting.does('ann', 'take-command');
  resting.does('ann', 'set-severity', { severity: 'SEV-1' });
  resting.fastForward('90m');
  expect(resting.happened('shift-ending')).toMatchObject([{ alternate: 'bob' }]);
});

test('[ROT-1] with nobody to propose, it is said all the same', () => {
  const settings = { ...patient(), commanders: ['ann'] };
  const room = new Room('Checkout fails', { settings }).joins('ann');
  room.does('ann', 'take-command');
  room.does('ann', 'set-severity', { severity: 'SEV-1' });
  room.fastForward('90m');
  expect(lines(room)).toContain('shift-ending-nobody');
});

test('[ROT-1] [IMP-3] a worse severity shortens the shift at once', () => {
  const room = staffed('SEV-2');
  room.fastForward('100m');
  room.does('ann', 'set-severity', { severity: 'SEV-1', reason: 'Everybody is hit' });
  expect(after(room, room.happened('shift-ending'))).toEqual([100]);
  room.fastForward('20m');
  expect(after(room, room.happened('shift-overrun'))).toEqual([120]);
});

test('[ROT-1] [IMP-3] a milder one lengthens it: what was said of its end is taken back, and said again in time', () => {
  const room = staffed('SEV-1');
  room.fastForward('95m');
  room.does('ann', 'set-severity', { severity: 'SEV-2', reason: 'Only some' });
  expect(lines(room)).not.toContain('shift-ending');
  room.fastForward('114m');
  expect(room.happened('shift-overrun')).toEqual([]);
  room.fastForward('1m');
  expect(after(room, room.happened('shift-ending'))).toEqual([90, 210]);
});

test('[ROT-1] whoever takes over begins a shift of their own', () => {
  const room = staffed('SEV-1');
  room.fastForward('1h');
  room.does('ann', 'hand-over', { to: 'cat' });
  room.does('cat', 'accept-hand-over');
  room.fastForward('89m');
  expect(room.happened('shift-ending')).toEqual([]);
  room.fastForward('1m');
  expect(room.happened('shift-ending')).toMatchObject([{ person: 'cat' }]);
  expect(room.incident.command.shifts).toMatchObject([
    { person: 'ann', from: room.incident.declared.at, to: room.incident.declared.at + HOUR },
    { person: 'cat', from: room.incident.declared.at + HOUR },
  ]);
});

test('[ROT-1] once command has passed, to whomever, nobody is paged to take over any longer', () => {
  const room = staffed('SEV-1');
  room.fastForward('90m');
  const pages = room.pages.length;
  room.does('ann', 'hand-over', { to: 'cat' });
  room.does('cat', 'accept-hand-over');
  room.fastForward('20m');
  expect(room.pages).toHaveLength(pages);
  expect(lines(room)).not.toContain('person-missing');
});

test('[ROT-1] a restart and late rings say it once', () => {
  const room = staffed('SEV-1');
  room.now += 91 * MINUTE;
  restart(room);
  room.rings();
  room.rings();
  expect(room.happened('shift-ending')).toHaveLength(1);
});

test('[ROT-1] the watch does not stop the clock', () => {
  const room = commanded('SEV-1', { settings: { ...patient(), commanders: ['ann', 'bob'] } });
  room.fastForward('85m');
  room.does('ann', 'mitigated');
  room.fastForward('5m');
  expect(lines(room)).toContain('shift-ending');
});

test('[ROT-1] [VOICE] an end that a milder severity moved is said once, however late it is heard of', () => {
  const room = staffed('SEV-1');
  room.now += 150 * MINUTE;
  room.rings();
  room.fastForward('2h30m');
  room.does('ann', 'set-severity', { severity: 'SEV-2', reason: 'Only some customers' });
  const said = pinged(room, 'shift').length;
  room.now += 6 * HOUR;
  restart(room);
  room.rings();
  expect(pinged(room, 'shift').slice(said)).toHaveLength(1);
});
