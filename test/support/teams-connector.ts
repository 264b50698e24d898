/** A Bot Connector on this machine that enforces what Teams enforces, and can be as hostile as a bad night. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As documented by Microsoft: per bot and thread. */
const RATES = [
  { count: 7, span: 1_000 },
  { count: 8, span: 2_000 },
  { count: 60, span: 30_000 },
  { count: 1_800, span: 3_600_000 },
];
const LARGEST = 28 * 1024;

export interface Kept {
  readonly id: string;
  readonly conversation: string;
  /** What it showed, oldest first. */
  readonly states: Record<string, unknown>[];
  /** Those of them that came after their sender had gone. */
  readonly overdue: Set<unknown>;
}

/** Chances from 0 to 1 of each trouble, per request. */
export interface Hostility {
  readonly throttled?: number;
  readonly failing?: number;
  /** The connection ends before anything is done. */
  readonly resetBefore?: number;
  /** It is done, and the answer never arrives. */
  readonly resetAfter?: number;
  /** 504, although it is done. */
  readonly lateDone?: number;
  readonly stale?: number;
  readonly slow?: number;
  /** The connection ends, and it is done all the same, long after the sender gave up on it. */
  readonly overdue?: number;
}

export interface ConnectorDouble {
  readonly url: string;
  /** Messages in the order in which they were first posted. */
  readonly messages: Kept[];
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly token: string;
  }[];
  readonly members: Record<string, unknown>[];
  /** Conversations where the bot was removed or blocked, by the code that says so. */
  readonly blocked: Map<string, string>;
  /** Files of messages, by path. */
  readonly files: Map<
    string,
    {
      readonly type: string;
      readonly text: string;
      readonly status?: number;
      readonly headers?: Record<string, string>;
    }
  >;
  /** Tokens that were taken back before their time. */
  readonly revoked: Set<string>;
  /** How often a rate was exceeded: the sender's fault. */
  readonly exceeded: { conversation: string; span: number }[];
  hostility: Hostility;
  in(conversation: string): Kept[];
  /** Somebody deletes a message. */
  remove(id: string): void;
  stop(): Promise<void>;
}

export interface ConnectorOptions {
  readonly now?: () => number;
  /** From 0 to 1; a fixed sequence makes a bad night repeatable. */
  readonly random?: () => number;
  /** Milliseconds of the double's own time as real ones. */
  readonly faster?: number;
}

export async function openConnector(options: ConnectorOptions = {}): Promise<ConnectorDouble> {
  const { now = Date.now, random = Math.random, faster = 1 } = options;
  const messages: Kept[] = [];
  const byId = new Map<string, Kept>();
  const writes = new Map<string, number[]>();
  const editing = new Set<string>();
  const chats = new Map<string, string>();
  let serial = 1_772_546_500_000;
  const double = {
    messages,
    requests: [] as ConnectorDouble['requests'],
    members: [] as Record<string, unknown>[],
    blocked: new Map<string, string>(),
    files: new Map() as ConnectorDouble['files'],
    revoked: new Set<string>(),
    exceeded: [] as ConnectorDouble['exceeded'],
    hostility: {} as Hostility,
  };

  function keep(conversation: string, message: Record<string, unknown>): string {
    serial += 1;
    const id = String(serial);
    const kept = { id, conversation, states: [message], overdue: new Set() };
    messages.push(kept);
    byId.set(`${conversation} ${id}`, kept);
    return id;
  }

  /** Refuses what goes over a rate; a refused write counts as well, as impatience does in Teams. */
  function throttle(conversation: string): number | undefined {
    const at = now();
    const past = (writes.get(conversation) ?? []).filter((one) => one > at - 3_600_000);
    writes.set(conversation, [...past, at]);
    for (const { count, span } of RATES) {
      const within = past.filter((one) => one > at - span);
      if (within.length < count) continue;
      double.exceeded.push({ conversation, span });
      return Math.ceil(((within.at(-count) ?? at) + span - at) / 1_000);
    }
    return undefined;
  }

  function act(
    method: string,
    path: string,
    body: Record<string, unknown>,
    gone: boolean,
  ): { status: number; answer?: unknown; wait?: number } {
    const [, conversation = '', , id = ''] = path.split('/').map(decodeURIComponent);
    if (method === 'GET' && path.includes('/members/')) {
      const member = double.members.find((one) => one.id === id);
      return member
        ? { status: 200, answer: member }
        : { status: 404, answer: { error: { code: 'MemberNotFoundInConversation', message: 'Nobody' } } };
    }
    if (method === 'GET') return { status: 200, answer: { members: double.members } };
    const channel = (body.channelData as { channel?: { id?: string } } | undefined)?.channel?.id;
    const lane = conversation || channel || String((body.members as { id: string }[] | undefined)?.[0]?.id ?? '');
    const code = double.blocked.get(lane) ?? double.blocked.get(lane.replace(/;messageid=.*/, ''));
    if (code) return { status: 403, answer: { error: { code, message: 'Not here.' } } };
    const wait = throttle(lane);
    if (wait !== undefined) return { status: 429, wait, answer: { error: { code: 'Throttled', message: 'Too many' } } };
    if (Buffer.byteLength(JSON.stringify(body)) > LARGEST) {
      return { status: 413, answer: { error: { code: 'MessageSizeTooBig', message: 'Message size too large.' } } };
    }
    if (conversation === '') {
      if (channel === undefined) {
        const chat = chats.get(lane) ?? `a:chat-of-${lane}`;
        chats.set(lane, chat);
        return { status: 201, answer: { id: chat } };
      }
      serial += 1;
      const thread = `${channel};messageid=${serial + 1}`;
      const root = keep(thread, body.activity as Record<string, unknown>);
      return { status: 201, answer: { id: thread, activityId: root } };
    }
    if (method === 'POST') return { status: 201, answer: { id: keep(conversation, body) } };
    const kept = byId.get(`${conversation} ${id}`);
    if (!kept) return { status: 404, answer: { error: { code: 'ActivityNotFoundInConversation', message: 'Gone.' } } };
    kept.states.push(body);
    if (gone) kept.overdue.add(body);
    return { status: 200, answer: { id } };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '' } = request;
    const path = url.replace(/^\/v3\/conversations/, '').replace(/\?.*$/, '');
    const file = double.files.get(url);
    if (file) {
      double.requests.push({
        method,
        path: url,
        status: file.status ?? 200,
        token: request.headers.authorization ?? '',
      });
      response.writeHead(file.status ?? 200, { 'content-type': file.type, ...file.headers });
      return void response.end(file.text);
    }
    let text = '';
    for await (const chunk of request) text += chunk;
    const note = (status: number) =>
      double.requests.push({ method, path, status, token: request.headers.authorization ?? '' });
    const chance = (of: number | undefined) => of !== undefined && random() < of;
    const { hostility } = double;
    const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms / faster));
    if (chance(hostility.slow)) await pause(3_000 * random());
    if (chance(hostility.resetBefore)) {
      note(0);
      return void request.socket.destroy();
    }
    const early = double.revoked.has(request.headers.authorization ?? '')
      ? { status: 401 }
      : chance(hostility.throttled)
        ? { status: 429, wait: 1 }
        : chance(hostility.failing)
          ? { status: [500, 502, 503, 504][Math.floor(random() * 4)] ?? 500 }
          : chance(hostility.stale)
            ? { status: 412 }
            : undefined;
    if (!early && method === 'PUT' && chance(hostility.overdue)) {
      note(0);
      request.socket.destroy();
      await pause(4_000);
    }
    // Two edits of one message at once: the second is told that what it edits has changed.
    const stale = method === 'PUT' && editing.has(path);
    editing.add(path);
    let { status, answer, wait } = {
      answer: undefined as unknown,
      wait: undefined as number | undefined,
      ...early,
      status: early?.status ?? 0,
    };
    if (stale) status = 412;
    else if (!early)
      ({ status, answer, wait } = {
        wait: undefined,
        answer: undefined,
        ...act(method, path, text ? JSON.parse(text) : {}, request.socket.destroyed),
      });
    await pause(5);
    editing.delete(path);
    if (status < 300 && chance(hostility.resetAfter)) {
      note(0);
      return void request.socket.destroy();
    }
    if (status < 300 && chance(hostility.lateDone)) status = 504;
    note(status);
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(wait === undefined ? {} : { 'retry-after': String(wait) }),
    });
    response.end(JSON.stringify(answer ?? { error: { code: String(status), message: '' } }));
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(double, {
    url: `http://127.0.0.1:${port}`,
    in: (conversation: string) => messages.filter((one) => one.conversation === conversation),
    remove: (id: string) => {
      for (const [key, kept] of byId) if (kept.id === id) byId.delete(key);
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}
