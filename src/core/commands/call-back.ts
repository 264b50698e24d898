/** Calls released people back (WAT-3). */
import { command, refuse } from '../contract.ts';
import type { Event } from '../events.ts';
import { isOnCall, rests, wantedOf } from '../quorum.ts';
import { AWAKE } from './phases.ts';

export const callBack = command({
  name: 'call-back',
  aliases: ['recall'],
  guide: 'watch',
  right: 'anyone',
  during: AWAKE,
  fields: { people: { type: 'people' } },
  decide: (incident, { people }, context) => {
    const released = Object.values(incident.people).filter((person) => person.released !== undefined);
    const wanted = (people ?? released.map(({ id }) => id)).filter((person) => !isOnCall(incident, person));
    const called = wanted.filter((person) => !rests(incident, context.resting, person, context.at));
    if (called.length === 0) return refuse('nobody-to-call-back', {}, { command: 'page' });
    return [
      { type: 'people-called-back', people: called },
      ...called.flatMap((person): Event[] => {
        const wanted = wantedOf(person, incident, context.settings);
        return [
          { type: 'seat-required', seat: `back-${person}`, wanted, chain: [person], by: context.by },
          { type: 'person-paged', seat: `back-${person}`, person, reason: 'call-back', attempt: 1, wanted },
        ];
      }),
    ];
  },
});
