/** A gateway on this machine: identifies, heartbeats, sessions that are resumed or not, and connections that can be cut. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import WebSocket from 'ws';

type Json = Record<string, unknown>;

export interface GatewayOptions {
  readonly token: string;
  /** What a session begins with. */
  readonly ready: () => { readonly ready: Json; readonly guilds: readonly Json[] };
}

interface Session {
  readonly id: string;
  readonly from: string;
  readonly shard: readonly [number, number];
  readonly sent: { readonly seq: number; readonly frame: string }[];
  seq: number;
  socket: WebSocket | undefined;
  dead: boolean;
}

/** A connection's first words, and from which address they came. */
export interface Spoke {
  readonly at: number;
  readonly from: string;
  readonly as: 'identify' | 'resume';
}

export interface Gateway {
  /** @param from tells processes apart: each is given an address of its own */
  url(from?: string): string;
  /** Sends an event to every session; one whose connection is cut gets it when it resumes. */
  dispatch(type: string, data: unknown): void;
  /** @param code as Discord closes; `reset` breaks the connection without a word */
  cut(code: number | 'reset'): void;
  /** The session ends: who comes back has to identify anew. */
  invalidate(): void;
  connected(): boolean;
  /** The shards that speak, by their number. */
  shards(): readonly (readonly [number, number])[];
  /** Connections of any kind, identified or not. */
  connections(): number;
  /** Where the sessions come from whose connection is open. */
  speaking(): readonly string[];
  /** When connections were opened, and identifies and resumes came. */
  readonly seen: { readonly connects: number[]; readonly identifies: number[]; readonly resumes: number[] };
  readonly spoke: Spoke[];
  /** Refuses connections while true. */
  down: boolean;
  /** Lets identify, and says nothing to it, while true. */
  speechless: boolean;
  close(): void;
}

/** Intents that a bot has only when Discord has approved it. */
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);
const HEARTBEAT = 30_000;

interface Identify {
  readonly token: string;
  readonly intents: number;
  readonly shard?: readonly [number, number];
}

export function openGateway(server: Server, { token, ready }: GatewayOptions): Gateway {
  const sockets = new WebSocket.Server({ server });
  const sessions = new Map<string, Session>();
  const seen: Gateway['seen'] = { connects: [], identifies: [], resumes: [] };
  const spoke: Spoke[] = [];
  let current: Session | undefined;
  let names = 0;

  function send(session: Session, type: string, data: unknown): void {
    session.seq += 1;
    const frame = JSON.stringify({ op: 0, t: type, s: session.seq, d: data });
    session.sent.push({ seq: session.seq, frame });
    if (session.socket?.readyState === WebSocket.OPEN) session.socket.send(frame);
  }

  function identify(socket: WebSocket, from: string, data: Identify): void {
    seen.identifies.push(Date.now());
    spoke.push({ at: Date.now(), from, as: 'identify' });
    if (data.token !== token) {
      socket.close(4004, 'Authentication failed.');
      return;
    }
    if ((data.intents & PRIVILEGED) !== 0) {
      socket.close(4014, 'Disallowed intent(s).');
      return;
    }
    names += 1;
    if (gateway.speechless) return;
    const session: Session = {
      id: `session-${names}`,
      from,
      shard: data.shard ?? [0, 1],
      sent: [],
      seq: 0,
      socket,
      dead: false,
    };
    sessions.set(session.id, session);
    current = session;
    const { ready: own, guilds } = ready();
    send(session, 'READY', {
      ...own,
      session_id: session.id,
      resume_gateway_url: gateway.url(from),
      shard: session.shard,
    });
    for (const guild of guilds) send(session, 'GUILD_CREATE', guild);
  }

  function resume(
    socket: WebSocket,
    from: string,
    data: { readonly session_id: string; readonly seq: number; readonly token: string },
  ) {
    seen.resumes.push(Date.now());
    spoke.push({ at: Date.now(), from, as: 'resume' });
    const session = sessions.get(data.session_id);
    if (!session || session.dead || data.token !== token) {
      socket.send(JSON.stringify({ op: 9, d: false, s: null, t: null }));
      return;
    }
    session.socket = socket;
    current = session;
    for (const { seq, frame } of session.sent) if (seq > data.seq) socket.send(frame);
    send(session, 'RESUMED', {});
  }

  sockets.on('connection', (socket: WebSocket, { url = '' }: { readonly url?: string }) => {
    const from = /^\/gateway\/([^/?]*)/.exec(url)?.[1] ?? '';
    seen.connects.push(Date.now());
    if (gateway.down) {
      socket.terminate();
      return;
    }
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: HEARTBEAT }, s: null, t: null }));
    socket.on('message', (raw: WebSocket.Data) => {
      const { op, d } = JSON.parse(String(raw)) as { readonly op: number; readonly d: never };
      if (op === 1) socket.send(JSON.stringify({ op: 11, d: null, s: null, t: null }));
      if (op === 2) identify(socket, from, d);
      if (op === 6) resume(socket, from, d);
    });
    socket.on('close', (code: number) => {
      // Whoever says goodbye has ended the session.
      for (const one of sessions.values()) if (one.socket === socket && code === 1_000) one.dead = true;
    });
    socket.on('error', () => {});
  });

  const isOpen = ({ socket, dead }: Session) => !dead && socket?.readyState === WebSocket.OPEN;

  const gateway: Gateway = {
    url: (from = '') => `ws://127.0.0.1:${(server.address() as AddressInfo).port}/gateway/${from}`,
    dispatch(type, data) {
      for (const session of sessions.values()) if (!session.dead) send(session, type, data);
    },
    cut(code) {
      if (code === 'reset') current?.socket?.terminate();
      else current?.socket?.close(code);
    },
    invalidate() {
      if (current) current.dead = true;
      current?.socket?.send(JSON.stringify({ op: 9, d: false, s: null, t: null }));
    },
    connected: () => current !== undefined && isOpen(current),
    shards: () =>
      [...sessions.values()]
        .filter(isOpen)
        .map(({ shard }) => shard)
        .sort(([a], [b]) => a - b),
    connections: () => sockets.clients.size,
    speaking: () => [...sessions.values()].filter(isOpen).map(({ from }) => from),
    seen,
    spoke,
    down: false,
    speechless: false,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
  return gateway;
}
