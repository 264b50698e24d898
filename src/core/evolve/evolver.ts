/** The shape of the evolve tables: for each event type, the state after it. */
import type { EventType, Recorded } from '../events.ts';
import type { Activity, Incident, Responder } from '../incident.ts';
import type { ActivityId, PersonId } from '../units.ts';

export type Evolver<T extends EventType> = (incident: Incident, event: Recorded<T>) => Incident;

/** A table for some event types; all of them together must cover every type, which `incident.ts` has checked. */
export type Evolvers<T extends EventType = EventType> = { readonly [K in T]: Evolver<K> };

/** The incident with one activity changed. */
export function withActivity(
  incident: Incident,
  id: ActivityId,
  change: (activity: Activity) => Partial<Activity>,
): Incident {
  const activities = incident.activities.map((activity) =>
    activity.id === id ? { ...activity, ...change(activity) } : activity,
  );
  return { ...incident, activities };
}

/** The incident with one responder changed; somebody not yet introduced is known by their id. */
export function withResponder(
  incident: Incident,
  id: PersonId,
  change: (responder: Responder) => Partial<Responder>,
): Incident {
  const responder = incident.people[id] ?? { id, name: id, on: [], stints: [] };
  return { ...incident, people: { ...incident.people, [id]: { ...responder, ...change(responder) } } };
}

/** Keeps `idleSince` true to the activities: set while none is under way (DO-3), and ends a lull when one is. */
export function withIdleness(incident: Incident, at: number): Incident {
  const busy = incident.activities.some(isUnderWay);
  if (busy === (incident.idleSince === undefined)) return incident;
  if (!busy) return { ...incident, idleSince: at };
  const { idleSince: _, ...rest } = incident;
  return { ...rest, lulls: endLull(incident, at) };
}

/** The lulls, with one that lasts ended. */
export function endLull(incident: Incident, at: number): Incident['lulls'] {
  return incident.lulls.map((lull) => (lull.to === undefined ? { ...lull, to: at } : lull));
}

/** Being done: acknowledged work, and a mitigation whose effect is being observed (DO-2, MIT-2). */
function isUnderWay(activity: Activity): boolean {
  return activity.status === 'under-way' || activity.mitigation?.stage === 'observing';
}
