/** A Baton with Teams before it and a connector beside it: the real handler and HTTP on a throw-away database, time run fast. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { isLocal } from '../../src/access.ts';
import type { DiscordOptions } from '../../src/adapters/discord/discord.ts';
import type { Paging } from '../../src/adapters/pagers/pager.ts';
import { sqliteAttachments } from '../../src/adapters/sqlite/attachments.ts';
import { type Database, openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../src/adapters/sqlite/directory.ts';
import { sqliteMemory } from '../../src/adapters/sqlite/memory.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import { createTeams, type Teams, type TeamsSettings } from '../../src/adapters/teams/teams.ts';
import { createHandler, type Handler } from '../../src/core/handle.ts';
import type { Incident } from '../../src/core/incident.ts';
import { isMoot } from '../../src/core/paging.ts';
import type { Log, Outlet, Sharing, Store, Surface } from '../../src/core/ports.ts';
import { DEFAULTS, type Settings } from '../../src/core/settings.ts';
import type { People } from '../../src/core/units.ts';
import { type ConnectorDouble, type ConnectorOptions, openConnector } from './teams-connector.ts';

export type Sent = Record<string, unknown> & {
  id?: string;
  from?: unknown;
  conversation?: { id: string };
  value?: unknown;
};

export interface TeamsHouse {
  readonly url: string;
  readonly connector: ConnectorDouble;
  handler: Handler;
  teams: Teams;
  readonly logged: {
    readonly level: string;
    readonly message: string;
    readonly facts: Readonly<Record<string, unknown>>;
  }[];
  /** Sends an activity as it is, with the connector's address put in. */
  send(activity: Sent, headers?: Record<string, string>): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Waits until everything is delivered and drawn. */
  settled(): Promise<void>;
  /** Incidents with effects that Teams has not taken yet, with how far it is. */
  behind(): Promise<readonly { readonly id: string; readonly version: number; readonly reached: number }[]>;
  incident(id?: string): Promise<Incident>;
  /** The copy of a file. */
  attachment(id: string): Promise<{ readonly name: string; readonly type: string; readonly text: string }>;
  /** Gives an order past Teams. */
  order(by: string, command: string, fields?: Record<string, unknown>, id?: string): Promise<Incident>;
  /** Ends Baton and starts it again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** What another instance works on, too. */
  readonly common: { readonly database: Database; readonly store: Store; readonly connector: ConnectorDouble };
}

export interface HouseOptions extends ConnectorOptions {
  readonly settings?: Partial<Settings>;
  readonly people?: People;
  readonly teams?: TeamsSettings;
  readonly bridge?: string;
  /** Bytes. */
  readonly largestFile?: number;
  /** Another instance, on the same data and before the same connector; it stops after this one. */
  readonly beside?: TeamsHouse;
  /** Absent: it is the only instance. */
  readonly sharing?: Sharing;
  /** A further surface of the same Baton. */
  readonly also?: (database: Database, shared: Pick<DiscordOptions, 'store' | 'memory' | 'log'>) => Surface;
  /** Further outlets of the same Baton. */
  readonly outlets?: (teams: Teams, paging: Paging) => readonly Outlet[];
}

/** An activity as Teams sent it, with parts of it exchanged. */
export function sent(name: string, changes: Record<string, unknown> = {}): Sent {
  const path = new URL(`../fixtures/teams/${name}.json`, import.meta.url);
  return { ...(JSON.parse(readFileSync(path, 'utf8')) as Sent), ...changes };
}

export async function openTeams(options: HouseOptions = {}): Promise<TeamsHouse> {
  const { faster = 50 } = options;
  const began = performance.now();
  const start = 1_772_546_400_000;
  const now = options.now ?? (() => start + (performance.now() - began) * faster);
  const random = options.random ?? Math.random;
  const wait = (delay: number) => new Promise<void>((resolve) => setTimeout(resolve, delay / faster));
  const { beside, sharing } = options;
  const connector = beside?.common.connector ?? (await openConnector({ now, random, faster }));
  const folder = await mkdtemp(join(tmpdir(), 'baton-teams-'));
  const logged: TeamsHouse['logged'] = [];
  const line = (level: string) => (facts: Readonly<Record<string, unknown>>, message: string) => {
    logged.push({ level, message, facts });
  };
  const log: Log = { info: line('info'), warn: line('warn'), error: line('error') };

  async function build() {
    const database = beside?.common.database ?? openDatabase(folder);
    const store = beside?.common.store ?? sqliteStore(database);
    const teams = createTeams({
      ...options.teams,
      store,
      memory: sqliteMemory(database),
      shared: sharing !== undefined,
      attachments: sqliteAttachments(database, options.largestFile),
      isLocal,
      bridge: options.bridge,
      log,
      time: { now, wait, later: (delay, task) => void setTimeout(task, delay / faster).unref(), random },
    });
    const also = options.also?.(database, { store, memory: sqliteMemory(database), log });
    const paging: Paging = {
      store,
      isMoot: (...page) => isMoot(...page, now()),
      log,
      world: () => handler.world(),
      handle: (order) => handler.handle(order),
    };
    const handler: Handler = createHandler({
      store,
      directory: sqliteDirectory(database),
      jobs: { keep: async () => false, start: async () => {}, stop: async () => {} },
      ...(sharing && { sharing }),
      outlets: [teams, ...teams.beside, ...(also ? [also] : []), ...(options.outlets?.(teams, paging) ?? [])],
      settings: { ...DEFAULTS, ...options.settings },
      people: options.people ?? {},
      now,
      later: (delay, task) => void setTimeout(task, delay / faster).unref(),
      log,
    });
    await teams.start(handler);
    await also?.start(handler);
    return { database, store, teams, handler, also, attachments: sqliteAttachments(database) };
  }

  let built = await build();
  const app = express();
  app.use((request, response, next) => built.teams.router(request, response, next));
  const server = createServer(app);
  // Whoever sends ends connections: one that Baton ends just when it is used again would look like a lost activity.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  async function end() {
    await built.teams.stop();
    await built.also?.stop();
    await built.handler.settled();
    if (!beside) await built.store.stop();
  }

  let orders = 0;
  const house: TeamsHouse = {
    url,
    connector,
    handler: built.handler,
    teams: built.teams,
    logged,
    async send(activity, headers = {}) {
      const response = await fetch(`${url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ ...activity, serviceUrl: activity.keepUrl ? activity.serviceUrl : connector.url }),
      });
      const text = await response.text();
      return {
        status: response.status,
        body: text === '' ? undefined : text.startsWith('{') ? JSON.parse(text) : text,
      };
    },
    async settled() {
      for (let calm = 0; calm < 2; calm += 1) {
        await built.handler.settled();
        await built.teams.settled();
        await wait(5 * faster);
      }
    },
    async behind() {
      const listed = await built.store.list({});
      const all = await Promise.all(
        listed.map(async ({ id, version }) => {
          const cursors = (await built.store.load(id, version))?.cursors ?? {};
          return {
            id,
            version,
            reached: Math.min(...[built.teams, ...built.teams.beside].map(({ name }) => cursors[name] ?? 0)),
          };
        }),
      );
      return all.filter(({ version, reached }) => reached < version);
    },
    async incident(id = 'INC-1') {
      const incident = await built.handler.incident(id);
      if (!incident) throw new Error(`there is no ${id}`);
      return incident;
    },
    async attachment(id) {
      const found = await built.attachments.fetch(id);
      if (!found) throw new Error(`there is no attachment ${id}`);
      return { name: found.name, type: found.type, text: Buffer.from(found.bytes).toString() };
    },
    async order(by, command, fields = {}, id = 'INC-1') {
      orders += 1;
      const answer = await built.handler.handle({
        id: `past-${port}-${orders}`,
        command,
        by,
        fields,
        incident: id,
        via: 'test',
      });
      if ('refusal' in answer) throw new Error(`${command} was refused: ${JSON.stringify(answer.refusal)}`);
      return answer.incident;
    },
    async restart() {
      await end();
      built = await build();
      house.handler = built.handler;
      house.teams = built.teams;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await end();
      if (!beside) await connector.stop();
      await rm(folder, { recursive: true, force: true });
    },
    get common() {
      return { database: built.database, store: built.store, connector };
    },
  };
  return house;
}

/** The latest state of a message, its card drawn as the text that people read. */
export function shownIn(message: Record<string, unknown> | undefined): string {
  if (!message) return '';
  const cards = ((message.attachments as { content: unknown }[] | undefined) ?? []).map(({ content }) =>
    textIn(content),
  );
  return [message.text ?? '', ...cards].join('\n');
}

export function textIn(node: unknown): string {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return node.map(textIn).filter(Boolean).join('\n');
  if (typeof node !== 'object' || node === null) return '';
  const { text, items, body, inlines, actions, title, label, choices } = node as Record<string, unknown>;
  return [text, title, label, body, items, Array.isArray(inlines) ? inlines.map(textIn).join('') : '', actions, choices]
    .map(textIn)
    .filter(Boolean)
    .join('\n');
}

/** Every action in a card. */
export function actionsIn(node: unknown): Record<string, unknown>[] {
  if (Array.isArray(node)) return node.flatMap(actionsIn);
  if (typeof node !== 'object' || node === null) return [];
  const json = node as Record<string, unknown>;
  if (typeof json.type === 'string' && json.type.startsWith('Action.')) return [json];
  return Object.values(json).flatMap(actionsIn);
}
