/** A client that asks Baton over HTTP and, where it gets no answer, asks the same again until it does. */
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Happenings } from './happenings.ts';
import type { Random } from './random.ts';

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string | Buffer;
  readonly type?: string;
}

export interface Replied {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
  /** How often it was sent. */
  readonly tries: number;
}

/** Where Baton listens now; undefined while it does not. */
export type Whereabouts = () => URL | undefined;

/** Between one try and the next. */
const PAUSE = 15;
/** Now and then a client's own connection breaks while it waits: the same to it as a Baton killed before the answer. */
const BROKEN = 0.04;
/** Milliseconds within which it does. */
const BREAKS = 15;
/** A connection that says nothing for so long is as good as dead: Baton tells sooner that it cannot reach its store. */
const PATIENCE = 20_000;

export interface Client {
  /** Resolves once answered with anything but "not now". Rejects only after `stop`. */
  ask(asked: Asked): Promise<Replied>;
  /** How many orders are on their way and not answered. */
  readonly waiting: number;
  /** How often the answer was that it could not be kept: whoever had pressed something was told. */
  readonly unkept: number;
  stop(): void;
}

export function createClient(whereabouts: Whereabouts, happenings: Happenings, random: Random): Client {
  const agent = new Agent({ keepAlive: true });
  let stopped = false;
  let waiting = 0;
  let unkept = 0;
  const wait = (more: number) => {
    waiting += more;
  };
  return {
    get waiting() {
      return waiting;
    },
    get unkept() {
      return unkept;
    },
    async ask(asked) {
      for (let tries = 1; !stopped; tries += 1) {
        const address = whereabouts();
        const reply =
          address &&
          (await once(asked, address, { agent, happenings, wait, breaks: breaking(random) }).catch(() => undefined));
        // 503 is Baton's own "not now": it starts, it stops, or the store failed.
        if (reply && reply.status !== 503) return { ...reply, tries };
        if (reply?.json.problem === 'not-kept') unkept += 1;
        await sleep(PAUSE);
      }
      throw new Error('the client was stopped before it was answered');
    },
    stop() {
      stopped = true;
      agent.destroy();
    },
  };
}

interface Way {
  readonly agent: Agent;
  readonly happenings: Happenings;
  readonly wait: (more: number) => void;
  /** When the connection breaks; absent when it holds. */
  readonly breaks: number | undefined;
}

function breaking(random: Random): number | undefined {
  return random.next() < BROKEN ? random.upTo(BREAKS) : undefined;
}

/** Rejects when the connection breaks, however far the answer had come. */
function once(
  { method, path, body, type = 'application/json' }: Asked,
  address: URL,
  { agent, happenings, wait, breaks }: Way,
) {
  const { promise, resolve, reject } = Promise.withResolvers<Omit<Replied, 'tries'>>();
  const counts = method === 'POST';
  const sent = request(new URL(path, address), {
    method,
    agent,
    headers: body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) },
  });
  sent.setTimeout(PATIENCE, () => sent.destroy(new Error('no answer')));
  sent.on('error', reject);
  let onItsWay = false;
  const over = () => {
    if (onItsWay) wait(-1);
    onItsWay = false;
  };
  sent.on('close', over);
  sent.on('finish', () => {
    if (!counts) return;
    onItsWay = true;
    wait(1);
    if (breaks !== undefined) setTimeout(() => sent.destroy(new Error('the connection broke')), breaks).unref();
    happenings.emit('order-sent');
  });
  sent.on('response', (response: IncomingMessage) => {
    over();
    if (counts) happenings.emit('order-heard');
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    response.on('error', reject);
    response.on('close', () => {
      if (!response.complete) return reject(new Error('the answer was cut off'));
      try {
        resolve({ status: response.statusCode ?? 0, json: JSON.parse(text) as Replied['json'] });
      } catch (error) {
        return reject(error);
      }
      if (counts) happenings.emit('order-answered');
    });
  });
  sent.end(body);
  return promise;
}
