/** A house that alerts come in to over HTTP, through the real core and store. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccess, isLocal } from '../../src/access.ts';
import { alertHooks } from '../../src/adapters/alerts/hooks.ts';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../src/adapters/sqlite/directory.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import { announcement } from '../../src/cards/announcement.ts';
import { wordsFor } from '../../src/cards/words/words.ts';
import { readConfig } from '../../src/config.ts';
import { effectsOf } from '../../src/core/effects.ts';
import { createHandler, type Handler } from '../../src/core/handle.ts';
import type { Log } from '../../src/core/ports.ts';
import { DEFAULTS, type Settings } from '../../src/core/settings.ts';
import { createHttp } from '../../src/http.ts';
import { createMetrics } from '../../src/metrics.ts';

/** Only Anna may declare by hand: alerts declare all the same. */
const SETTINGS: Settings = {
  ...DEFAULTS,
  services: { payments: { name: 'Payments', seats: [] } },
  permissions: { declare: ['anna'] },
};

/** A body of test/fixtures, as text. */
export function recorded(path: string): string {
  return readFileSync(new URL(`../fixtures/${path}.json`, import.meta.url), 'utf8');
}

interface Line {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly said: { readonly incident?: string | null; readonly error?: string; readonly doubts?: readonly string[] };
}

export class AlertHouse {
  readonly handler: Handler;
  /** What the operator is told. */
  readonly lines: Line[] = [];
  /** Nothing can be kept while it is. */
  broken = false;
  readonly #folder: string;
  readonly #server: Server;
  #listening: Promise<void> | undefined;
  readonly #stop: () => Promise<void>;

  /** @param hooks what baton.yaml says under `hooks` */
  constructor(hooks = '{}') {
    const keep = (facts: Line['facts'], message: string) => void this.lines.push({ facts, message });
    const log: Log = { info: keep, warn: keep, error: keep };
    this.#folder = mkdtempSync(join(tmpdir(), 'baton-alerts-'));
    const database = openDatabase(this.#folder);
    const kept = sqliteStore(database);
    this.#stop = () => kept.stop();
    this.handler = createHandler({
      store: {
        ...kept,
        append: async (...append) => {
          if (this.broken) throw new Error('the disk is full');
          return kept.append(...append);
        },
      },
      directory: sqliteDirectory(database),
      jobs: { keep: async () => false, start: async () => {}, stop: async () => {} },
      outlets: [],
      settings: SETTINGS,
      people: { anna: { id: 'anna', name: 'Anna' } },
      now: Date.now,
      later: () => {},
      log,
    });
    const config = readConfig({}, () => `hooks: ${hooks}`);
    const app = createHttp({
      access: createAccess({}),
      open: [alertHooks({ hooks: config.hooks, intake: this.handler, log, isLocal })],
      guarded: [],
      metrics: createMetrics(Date.now).registry,
      unready: async () => undefined,
      log,
    });
    this.#server = createServer(app);
  }

  /** Posts to an address below /hooks/. */
  async post(path: string, body: string, headers: Record<string, string> = {}): Promise<Answered> {
    const answer = await this.fetch(`/hooks/${path}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return { status: answer.status, headers: answer.headers, said: (await answer.json()) as Answered['said'] };
  }

  async fetch(path: string, request: RequestInit = {}): Promise<Response> {
    this.#listening ??= new Promise((ready) => this.#server.listen(0, '127.0.0.1', ready));
    await this.#listening;
    return fetch(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`, request);
  }

  /** The alerts of an incident, as they came. */
  async alertsOf(id: string): Promise<string[]> {
    return (await this.handler.events(id)).flatMap((event) =>
      event.type === 'alert-noted' ? [`${event.name} ${event.status}`] : [],
    );
  }

  /** What the room of an incident is told, of events of some types. */
  async told(id: string, ...types: readonly string[]): Promise<string[]> {
    const [incident, events, world] = await Promise.all([
      this.handler.incident(id),
      this.handler.events(id),
      this.handler.world(),
    ]);
    if (!incident) throw new Error('no incident was opened');
    return events.flatMap((event) =>
      effectsOf(event, incident, world).flatMap((effect) =>
        effect.type === 'announce' && types.includes(effect.event.type)
          ? [announcement(effect.event, wordsFor({ language: 'en', zone: 'UTC' }, {}, incident))]
          : [],
      ),
    );
  }

  /** Anna takes command and gives one order; the phase afterwards. */
  async command(incident: string, name: string, fields: object = {}): Promise<unknown> {
    let phase: unknown;
    for (const [order, given] of [['take-command', {}] as const, [name, fields] as const]) {
      const answer = await this.handler.handle({
        id: `${incident}-${order}`,
        command: order,
        incident,
        by: 'anna',
        fields: { ...given },
        via: 'test',
      });
      if ('refusal' in answer) throw new Error(answer.refusal.refused);
      phase = answer.incident.phase;
    }
    return phase;
  }

  close(incident: string): Promise<unknown> {
    return this.command(incident, 'close', { reason: 'a false alarm' });
  }

  async end(): Promise<void> {
    if (this.#listening) {
      this.#server.closeAllConnections();
      await new Promise((done) => this.#server.close(done));
    }
    await this.handler.settled();
    await this.#stop();
    rmSync(this.#folder, { recursive: true });
  }
}
