/** A Baton of its own for a test: the real handler on a database in a throw-away folder, served on a free port. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccess } from '../../src/access.ts';
import { createPictures } from '../../src/adapters/canvas/pictures.ts';
import { type Console, createConsole } from '../../src/adapters/console/console.ts';
import { sqliteAttachments } from '../../src/adapters/sqlite/attachments.ts';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../src/adapters/sqlite/directory.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import type { Clock } from '../../src/core/contract.ts';
import { createHandler, type Handler } from '../../src/core/handle.ts';
import type { Incident } from '../../src/core/incident.ts';
import type { Jobs, Log } from '../../src/core/ports.ts';
import { DEFAULTS, type Settings } from '../../src/core/settings.ts';
import type { IncidentId, People } from '../../src/core/units.ts';
import { createHttp } from '../../src/http.ts';
import { createMetrics } from '../../src/metrics.ts';
import { recordRoutes } from '../../src/record-routes.ts';

export interface TestBaton {
  /** `http://127.0.0.1:4711` */
  readonly url: string;
  readonly handler: Handler;
  /** What was logged as an error or a warning. */
  readonly complaints: readonly string[];
  readonly surface: Console;
  /** Gives an order past the console; throws the refusal. */
  order(by: string, command: string, fields?: Record<string, unknown>, incident?: IncidentId): Promise<Incident>;
  /** Ends every connection and takes no new one, as a network does. */
  cut(): Promise<void>;
  /** Serves again, at the same address. */
  mend(): Promise<void>;
  /** From now on the store cannot be reached, or can be again. */
  reach(store: boolean): void;
  stop(): Promise<void>;
}

export interface BatonOptions {
  readonly settings?: Partial<Settings>;
  readonly people?: People;
  readonly token?: string;
  readonly now?: () => number;
  /** Default: any that is free. */
  readonly port?: number;
  /** Bytes. */
  readonly largestFile?: number;
}

export async function openBaton(options: BatonOptions = {}): Promise<TestBaton> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-browser-'));
  const database = openDatabase(folder);
  const complaints: string[] = [];
  const complain = (facts: Readonly<Record<string, unknown>>, message: string) => {
    complaints.push(`${message} ${facts.error instanceof Error ? facts.error.stack : JSON.stringify(facts)}`);
  };
  const log: Log = { info: () => {}, warn: complain, error: complain };
  const now = options.now ?? Date.now;
  let reached = true;
  const store = reachable(sqliteStore(database), () => reached);
  const attachments = sqliteAttachments(database, options.largestFile);
  const access = createAccess(options.token === undefined ? {} : { token: options.token });
  const surface = createConsole({ attachments, log, enter: access.enter });
  const jobs = timers();
  const settings: Settings = { ...DEFAULTS, ...options.settings };
  const handler = createHandler({
    store,
    directory: reachable(sqliteDirectory(database), () => reached),
    jobs,
    outlets: [surface],
    settings,
    people: options.people ?? {},
    now,
    later: (delay, task) => void setTimeout(task, delay).unref(),
    log,
  });
  const pictures = createPictures(log);
  const app = createHttp({
    access,
    open: [surface.entrance],
    guarded: [surface.router, recordRoutes(handler, settings, pictures)],
    metrics: createMetrics(now).registry,
    unready: async () => undefined,
    log,
  });
  let server: Server = createServer(app);
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  await surface.start(handler);
  await jobs.start((id, clock) => handler.ring(id, clock));

  const cut = async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  let orders = 0;
  return {
    url: `http://127.0.0.1:${port}`,
    handler,
    surface,
    complaints,
    async order(by, command, fields = {}, incident) {
      orders += 1;
      const at = incident === undefined ? {} : { incident };
      const answer = await handler.handle({ id: `test-${orders}`, command, by, fields, via: 'test', ...at });
      if ('refusal' in answer) throw new Error(`${command} was refused: ${JSON.stringify(answer.refusal)}`);
      return answer.incident;
    },
    cut,
    async mend() {
      server = createServer(app);
      await listen(port);
    },
    reach(again) {
      reached = again;
    },
    async stop() {
      reached = true;
      await jobs.stop();
      await surface.stop();
      pictures.stop();
      if (server.listening) await cut();
      await handler.settled();
      await store.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Rejects all that it is asked while it cannot be reached, as a database elsewhere does. */
function reachable<T extends object>(port: T, reached: () => boolean): T {
  return new Proxy(port, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      if (typeof own !== 'function') return own;
      return (...given: unknown[]) =>
        reached() ? own.apply(target, given) : Promise.reject(new Error('the store cannot be reached'));
    },
  });
}

/** Clocks as plain timers: a browser test is about what people see, not about how jobs survive a crash. */
function timers(): Jobs {
  const running = new Map<IncidentId, NodeJS.Timeout[]>();
  let ring: (id: IncidentId, clock: Clock) => Promise<void> = async () => {};
  let stopped = false;
  return {
    async keep(id, clocks) {
      for (const timer of running.get(id) ?? []) clearTimeout(timer);
      const set = clocks.map((clock) => {
        const delay = Math.min(Math.max(0, clock.at - Date.now()), 2 ** 31 - 1);
        return setTimeout(() => !stopped && void ring(id, clock), delay);
      });
      running.set(id, set);
      return false;
    },
    async start(given) {
      ring = given;
    },
    async stop() {
      stopped = true;
      for (const timer of [...running.values()].flat()) clearTimeout(timer);
    },
  };
}
