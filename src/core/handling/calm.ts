/** Incidents in which nothing has to be done for a while: of thousands that are open, the sweep looks at few. */
import type { IncidentId, Instant } from '../units.ts';

/** An incident in which nothing happens is looked at thoroughly this often all the same, at latest after twice as long. */
const THOROUGHLY = 10 * 60_000;
/** They are not looked at all at the same time, though found calm within one sweep. */
const STEPS = 20;

export interface Calm {
  /** Whether it was found so at that version, and nothing has become due since. */
  has(id: IncidentId, version: number): boolean;
  /** Nothing is to be done at this version before then. */
  note(id: IncidentId, version: number, until: Instant): void;
  end(id: IncidentId): void;
}

export function createCalm(now: () => Instant): Calm {
  const found = new Map<IncidentId, { readonly version: number; readonly until: Instant }>();
  return {
    has(id, version) {
      const calm = found.get(id);
      if (calm?.version !== version) return false;
      const left = calm.until - now();
      // Whoever set the clock back has put off the time at which to look again.
      return left > 0 && left <= 2 * THOROUGHLY;
    },
    note(id, version, until) {
      const thoroughly = now() + THOROUGHLY * (1 + (found.size % STEPS) / STEPS);
      found.set(id, { version, until: Math.min(until, thoroughly) });
    },
    end: (id) => void found.delete(id),
  };
}
