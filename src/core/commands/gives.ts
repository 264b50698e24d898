/** Work that must be given away before or as somebody takes command (CMD-4): its pickers and its events. */
import { heldBy } from '../activities.ts';
import type { Context, Fields } from '../contract.ts';
import type { Event } from '../events.ts';
import type { Activity, Incident } from '../incident.ts';
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
export function givenAway(incident: Incident, person: PersonId, values: object, context: Context): Event[] {
  return toGiveAway(incident, person).flatMap((activity) => {
    const to = (values as Record<string, unknown>)[`${PREFIX}${activity.id}`];
    return typeof to === 'string' ? givenTo(to, person, activity, context, { along: true }) : [];
  });
}

/** A time that has passed is none: whoever gets the work gets one of their own (DO-1). Nobody waits for themselves (DO-4). */
export function givenTo(
  to: PersonId,
  from: PersonId,
  { id, due, waiting }: Activity,
  context: Context,
  more: { readonly along?: true } = {},
): Event[] {
  const isPast = due !== undefined && due <= context.at;
  const anew = isPast ? { due: context.at + context.settings.delegation.due } : {};
  const isAwaited = waiting && 'person' in waiting.for && waiting.for.person === to;
  return [
    ...(isAwaited ? [{ type: 'waiting-ended', activity: id } as const] : []),
    { type: 'activity-given', activity: id, from, to, ...anew, ...more },
  ];
}

/** What a commander may not keep: everything but stakeholder updates and notes. */
export function toGiveAway(incident: Incident, person: PersonId) {
  return heldBy(incident, person).filter(({ kind }) => kind !== 'updates');
}
