/** Names things that have to come out the same each time: orders, presses, nonces, the surface's own name. */
import type { PersonId } from '../../core/units.ts';
import { digest } from '../../desk/ids.ts';
import { LONGEST_NONCE } from './limits.ts';

/** What orders come through and cursors are kept under; also the key of accounts in `people.<id>.ids`. */
export const DISCORD = 'discord';

/** The same however often the gateway repeats the interaction. */
export function orderId(interaction: string): string {
  return `${DISCORD}:${interaction}`;
}

/** The same for two presses of one button by one person; another one on a newer card or another message. */
export function pressId(by: PersonId, message: string, customId: string): string {
  return `${DISCORD}:${digest([by, message, customId])}`;
}

/** Makes a send happen once: unique per author, over all channels. */
export function nonceOf(...parts: readonly unknown[]): string {
  return digest(parts).slice(0, LONGEST_NONCE);
}
