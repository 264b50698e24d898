/** What follows from some parts of the state alone is worked out once, while these are the parts asked about. */
import type { World } from './contract.ts';
import type { Incident } from './incident.ts';

/**
 * `work` sees nothing but its parts, so an answer holds while all of them are the same; parts are never changed in place.
 * Only the last answer is kept: one decision asks many times about one state. A `WeakMap` of all of them cost the
 * collector more than it saved (`npm run bench -- core`).
 */
export function onceFor<Parts extends readonly unknown[], Found>(
  work: (...parts: Parts) => Found,
): (...parts: Parts) => Found {
  let last: { readonly parts: Parts; readonly found: Found } | undefined;
  return (...parts) => {
    const known = last;
    const isSame = known?.parts.length === parts.length && parts.every((part, n) => part === known.parts[n]);
    if (isSame) return known.found;
    const found = work(...parts);
    last = { parts, found };
    return found;
  };
}

/** The same of a whole state in its world: when an order is decided, when it is drawn for each who looks, and after. */
export function onceForState<Found>(
  work: (incident: Incident, world: World) => Found,
): (incident: Incident, world: World) => Found {
  const once = onceFor(
    (
      incident: Incident,
      settings: World['settings'],
      people: World['people'],
      commanded: World['commanded'],
      resting: World['resting'],
      closed: World['closed'],
    ) => work(incident, { settings, people, commanded, resting, closed }),
  );
  // A moment and whoever acts in it belong to a context, and are none of the world.
  return (incident, { settings, people, commanded, resting, closed }) =>
    once(incident, settings, people, commanded, resting, closed);
}
