/** Names things that have to come out the same each time: orders, pages, the console's own name. */
import { createHash } from 'node:crypto';
import type { FieldValue } from '../../core/contract.ts';
import type { PersonId } from '../../core/units.ts';

/** What orders come through and cursors are kept under. */
export const CONSOLE = 'console';

/**
 * A press's own id: the same for two clicks on one button by one person, another for the same button on a newer card.
 * Pages send one of their own; this is for presses that came without.
 */
export function pressId(
  by: PersonId,
  press: {
    readonly command: string;
    readonly incident?: string | undefined;
    readonly fields: Readonly<Record<string, FieldValue>>;
    readonly seen?: number | undefined;
  },
): string {
  const fields = Object.entries(press.fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const said = JSON.stringify([by, press.command, press.incident, press.seen, fields]);
  return `${CONSOLE}:${createHash('sha256').update(said).digest('base64url').slice(0, 32)}`;
}
