/** The time of a house with one clock: set forward, or woken from sleep, it follows; set back, it goes on. */
import type { Instant } from './core/units.ts';

/**
 * Reminders are due by it, so while a machine's clock is an hour behind where it was they must not wait for that hour.
 * Until the machine's clock has caught up, time goes on at the pace of the one that nobody can set.
 */
export function steadyClock(wall: () => Instant = Date.now, steady = () => performance.now()): () => Instant {
  let ahead = Number.NEGATIVE_INFINITY;
  return () => {
    const passed = steady();
    ahead = Math.max(ahead, wall() - passed);
    return Math.round(passed + ahead);
  };
}
