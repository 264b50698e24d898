/** Keeps the gateway's sessions for discord.js, and makes each connection wait its turn. */
import type { WebSocketOptions } from 'discord.js';
import { LONGEST_HANDSHAKE } from './limits.ts';

type Gateway = Parameters<NonNullable<WebSocketOptions['buildStrategy']>>[0];
type Retrieve = Gateway['options']['retrieveSessionInfo'];
type Update = Gateway['options']['updateSessionInfo'];

export interface Turns {
  /** Holds the shards that are connecting, until the gateway has said hello. */
  readonly opening: Set<number>;
  /** Resolves when a connection may be made. */
  readonly wait: () => Promise<void>;
  /** Never resolves once it is over. */
  readonly goOn: () => Promise<void>;
}

/**
 * discord.js asks for the session on every connection and every event alike: only the first time, and after a close, it is
 * a connection, which waits. And it forgets the session while events of it are still being read, on which it then breaks:
 * here it is forgotten for connections alone.
 */
export function keepSessions(gateway: Gateway, { opening, wait, goOn }: Turns): void {
  const options = gateway.options as {
    retrieveSessionInfo: Retrieve;
    updateSessionInfo: Update;
    handshakeTimeout: number;
  };
  options.handshakeTimeout = LONGEST_HANDSHAKE;
  const { updateSessionInfo: tell } = options;
  const connected = new Set<number>();
  const sessions = new Map<number, Awaited<ReturnType<Retrieve>>>();
  // The event's name is an enum of a package that discord.js does not hand on.
  const on = (event: string, told: (about: { readonly shardId: number }) => void) =>
    gateway.on(event as never, told as never);
  on('hello', ({ shardId }) => opening.delete(shardId));
  on('closed', ({ shardId }) => {
    opening.delete(shardId);
    connected.delete(shardId);
  });
  options.retrieveSessionInfo = async (shard) => {
    if (!connected.has(shard)) {
      connected.add(shard);
      await wait();
      opening.add(shard);
    }
    // A connection that was identifying is destroyed twice, and the second time discord.js means to connect again.
    await goOn();
    return sessions.get(shard) ?? null;
  };
  options.updateSessionInfo = async (shard, session) => {
    sessions.set(shard, session);
    if (session) await tell(shard, session);
  };
}
