/** Keeps within the rates of a conversation: whoever wants to write waits until every span has room. */
import type { Duration, Instant } from '../../core/units.ts';
import { RATE_MARGIN, RATES } from './limits.ts';

/** Time as this adapter uses it; tests hand in a faster one. */
export interface Time {
  readonly now: () => Instant;
  readonly wait: (delay: Duration) => Promise<void>;
  /** Does something later, unless Baton ends before. */
  readonly later: (delay: Duration, task: () => void) => void;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
}

export interface Pace {
  /** How long to wait before the next write to a conversation; 0 when it may go at once. */
  delay(conversation: string): Duration;
  /** A write goes out now. */
  note(conversation: string): void;
}

export function createPace(now: () => Instant): Pace {
  const writes = new Map<string, Instant[]>();
  const longest = Math.max(...RATES.map(({ span }) => span));
  const most = Math.max(...RATES.map(({ count }) => count));

  const recent = (conversation: string): Instant[] => {
    const since = now() - longest - RATE_MARGIN;
    const kept = (writes.get(conversation) ?? []).filter((at) => at > since).slice(-most);
    if (kept.length === 0) writes.delete(conversation);
    else writes.set(conversation, kept);
    return kept;
  };

  return {
    delay(conversation) {
      const at = now();
      const past = recent(conversation);
      const waits = RATES.map(({ count, span }) => {
        const oldest = past.at(-count);
        return oldest === undefined ? 0 : oldest + span + RATE_MARGIN - at;
      });
      return Math.max(0, ...waits);
    },
    note(conversation) {
      writes.set(conversation, [...recent(conversation), now()]);
    },
  };
}
