/** Bounds how often the gateway is connected to and identified at: discord.js itself comes back at once, whatever happens. */
import type { Duration, Instant } from '../../core/units.ts';
import {
  CONNECTS_COUNTED,
  FIRST_RECONNECT,
  FREE_CONNECTS,
  FREE_IDENTIFIES,
  IDENTIFY_SPAN,
  LONGEST_RECONNECT,
  SLOW_IDENTIFY,
} from './limits.ts';

export interface Pace {
  /** How long the next connection waits; counts it. */
  connect(): Duration;
  /** How long the next identify waits; counts it. */
  identify(): Duration;
}

/** @param random from 0 up to 1: spreads the processes of many houses that lost the gateway together */
export function createPace(now: () => Instant, random: () => number): Pace {
  let connects: Instant[] = [];
  let identifies: Instant[] = [];

  return {
    connect() {
      const at = now();
      connects = connects.filter((one) => at - one < CONNECTS_COUNTED);
      const surplus = connects.length - FREE_CONNECTS;
      connects.push(at);
      if (surplus < 0) return 0;
      const grown = Math.min(LONGEST_RECONNECT, FIRST_RECONNECT * 2 ** Math.min(surplus, 16));
      return grown / 2 + (grown / 2) * random();
    },
    identify() {
      const at = now();
      identifies = identifies.filter((one) => at - one < IDENTIFY_SPAN);
      identifies.push(at);
      return identifies.length > FREE_IDENTIFIES ? SLOW_IDENTIFY : 0;
    },
  };
}
