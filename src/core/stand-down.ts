/** Waking from a stand-down: the named people are called back (ROT-4). */
import { claimed, unclaim } from './activities.ts';
import type { Context } from './contract.ts';
import type { Event } from './events.ts';
import type { Incident } from './incident.ts';
import { isOnCall, rests, wantedOf } from './quorum.ts';
import type { PersonId } from './units.ts';

/** @param early somebody wakes it, and so is there; else its time has come */
export function wakeUp(incident: Incident, early: boolean, { at, by, resting, settings }: Context): Event[] {
  const named = toCallBack(incident).filter((person) => !isOnCall(incident, person));
  const awake = named.filter((person) => !rests(incident, resting, person, at));
  // Where all of them rest, waking them is the lesser harm: an incident that nobody wakes for is lost.
  const called = awake.length > 0 || early ? awake : named;
  const there = (owner = '') => owner === by || called.includes(owner) || isOnCall(incident, owner);
  const { commander } = incident.command;
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
    // A commander who sleeps on is asked for, so that somebody who is there may take over at once (CMD-5).
    ...(commander === undefined || there(commander)
      ? []
      : [{ type: 'commander-questioned', person: commander, why: 'left' } as const]),
  ];
}

/** The named people, and whoever took command in its sleep. */
function toCallBack({ standDown, command }: Incident): PersonId[] {
  const { people = [], since: asleep = 0 } = standDown ?? {};
  const { commander, since = 0 } = command;
  return commander !== undefined && since > asleep ? [...new Set([...people, commander])] : [...people];
}
