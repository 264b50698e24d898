/** Takes in pages and published words on this machine, and keeps every copy that arrives. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Happenings } from './happenings.ts';
import type { Random } from './random.ts';

export interface Arrived {
  readonly at: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Receiver {
  /** Without a slash at the end. */
  readonly url: string;
  /** Copies by Idempotency-Key, in the order they came. */
  readonly pages: ReadonlyMap<string, readonly Arrived[]>;
  readonly words: ReadonlyMap<string, readonly Arrived[]>;
  /** While it is down everything is refused, and nothing arrives. */
  setDown(down: boolean): void;
  stop(): Promise<void>;
}

/** As long as a page is repeated after, in the configuration that the kill test runs on. */
const REPEAT = 1_000;
/** A clock that is about to ring is met some milliseconds before, too. */
const BEFORE = 15;

/** A pager takes its time: up to this many milliseconds for an answer. */
const SLOWEST = 20;

export async function startReceiver(happenings: Happenings, random: Random): Promise<Receiver> {
  const pages = new Map<string, Arrived[]>();
  const words = new Map<string, Arrived[]>();
  const due = new Set<NodeJS.Timeout>();
  let isDown = false;
  const server = createServer(async (request, response) => {
    if (isDown) {
      response.writeHead(503).end();
      return;
    }
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // The sender was killed before all of it was here: nothing has arrived.
      return;
    }
    const kept = request.url === '/pages' ? pages : words;
    const key = String(request.headers['idempotency-key']);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Arrived['body'];
    kept.set(key, [...(kept.get(key) ?? []), { at: Date.now(), body }]);
    happenings.emit(kept === pages ? 'page-received' : 'words-received');
    if (kept === pages) {
      const ahead = Date.parse(String(body.at)) + REPEAT - BEFORE - Date.now();
      const timer = setTimeout(
        () => {
          due.delete(timer);
          if (ahead > 0) happenings.emit('clock-due');
        },
        Math.max(0, ahead),
      );
      due.add(timer);
    }
    await sleep(random.upTo(SLOWEST));
    response.writeHead(202).end('{}', () => kept === pages && happenings.emit('page-answered'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    pages,
    words,
    setDown(down) {
      isDown = down;
    },
    async stop() {
      for (const timer of due) clearTimeout(timer);
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
