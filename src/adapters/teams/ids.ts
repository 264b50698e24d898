/** Names things that have to come out the same each time: orders, presses, the surface's own name. */
import { createHash } from 'node:crypto';
import type { Press } from '../../cards/adaptive-actions.ts';
import type { PersonId } from '../../core/units.ts';

/** What orders come through and cursors are kept under; also the key of accounts in `people.<id>.ids`. */
export const TEAMS = 'teams';

/** The same however often Teams delivers the activity. */
export function orderId(conversation: string, activity: string): string {
  return `${TEAMS}:${digest([conversation, activity])}`;
}

/** The same for two presses of one button by one person; another one on a newer card. */
export function pressId(by: PersonId, { command, incident, seen, fields }: Press): string {
  const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${TEAMS}:${digest([by, command, incident, seen, sorted])}`;
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32);
}

/** `19:…@thread.tacv2` of `19:…@thread.tacv2;messageid=1700000000000`. */
export function channelOf(conversation: string): string {
  return conversation.replace(/;messageid=.*$/, '');
}
