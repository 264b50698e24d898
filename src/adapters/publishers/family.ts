/** An incident that was merged goes on in another one, and what was published about it stands for that one from then on. */
import type { Incident } from '../../core/incident.ts';
import type { Store } from '../../core/ports.ts';
import type { IncidentId } from '../../core/units.ts';

/** Where a publisher looks other incidents up, and what it remembers of each. */
export interface Around {
  readonly store: Pick<Store, 'remember' | 'recall' | 'list'>;
  readonly incident: (id: IncidentId) => Promise<Incident | undefined>;
}

/** An incident, and those that were merged into it. */
export type Family = readonly [Incident, ...Incident[]];

const MERGED = 'merged ';

/**
 * The incident that speaks for one that was merged; itself where it was not. It remembers that from then on. Where the
 * order that reopens it is still on its way, it is as it will be.
 * @param outlet under whose name that is remembered
 */
export async function heirOf(incident: Incident, outlet: string, around: Around): Promise<Incident> {
  const { id, mergedInto, closedAt: mergedAt = 0 } = incident;
  const into = mergedInto === undefined ? undefined : await around.incident(mergedInto);
  if (!into) return incident;
  await around.store.remember(into.id, outlet, `${MERGED}${id}`, 'yes');
  const { mergedInto: _, ...reopened } = into;
  const isAwaited = into.phase === 'closed' && (into.closedAt ?? 0) <= mergedAt;
  return isAwaited ? { ...reopened, phase: 'open' } : heirOf(into, outlet, around);
}

/** Whoever was reopened since speaks for itself again. Each is met once, though two were merged into each other. */
export async function familyOf(incident: Incident, outlet: string, around: Around): Promise<Family> {
  const family: [Incident, ...Incident[]] = [incident];
  for (const one of family) {
    const remembered = Object.keys(await around.store.recall(one.id, outlet)).filter(isOfMerge);
    for (const merged of await Promise.all(remembered.map((key) => around.incident(key.slice(MERGED.length))))) {
      if (merged?.mergedInto === one.id && !family.some(({ id }) => id === merged.id)) family.push(merged);
    }
  }
  return family;
}

/** Whether what is remembered under that key is that another incident was merged into this one. */
export function isOfMerge(key: string): boolean {
  return key.startsWith(MERGED);
}
