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
  readonly sent: { readonly seq: number; readonly frame: string }[];
  seq: number;
  socket: WebSocket | undefined;
  dead: boolean;
}

export interface Gateway {
  readonly url: string;
  /** Sends an event; a session whose connection is cut gets it when it resumes. */
  dispatch(type: string, data: unknown): void;
  /** @param code as Discord closes; `reset` breaks the connection without a word */
  cut(code: number | 'reset'): void;
  /** The session ends: who comes back has to identify anew. */
  invalidate(): void;
  connected(): boolean;
  /** When connections were opened, and identifies and resumes came. */
  readonly seen: { readonly connects: number[]; readonly identifies: number[]; readonly resumes: number[] };
  /** Refuses connections while true. */
  down: boolean;
  close(): void;
}

/** Intents that a bot has only when Discord has approved it. */
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);
const HEARTBEAT = 30_000;

export function openGateway(server: Server, { token, ready }: GatewayOptions): Gateway {
  const sockets = new WebSocket.Server({ server, path: '/gateway/' });
  const sessions = new Map<string, Session>();
  const seen: Gateway['seen'] = { connects: [], identifies: [], resumes: [] };
  let current: Session | undefined;
  let names = 0;

  function send(session: Session, type: string, data: unknown): void {
    session.seq += 1;
    const frame = JSON.stringify({ op: 0, t: type, s: session.seq, d: data });
    session.sent.push({ seq: session.seq, frame });
    if (session.socket?.readyState === WebSocket.OPEN) session.socket.send(frame);
  }

  function identify(socket: WebSocket, data: { readonly token: string; readonly intents: number }): void {
    seen.identifies.push(Date.now());
    if (data.token !== token) {
      socket.close(4004, 'Authentication failed.');
      return;
    }
    if ((data.intents & PRIVILEGED) !== 0) {
      socket.close(4014, 'Disallowed intent(s).');
      return;
    }
    names += 1;
    const session: Session = { id: `session-${names}`, sent: [], seq: 0, socket, dead: false };
    sessions.set(session.id, session);
    current = session;
    const { ready: own, guilds } = ready();
    send(session, 'READY', { ...own, session_id: session.id, resume_gateway_url: gateway.url, shard: [0, 1] });
    for (const guild of guilds) send(session, 'GUILD_CREATE', guild);
  }

  function resume(
    socket: WebSocket,
    data: { readonly session_id: string; readonly seq: number; readonly token: string },
  ) {
    seen.resumes.push(Date.now());
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

  sockets.on('connection', (socket: WebSocket) => {
    seen.connects.push(Date.now());
    if (gateway.down) {
      socket.terminate();
      return;
    }
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: HEARTBEAT }, s: null, t: null }));
    socket.on('message', (raw: WebSocket.Data) => {
      const { op, d } = JSON.parse(String(raw)) as { readonly op: number; readonly d: never };
      if (op === 1) socket.send(JSON.stringify({ op: 11, d: null, s: null, t: null }));
      if (op === 2) identify(socket, d);
      if (op === 6) resume(socket, d);
    });
    socket.on('error', () => {});
  });

  const gateway: Gateway = {
    get url() {
      return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/gateway/`;
    },
    dispatch(type, data) {
      if (current && !current.dead) send(current, type, data);
    },
    cut(code) {
      if (code === 'reset') current?.socket?.terminate();
      else current?.socket?.close(code);
    },
    invalidate() {
      if (current) current.dead = true;
      current?.socket?.send(JSON.stringify({ op: 9, d: false, s: null, t: null }));
    },
    connected: () => current?.socket?.readyState === WebSocket.OPEN && !current.dead,
    seen,
    down: false,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
  return gateway;
}
