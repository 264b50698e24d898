// What does not belong here is parked in one command, kept, and shown when the watch starts.
import { expect, test } from '@jest/globals';
import { commanded, lines } from '../../support/commanded-room.ts';

test('[ACT-2] anyone parks a point in one command; it is kept and asks nothing of anybody meanwhile', () => {
  const room = commanded();
  const before = lines(room);
  const pings = room.pings.length;
  room.does('dan', 'park', { topic: 'Why do we deploy on Fridays?' });
  expect(room.incident.parked).toEqual([{ topic: 'Why do we deploy on Fridays?', at: room.now, by: 'dan' }]);
  expect(lines(room)).toEqual(before);
  expect(room.pings).toHaveLength(pings);
  expect(room.isRefused('dan', 'park').refused).toBe('field-missing');
});

test('[ACT-2] it is shown when the watch starts, until it was seen', () => {
  const room = commanded();
  room.does('dan', 'park', { topic: 'Deploys on Fridays' });
  room.does('eve', 'park', { topic: 'The old load balancer' });
  room.does('ann', 'mitigated');
  expect(room.prompt('parked')).toMatchObject({
    to: 'ann',
    rank: 'writing',
    facts: { count: 2, topic: 'Deploys on Fridays' },
  });
  room.presses('ann', 'parked', 'seen');
  expect(lines(room)).not.toContain('parked');
  room.does('eve', 'park', { topic: 'One more' });
  expect(room.prompt('parked').facts).toMatchObject({ count: 3 });
});

test('[ACT-2] nothing parked, nothing shown; and it stays kept after closing', () => {
  const room = commanded();
  room.does('ann', 'mitigated');
  expect(lines(room)).not.toContain('parked');
  room.does('dan', 'park', { topic: 'Deploys on Fridays' });
  room.does('ann', 'close', { reason: 'Done' });
  expect(room.incident.parked).toHaveLength(1);
});
