/** Each minute and at start: what was missed is made good, so that nothing but the stored events is the truth. */
import type { Handler } from './handle.ts';
import type { Log, Sharing, Store } from './ports.ts';
import type { Instant } from './units.ts';

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

/** With several instances, and often: takes over from those that ended, and shows and delivers what others appended. */
export async function follow(handler: Handler, sharing: Sharing, log: Log): Promise<void> {
  const taken = (await sharing.takeOver()).map((id) => ({ id, task: () => handler.catchUp(id) }));
  const changed = (await sharing.changed()).map(({ id, version }) => ({
    id,
    task: () => handler.noticed(id, version),
  }));
  for (const { id, task } of [...taken, ...changed]) {
    try {
      await task();
    } catch (error) {
      log.error({ incident: id, error }, 'could not follow');
    }
  }
}
