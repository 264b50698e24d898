// Focus is a line that the commander, or anyone in their name, can raise: back to what is being mitigated.
import { expect, test } from '@jest/globals';
import { commanded, lines, queued, running } from '../../support/commanded-room.ts';

test('[ACT-2] focus goes back to what is being mitigated, by its owner’s name', () => {
  const room = commanded();
  const id = running(room, 'bob');
  room.does('ann', 'focus');
  expect(room.prompt('focus-on')).toMatchObject({
    to: 'ann',
    rank: 'people',
    facts: { activity: { activity: id }, owner: { person: 'bob' } },
  });
  expect(room.line).toBe('focus-on');
  expect(room.effects.at(-1)).toMatchObject({ type: 'announce', event: { type: 'focus-raised' } });
});

test('[ACT-2] anyone may raise it, in the commander’s name; said, it is gone', () => {
  const room = commanded();
  running(room, 'bob');
  room.does('eve', 'focus');
  expect(room.happened('focus-raised')).toMatchObject([{ by: 'eve' }]);
  room.presses('ann', 'focus-on', 'said');
  expect(lines(room)).not.toContain('focus-on');
  room.fastForward('1m');
  room.does('eve', 'focus');
  expect(lines(room)).toContain('focus-on');
});

test('[ACT-2] with nothing being mitigated it asks what to try next', () => {
  const room = commanded();
  room.does('eve', 'focus');
  expect(lines(room)).toContain('focus');
  expect(lines(room)).not.toContain('focus-on');
});

test('[ACT-2] it ends by itself once the mitigation moves on', () => {
  const room = commanded();
  const id = running(room, 'bob');
  room.fastForward('1m');
  room.does('eve', 'focus');
  room.fastForward('1m');
  room.does('bob', 'finish', { activity: id });
  expect(lines(room)).not.toContain('focus-on');

  room.does('eve', 'focus');
  room.fastForward('10s');
  room.does('ann', 'judge-mitigation', { activity: id, verdict: 'no-effect' });
  expect(lines(room)).not.toContain('focus');

  const next = queued(room, 'cat', 'Restart');
  room.does('eve', 'focus');
  room.fastForward('10s');
  room.does('ann', 'start-mitigation', { activity: next });
  expect(lines(room)).not.toContain('focus');
});
