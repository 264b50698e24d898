/** Keeps the gateway's sessions for discord.js, and makes each connection wait its turn. */
import type { WebSocketOptions } from 'discord.js';

type Gateway = Parameters<NonNullable<WebSocketOptions['buildStrategy']>>[0];
type Retrieve = Gateway['options']['retrieveSessionInfo'];
type Update = Gateway['options']['updateSessionInfo'];

/**
 * discord.js asks for the session on every connection and every event alike: only the first time, and after a close, it is
 * a connection, which waits. And it forgets the session while events of it are still being read, on which it then breaks:
 * here it is forgotten for connections alone.
 * @param wait resolves when a connection may be made; never, once Baton stops
 */
export function keepSessions(gateway: Gateway, wait: () => Promise<void>): void {
  const options = gateway.options as { retrieveSessionInfo: Retrieve; updateSessionInfo: Update };
  const { updateSessionInfo: tell } = options;
  const sessions = new Map<number, Awaited<ReturnType<Retrieve>>>();
  const connected = new Set<number>();
  // The event's name is an enum of a package that discord.js does not hand on.
  gateway.on('closed' as never, (({ shardId }: { readonly shardId: number }) => connected.delete(shardId)) as never);
  options.retrieveSessionInfo = async (shard) => {
    if (!connected.has(shard)) {
      connected.add(shard);
      await wait();
    }
    return sessions.get(shard) ?? null;
  };
  options.updateSessionInfo = async (shard, session) => {
    sessions.set(shard, session);
    if (session) await tell(shard, session);
  };
}
