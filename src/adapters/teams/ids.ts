/** Names things that have to come out the same each time: orders, presses, the surface's own name. */
import { digest } from '../../desk/ids.ts';

/** What orders come through and cursors are kept under; also the key of accounts in `people.<id>.ids`. */
export const TEAMS = 'teams';

/** The same however often Teams delivers the activity. */
export function orderId(conversation: string, activity: string): string {
  return `${TEAMS}:${digest([conversation, activity])}`;
}

/** `19:…@thread.tacv2` of `19:…@thread.tacv2;messageid=1700000000000`. */
export function channelOf(conversation: string): string {
  return conversation.replace(/;messageid=.*$/, '');
}

/** A thread is made for one incident. */
export function isThread(conversation: string): boolean {
  return conversation.includes(';messageid=');
}
