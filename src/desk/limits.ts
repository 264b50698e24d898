/** What people are shown at most, wherever they look. */
import type { Duration } from '../core/units.ts';

/** How long a code that ties two accounts can be typed, and how long it is still known what became of it. */
export const CODE_LASTS: Duration = 15 * 60_000;
export const CODE_KEPT: Duration = 24 * 3_600_000;

/** Wrong codes that one person may type within a while, by instance. */
export const MOST_WRONG_CODES = 5;
export const WRONG_CODES_WITHIN: Duration = 15 * 60_000;

/** How far back boards and look-ups show closed incidents. */
export const CLOSED_SHOWN: Duration = 7 * 24 * 3_600_000;

/** Incidents listed at most: far more than can be open at once. */
export const MOST_LISTED = 200;

/** Lines of what has happened that are said back to whoever did it. */
export const MOST_SAID = 4;
