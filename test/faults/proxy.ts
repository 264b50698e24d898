/** A stretch of network on loopback, between one instance and its database, that can be cut, slowed and made to swallow. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** `cut`: connections break and none can be made. `swallow`: they stay, and nothing arrives on the other side. */
export type Condition = 'passing' | 'cut' | 'swallow' | { readonly delay: number };

export interface Stretch {
  readonly port: number;
  set(condition: Condition): void;
  /** Connections that were broken by it. */
  readonly broken: number;
  stop(): Promise<void>;
}

export async function startStretch(host: string, port: number): Promise<Stretch> {
  let condition: Condition = 'passing';
  let broken = 0;
  const sockets = new Set<Socket>();

  function carry(from: Socket, to: Socket): void {
    sockets.add(from);
    from.on('error', () => {});
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    // In order, because each piece waits for the one before it.
    let last = Promise.resolve();
    from.on('data', (piece) => {
      const wait = typeof condition === 'object' ? condition.delay : 0;
      last = last.then(async () => {
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        // A piece is lost for good: what the connection says afterwards would be nonsense, so it says nothing more.
        if (condition === 'swallow') from.removeAllListeners('data').resume();
        else if (!to.destroyed) to.write(piece);
      });
    });
  }

  const server = createServer((near) => {
    if (condition === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(port, host);
    carry(near, far);
    carry(far, near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get broken() {
      return broken;
    },
    set(next) {
      condition = next;
      if (next !== 'cut') return;
      broken += sockets.size / 2;
      for (const socket of sockets) socket.destroy();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
