// Everything but mitigations runs beside them freely.
import { expect, test } from '@jest/globals';
import { KINDS } from '../../../src/core/events.ts';
import { activity, commanded, running } from '../../support/commanded-room.ts';

test('[MIT-4] every other kind of activity runs in parallel with a mitigation, and several of a kind do', () => {
  const room = commanded();
  running(room, 'bob');
  for (const kind of KINDS.filter((one) => one !== 'mitigation')) {
    for (const owner of ['cat', 'dan']) {
      room.does('ann', 'delegate', { owner, what: `Some ${kind}`, kind });
      const id = room.incident.activities.length;
      room.does(owner, 'acknowledge', { activity: id });
      expect(activity(room, id)).toMatchObject({ kind, status: 'under-way' });
    }
  }
});

test('[MIT-4] the owner of a mitigation may have other work beside it', () => {
  const room = commanded();
  running(room, 'bob');
  room.does('ann', 'delegate', { owner: 'bob', what: 'Count the failed payments' });
  room.does('bob', 'acknowledge', { activity: 2 });
  expect(activity(room, 2).status).toBe('under-way');
});
