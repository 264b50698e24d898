/** Work that must be given away before or as somebody takes command (CMD-4): its pickers and its events. */
import { heldBy } from '../activities.ts';
import type { Fields } from '../contract.ts';
import type { Event } from '../events.ts';
import type { Incident } from '../incident.ts';
import type { PersonId } from '../units.ts';

const PREFIX = 'give:';

/** One person picker for each activity that the person holds, stakeholder updates left out. */
export function givePickers(incident: Incident, person: PersonId): Fields {
  const pickers = toGiveAway(incident, person).map(
    ({ id }) => [`${PREFIX}${id}`, { type: 'person', except: [person] }] as const,
  );
  return Object.fromEntries(pickers);
}

/** The events of the pickers that were filled in. */
export function givenAway(incident: Incident, person: PersonId, values: object): Event[] {
  return toGiveAway(incident, person).flatMap(({ id }) => {
    const to = (values as Record<string, unknown>)[`${PREFIX}${id}`];
    return typeof to === 'string'
      ? [{ type: 'activity-given', activity: id, from: person, to, along: true } as const]
      : [];
  });
}

/** What a commander may not keep: everything but stakeholder updates and notes. */
export function toGiveAway(incident: Incident, person: PersonId) {
  return heldBy(incident, person).filter(({ kind }) => kind !== 'updates');
}
