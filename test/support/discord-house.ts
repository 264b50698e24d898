/** A Baton in Discord: the real handler and the real discord.js against the double, on a throw-away database, waits run fast. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiscord, type Discord, type DiscordOptions } from '../../src/adapters/discord/discord.ts';
import type { Paging } from '../../src/adapters/pagers/pager.ts';
import { sqliteAttachments } from '../../src/adapters/sqlite/attachments.ts';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../src/adapters/sqlite/directory.ts';
import { sqliteMemory } from '../../src/adapters/sqlite/memory.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import { createHandler, type Handler } from '../../src/core/handle.ts';
import type { Incident } from '../../src/core/incident.ts';
import { isMoot } from '../../src/core/paging.ts';
import type { Log, Outlet, Surface } from '../../src/core/ports.ts';
import { DEFAULTS, type Settings } from '../../src/core/settings.ts';
import type { People } from '../../src/core/units.ts';
import { type DiscordDouble, type DoubleOptions, openDiscord, TOKEN } from './discord-double.ts';
import type { MessageOf, UserOf } from './discord-guild.ts';
import { type Somebody, somebody } from './discord-people.ts';

export interface HouseOptions extends DoubleOptions {
  readonly settings?: Partial<Settings>;
  /** Given the accounts of people in Discord by their names. */
  readonly people?: (accounts: Readonly<Record<string, string>>) => People;
  readonly discord?: Partial<DiscordOptions>;
  readonly names?: readonly string[];
  /** How much faster Baton waits than it would. */
  readonly faster?: number;
  readonly before?: (double: DiscordDouble) => void;
  /** Further outlets of the same Baton. */
  readonly outlets?: (discord: Discord, paging: Paging) => readonly Outlet[];
  /** Changes what the surface is given of the handler. */
  readonly through?: (handler: Handler) => Handler;
}

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface DiscordHouse {
  readonly double: DiscordDouble;
  readonly people: Readonly<Record<string, Somebody>>;
  handler: Handler;
  surface: Surface;
  readonly logged: LogLine[];
  who(name: string): Somebody;
  incident(id?: string): Promise<Incident>;
  /** Gives an order past Discord. */
  order(by: string, command: string, fields?: Record<string, unknown>): Promise<Incident>;
  /** The commander's card, newest first where there are several. */
  card(): MessageOf;
  /** The incident's text channel, by the start of its name. */
  text(name?: string): string;
  voice(): string;
  /** Resolves when a condition holds; rejects with what the house looks like when it never does. */
  until(condition: () => boolean | Promise<boolean>, what: string, longest?: number): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function openHouse(options: HouseOptions = {}): Promise<DiscordHouse> {
  const { faster = 20, names = ['Ann', 'Ben', 'Cat'] } = options;
  const double = await openDiscord(options);
  options.before?.(double);
  const folder = await mkdtemp(join(tmpdir(), 'baton-discord-'));
  const logged: LogLine[] = [];
  const line = (level: string) => (facts: Readonly<Record<string, unknown>>, message: string) => {
    logged.push({ level, message, facts });
  };
  const log: Log = { info: line('info'), warn: line('warn'), error: line('error') };
  const users = new Map<string, UserOf>(names.map((name) => [name, double.guild.addUser(name)]));
  const people = Object.fromEntries([...users].map(([name, user]) => [name, somebody(double, user)]));
  const wait = (delay: number) =>
    new Promise<void>((resolve) => {
      setTimeout(resolve, delay / faster).unref();
    });

  async function build() {
    const database = openDatabase(folder);
    const store = sqliteStore(database);
    const surface = createDiscord({
      token: TOKEN,
      guilds: [double.guild.id],
      api: double.api,
      store,
      memory: sqliteMemory(database),
      attachments: sqliteAttachments(database),
      log,
      time: { now: Date.now, wait, random: options.random ?? Math.random },
      ...options.discord,
    });
    const paging: Paging = {
      store,
      isMoot: (...page) => isMoot(...page, Date.now()),
      log,
      world: () => handler.world(),
      handle: (order) => handler.handle(order),
    };
    const handler: Handler = createHandler({
      store,
      directory: sqliteDirectory(database),
      jobs: { keep: async () => false, start: async () => {}, stop: async () => {} },
      outlets: [surface, ...(options.outlets?.(surface, paging) ?? [])],
      settings: { ...DEFAULTS, ...options.settings },
      people: options.people?.(Object.fromEntries([...users].map(([name, { id }]) => [name, id]))) ?? {},
      now: Date.now,
      later: (delay, task) => void setTimeout(task, delay / faster).unref(),
      log,
    });
    await surface.start(options.through?.(handler) ?? handler);
    return { store, surface, handler };
  }

  let built = await build();
  let orders = 0;

  async function end(): Promise<void> {
    await built.surface.stop();
    await built.handler.settled();
    await built.store.stop();
  }

  const house: DiscordHouse = {
    double,
    people,
    handler: built.handler,
    surface: built.surface,
    logged,
    who(name) {
      const found = people[name];
      if (!found) throw new Error(`nobody is called ${name}`);
      return found;
    },
    async incident(id = 'INC-1') {
      const found = await built.handler.incident(id);
      if (!found) throw new Error(`there is no ${id}`);
      return found;
    },
    async order(by, command, fields = {}) {
      orders += 1;
      const order = {
        id: `past-${orders}`,
        command,
        by,
        fields,
        via: 'console',
        ...(command === 'declare' ? {} : { incident: 'INC-1' }),
      };
      const answer = await built.handler.handle(order);
      if ('refusal' in answer) throw new Error(`${command} was refused: ${answer.refusal.refused}`);
      return answer.incident;
    },
    card() {
      const text = house.text();
      const found = [...double.guild.messages.values()].find((one) => one.channel_id === text && one.pinned);
      if (!found) throw new Error('there is no pinned card');
      return found;
    },
    text(name = 'inc-1') {
      const found = [...double.guild.channels.values()].find((one) => one.type === 0 && one.name.startsWith(name));
      if (!found) throw new Error(`there is no channel ${name}`);
      return found.id;
    },
    voice() {
      const found = [...double.guild.channels.values()].find((one) => one.type === 2);
      if (!found) throw new Error('there is no voice channel');
      return found.id;
    },
    async until(condition, what, longest = 12_000) {
      const last = Date.now() + longest;
      while (
        !(await Promise.resolve()
          .then(condition)
          .catch(() => false))
      ) {
        if (Date.now() > last) {
          const said = logged
            .slice(-12)
            .map(
              ({ level, message, facts }) =>
                `${level} ${message} ${JSON.stringify(facts, (_key, value) => (value instanceof Error ? String(value) : value))}`,
            );
          throw new Error(`it never came to this: ${what}\n${[...double.wrong, ...said].join('\n')}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    },
    async restart() {
      await end();
      built = await build();
      house.handler = built.handler;
      house.surface = built.surface;
      await house.until(() => double.gateway.connected(), 'connected again');
    },
    async stop() {
      await end();
      await double.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await house.until(() => double.gateway.connected() && double.commands.length > 0, 'connected and registered');
  return house;
}
