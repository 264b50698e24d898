/** The categories that rooms lie in, by name: where one is full, the next has a number behind it. */

/** Names where nothing else is configured. */
export const OPEN_ROOMS = 'Incidents';
export const CLOSED_ROOMS = 'Closed incidents';

/** @param n counts from 1 */
export function categoryName(name: string, n: number): string {
  return n === 1 ? name : `${name} ${n}`;
}

export function isCategoryOf(name: string, called: string): boolean {
  return called === name || (called.startsWith(`${name} `) && /^\d+$/.test(called.slice(name.length + 1)));
}
