/** What people are shown at most, wherever they look. */
import type { Duration } from '../core/units.ts';

/** How far back boards and look-ups show closed incidents. */
export const CLOSED_SHOWN: Duration = 7 * 24 * 3_600_000;

/** Incidents listed at most: far more than can be open at once. */
export const MOST_LISTED = 200;

/** Lines of what has happened that are said back to whoever did it. */
export const MOST_SAID = 4;
