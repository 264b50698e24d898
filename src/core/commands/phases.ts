/** The phases in which groups of commands make sense. */
import type { Phase } from '../incident.ts';

/** While the impact lasts. */
export const OPEN: readonly Phase[] = ['open'];
/** While people work: the impact lasts, or the watch runs. */
export const AWAKE: readonly Phase[] = ['open', 'watching'];
/** Until it is closed. */
export const LIVING: readonly Phase[] = ['open', 'watching', 'standing-down'];
/** Always: the record takes additions after closing too. */
export const EVER: readonly Phase[] = ['open', 'watching', 'standing-down', 'closed'];
