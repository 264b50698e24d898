// Back during the watch, the same incident goes on: its history kept, its fix marked, its people called back.
import { expect, test } from '@jest/globals';
import type { SeatState } from '../../../src/core/incident.ts';
import { measure } from '../../../src/core/measures.ts';
import { onCall, seatStatus } from '../../../src/core/quorum.ts';
import {
  activity,
  commanded,
  done,
  lines,
  MINUTE,
  mitigation,
  patient,
  pinged,
  underWay,
} from '../../support/commanded-room.ts';
import { type Room, SETTINGS } from '../../support/room.ts';

/** Fixed by Bob, watched by Ann and Bob; the others have gone. */
function watching(): Room {
  const room = commanded();
  done(room, 'bob', 'Roll back 4.2');
  room.does('ann', 'judge-mitigation', { activity: 1, verdict: 'fixed' });
  underWay(room, 'bob', 'Watch the graphs', { due: '2h' });
  room.does('ann', 'mitigated');
  return room;
}

const alert = (status: string, name = 'Payments fail', fingerprint = 'f1') => ({
  fingerprint,
  name,
  status,
  source: 'prometheus',
});

test('[WAT-3] anybody says so; it is the same incident, with its history, and the fix did not hold', () => {
  const room = watching();
  const before = room.events.length;
  room.fastForward('5m');
  room.presses('bob', 'watching', 'recurred', { what: 'Payments fail again' });
  expect(room.incident).toMatchObject({ id: 'INC-1', phase: 'open', recurred: [{ at: room.now }] });
  expect(mitigation(room, 1)).toMatchObject({ verdict: 'fixed', ended: false, didNotHold: true });
  expect(room.events.slice(0, before)).toHaveLength(before);
  expect(room.incident.command.commander).toBe('ann');
  expect(activity(room, 2).status).toBe('under-way');
});

test('[WAT-3] the released are called back on request, in one press, by name', () => {
  const room = watching();
  room.does('bob', 'recurred', { what: 'Again' });
  expect(room.prompt('call-back')).toMatchObject({
    to: 'ann',
    rank: 'people',
    facts: { people: { people: ['cat', 'dan', 'eve'] } },
  });
  const pages = room.pages.length;
  room.presses('ann', 'call-back', 'call-back');
  expect(room.pages.slice(pages).map(({ person }) => person)).toEqual(['cat', 'dan', 'eve']);
  expect(lines(room)).not.toContain('call-back');
});

test('[WAT-3] [CALL-4] who only said that they are there has gone once released, whether or not they say so', () => {
  const room = commanded('SEV-2', { settings: patient(SETTINGS), declared: { service: 'payments' } });
  room.does('dan', 'leave-call');
  room.does('eve', 'leave-call');
  room.does('ann', 'mitigated');
  expect(onCall(room.incident)).toEqual(['ann']);
  room.fastForward('11m');
  room.does('ann', 'recurred', { what: 'Again' });
  expect(room.prompt('call-back').facts.people).toEqual({ people: ['cat', 'bob'] });
  expect(seatStatus(room.incident, room.incident.seats.payments as SeatState)).not.toBe('on-call');
  const pages = room.pages.length;
  room.presses('ann', 'call-back', 'call-back');
  expect(room.pages.slice(pages).map(({ person }) => person)).toEqual(['cat', 'bob']);
});

test('[WAT-3] [CALL-4] who stays all the same says so, and whom the call itself shows is still there', () => {
  const room = commanded();
  room.tries('cat', 'join-call', { observed: true }, { via: 'discord' });
  room.does('ann', 'mitigated');
  room.joins('bob');
  expect(onCall(room.incident)).toEqual(['ann', 'bob', 'cat']);
  room.does('ann', 'release', { people: ['ann', 'bob', 'cat'] });
  expect(onCall(room.incident)).toEqual(['ann', 'cat']);
  room.does('ann', 'recurred', { what: 'Again' });
  expect(room.prompt('call-back').facts.people).toEqual({ people: ['bob', 'dan', 'eve'] });
});

test('[WAT-3] nobody is called back unasked; and some may be, or none', () => {
  const room = watching();
  room.does('bob', 'recurred', { what: 'Again' });
  const pages = room.pages.length;
  room.fastForward('4m');
  expect(room.pages).toHaveLength(pages);
  room.does('bob', 'call-back', { people: ['dan'] });
  expect(room.pages.at(-1)?.person).toBe('dan');
  expect(room.prompt('call-back').facts.people).toEqual({ people: ['cat', 'eve'] });
  room.presses('ann', 'call-back', 'not-needed');
  expect(lines(room)).not.toContain('call-back');
  expect(room.isRefused('ann', 'call-back', { people: ['bob'] }).refused).toBe('nobody-to-call-back');
});

test('[WAT-3] an alert that fires again asks whether it is back, before all else, and pings the commander', () => {
  const room = commanded();
  room.does('ann', 'note-alert', alert('firing'));
  room.does('ann', 'note-alert', alert('resolved'));
  room.does('ann', 'mitigated');
  room.fastForward('3m');
  room.does('baton', 'note-alert', alert('firing'));
  expect(room.line).toBe('recurrence');
  expect(room.prompt('recurrence')).toMatchObject({ rank: 'safety', facts: { alert: 'Payments fail' } });
  expect(pinged(room, 'suspicion')).toEqual([{ to: ['ann'], after: 3 * MINUTE }]);
  expect(room.incident.phase).toBe('watching');
  room.presses('ann', 'recurrence', 'recurred');
  expect(room.incident).toMatchObject({ phase: 'open', recurred: [{ what: 'Payments fail' }] });
});

test('[WAT-3] [VOICE] a storm of alerts is one question; answered with no, the next alert asks again', () => {
  const room = commanded();
  room.does('ann', 'mitigated');
  for (let n = 0; n < 20; n += 1) {
    room.fastForward('10s');
    room.does('baton', 'note-alert', alert('firing', `Alert ${n}`, `f${n}`));
  }
  expect(pinged(room, 'suspicion')).toHaveLength(1);
  expect(room.prompt('recurrence').facts.alert).toBe('Alert 0');
  room.presses('ann', 'recurrence', 'not-the-same');
  expect(lines(room)).not.toContain('recurrence');
  room.does('baton', 'note-alert', alert('firing', 'Another', 'f99'));
  expect(pinged(room, 'suspicion')).toHaveLength(2);
  expect(room.prompt('recurrence').facts.alert).toBe('Another');
});

test('[WAT-3] an alert that repeats itself or recovers is no recurrence', () => {
  const room = commanded();
  room.does('baton', 'note-alert', alert('firing'));
  room.does('ann', 'mitigated');
  room.does('baton', 'note-alert', alert('firing'));
  room.does('baton', 'note-alert', alert('resolved'));
  expect(lines(room)).not.toContain('recurrence');
});

test('[WAT-3] it recurs after the watch has passed but before it is closed, too', () => {
  const room = watching();
  room.fastForward('20m');
  room.presses('ann', 'close', 'recurred', { what: 'Again' });
  expect(room.incident.phase).toBe('open');
});

test('[WAT-3] mitigated again it is watched in full again, and the later end of the impact is the one measured', () => {
  const room = watching();
  const measured = () => measure(room.incident, room.events, room.world.settings).to.mitigated;
  expect(measured()).toBe(0);
  room.fastForward('5m');
  room.does('bob', 'recurred', { what: 'Again' });
  expect(measured()).toBeUndefined();
  done(room, 'bob', 'Fail over');
  room.fastForward('2m');
  room.does('ann', 'judge-mitigation', { activity: 3, verdict: 'fixed' });
  room.presses('ann', 'end-impact', 'mitigated');
  expect(room.incident.watch?.until).toBe(room.now + 15 * MINUTE);
  expect(measured()).toBe(7 * MINUTE);
  expect([mitigation(room, 1).ended, mitigation(room, 3).ended]).toEqual([false, true]);
});

test('[WAT-3] closed early after a recurrence, the impact was never said to have ended for good', () => {
  const room = watching();
  room.does('bob', 'recurred', { what: 'Again' });
  room.does('ann', 'close', { reason: 'The product is withdrawn' });
  expect(measure(room.incident, room.events, room.world.settings).to.mitigated).toBeUndefined();
});

test('[WAT-3] [CALL-6] what did not hold no longer counts as working', () => {
  const room = watching();
  room.does('bob', 'recurred', { what: 'Again' });
  room.fastForward('20m');
  room.does('ann', 'restate-impact', { trend: 'same' });
  expect(lines(room)).toContain('who-else');
});

test('[WAT-3] outside the watch there is nothing to recur', () => {
  const room = commanded();
  expect(room.isRefused('bob', 'recurred', { what: 'Again' }).refused).toBe('when-open');
});
