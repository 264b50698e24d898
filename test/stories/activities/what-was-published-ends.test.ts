// What was published of an incident need not stand as going on when it is closed.
import { expect, test } from '@jest/globals';
import { Room, SETTINGS } from '../../support/room.ts';

const ends = ({ effects }: Room) => effects.filter(({ type }) => type === 'end-publication').map(({ id }) => id);

function closed(declared: Record<string, unknown> = {}): Room {
  const room = new Room('x', { settings: SETTINGS, declared }).joins('ann');
  room.does('ann', 'take-command');
  room.does('ann', 'mitigated');
  expect(ends(room)).toEqual([]);
  room.does('ann', 'close', { reason: 'It was nothing' });
  return room;
}

test('[ACT-3] when it is closed, whoever published is told, once', () => {
  const room = closed();
  expect(ends(room)).toEqual([`INC-1/${room.happened('incident-closed')[0]?.seq}/end-publication`]);
});

test('[ACT-3] a drill told customers nothing, and has nothing to end', () => {
  expect(ends(closed({ drill: true }))).toEqual([]);
});
