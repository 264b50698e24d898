/** The clock, the waiting and the dice: handed in, so that tests need not wait. */
import type { Duration, Instant } from '../../core/units.ts';

export interface Time {
  now(): Instant;
  wait(duration: Duration): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
}

/** The machine's own. Nothing that waits keeps the process alive. */
export const REAL_TIME: Time = {
  now: Date.now,
  wait: (duration) =>
    new Promise((resolve) => {
      setTimeout(resolve, duration).unref();
    }),
  random: Math.random,
};
