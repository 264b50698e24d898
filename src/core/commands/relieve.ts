/** Sends somebody to rest; their work needs new owners, and they are not paged until rested (ROT-3). */
import { heldBy, unclaim } from '../activities.ts';
import { command, refuse } from '../contract.ts';
import type { Event } from '../events.ts';
import { letGo } from './let-go.ts';
import { AWAKE } from './phases.ts';

export const relieve = command({
  name: 'relieve',
  aliases: ['rest'],
  guide: 'rotation',
  right: 'commander',
  during: AWAKE,
  fields: {
    person: { type: 'person', required: true },
    /** Paged to take their place. */
    alternate: { type: 'person' },
    until: { type: 'moment' },
  },
  decide: (incident, { person, alternate, until }, context) => {
    if (person === context.by) return refuse('relieve-yourself', {}, { command: 'hand-over' });
    const events: Event[] = [
      { type: 'person-relieved', person, until: until ?? context.at + context.settings.fatigue.rest },
      ...letGo(incident, [person]),
      ...unclaim(heldBy(incident, person)),
    ];
    if (alternate !== undefined) {
      const seat = `relief-${person}`;
      const wanted = Object.values(incident.seats).find(({ chain }) => chain.includes(person))?.wanted ?? '';
      events.push(
        { type: 'seat-required', seat, wanted, chain: [alternate], by: context.by },
        { type: 'person-paged', seat, person: alternate, reason: 'relief', attempt: 1, wanted },
      );
    }
    return events;
  },
});
