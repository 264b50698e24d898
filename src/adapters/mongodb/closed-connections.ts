/** Has the driver hear at once that the other side has closed a connection, whatever it was about to do with it. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { MongoClient } from 'mongodb';

/** Node tells of every plain connection that this process begins; one with TLS is not used before it has proved to work. */
const BEGUN = 'net.client.socket';

/**
 * The driver (7.9) listens for the end of a socket, which comes a moment after the socket takes nothing more. What it
 * writes in between is neither sent nor refused: it waits for an answer for ever, and where that was its look for the
 * server, it never looks again, so that all who need the database wait with it. A proxy whose server is away does that,
 * and a server that stops. An error comes in time.
 */
export function hearOfClosedConnections(client: MongoClient): void {
  /** Ports of the servers: other connections of this process are nobody's business here. */
  const ports = new Set<number>();
  client.on('serverOpening', ({ address }) => ports.add(Number(address.slice(address.lastIndexOf(':') + 1))));

  const listen = (message: unknown) => {
    const { socket } = message as { readonly socket: Socket };
    socket.once('connect', () => {
      if (!ports.has(socket.remotePort ?? 0)) return;
      socket.once('end', () => socket.destroy(new Error('the server has closed the connection')));
    });
  };
  subscribe(BEGUN, listen);
  client.once('topologyClosed', () => unsubscribe(BEGUN, listen));
}
