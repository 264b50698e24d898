/** Each minute and at start: what was missed is made good, so that nothing but the stored events is the truth. */
import type { Handler } from './handle.ts';
import type { Log, Sharing, Store } from './ports.ts';
import type { IncidentId, Instant } from './units.ts';

/** Incidents closed within this may still have deliveries outstanding. */
const DAY = 24 * 3_600_000;

/** Rings what is due, keeps clocks and delivers what is outstanding, for every incident that may need it. */
export async function sweep(handler: Handler, store: Store, now: Instant, log: Log): Promise<void> {
  for (const { id, version } of await store.versions({ closedAfter: now - DAY })) {
    try {
      await handler.catchUp(id, version);
    } catch (error) {
      // One incident that cannot be read must not silence the others.
      log.error({ incident: id, error }, 'could not sweep');
    }
  }
}

/**
 * With several instances, and often: takes over from those that ended, and shows and delivers what others appended.
 * @param left what was taken over and could not be caught up with yet, to be handed in again the next time
 */
export async function follow(handler: Handler, sharing: Sharing, log: Log, left: Set<IncidentId>): Promise<void> {
  const failed = (id: IncidentId, error: unknown) => log.error({ incident: id, error }, 'could not follow');
  const before = new Set(left);
  for (const id of await sharing.takeOver()) left.add(id);
  // First, because it is told once, and people may be waiting for a page that the dead one did not send.
  for (const id of left) {
    try {
      await handler.catchUp(id);
      left.delete(id);
    } catch (error) {
      if (!before.has(id)) failed(id, error);
    }
  }
  for (const { id, version } of await sharing.changed()) {
    try {
      await handler.noticed(id, version);
    } catch (error) {
      failed(id, error);
    }
  }
}
