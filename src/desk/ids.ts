/** Names things that have to come out the same each time, so that what is said twice is done once. */
import { hash } from 'node:crypto';
import type { Press } from '../cards/adaptive-actions.ts';
import type { PersonId } from '../core/units.ts';

/** The same for two presses of one button by one person; another one on a newer card. */
export function pressId(surface: string, by: PersonId, { command, incident, seen, fields }: Press): string {
  const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${surface}:${digest([by, command, incident, seen, sorted])}`;
}

export function digest(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 32);
}
