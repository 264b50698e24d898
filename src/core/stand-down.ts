/** Waking from a stand-down: the named people are called back (ROT-4). */
import { claimed, unclaim } from './activities.ts';
import type { Context } from './contract.ts';
import type { Event } from './events.ts';
import type { Incident } from './incident.ts';
import { isOnCall, rests, wantedOf } from './quorum.ts';

/** @param early somebody wakes it, and so is there; else its time has come */
export function wakeUp(incident: Incident, early: boolean, { at, by, resting, settings }: Context): Event[] {
  const named = (incident.standDown?.people ?? []).filter((person) => !isOnCall(incident, person));
  const awake = named.filter((person) => !rests(incident, resting, person, at));
  // Where all of them rest, waking them is the lesser harm: an incident that nobody wakes for is lost.
  const called = awake.length > 0 || early ? awake : named;
  const there = (owner = '') => owner === by || called.includes(owner) || isOnCall(incident, owner);
  return [
    { type: 'stood-up', early },
    // Who sleeps on does nothing of what they had.
    ...unclaim(claimed(incident).filter(({ owner }) => !there(owner))),
    ...called.flatMap((person): Event[] => {
      const wanted = wantedOf(person, incident, settings);
      return [
        { type: 'seat-required', seat: `back-${person}`, wanted, chain: [person] },
        { type: 'person-paged', seat: `back-${person}`, person, reason: 'call-back', attempt: 1, wanted },
      ];
    }),
  ];
}
