/** What failed is tried again by itself: sooner at first, and one try at a time of each name, however often it was asked for. */
import type { Duration } from '../units.ts';

/** The first delay; it doubles up to the longest, after which the sweep comes by anyway. */
const FIRST: Duration = 1_000;
const LONGEST: Duration = 60_000;

export interface Retries {
  /** Resolves to how often it has failed, since it last succeeded. */
  failed(name: string, again: () => void): number;
  succeeded(name: string): void;
}

export function createRetries(later: (delay: Duration, task: () => void) => void): Retries {
  const failures = new Map<string, number>();
  const waiting = new Set<string>();
  return {
    failed(name, again) {
      const before = failures.get(name) ?? 0;
      // Tried meanwhile by somebody else: that makes nobody wait longer.
      if (waiting.has(name)) return before;
      waiting.add(name);
      failures.set(name, before + 1);
      later(Math.min(LONGEST, FIRST * 2 ** before), () => {
        waiting.delete(name);
        again();
      });
      return before + 1;
    },
    succeeded: (name) => void failures.delete(name),
  };
}
