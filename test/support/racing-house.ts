/** Two processes of Baton on one store, whose orders can be made to race: each decides before either has been kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../src/adapters/sqlite/directory.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import type { Effect, Order } from '../../src/core/contract.ts';
import { createHandler, type Handler } from '../../src/core/handle.ts';
import type { Answer, Decided, Log, Sharing, Store } from '../../src/core/ports.ts';
import type { Settings } from '../../src/core/settings.ts';
import { PEOPLE, SETTINGS, TUESDAY_AFTERNOON } from './room.ts';

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Each keeps all of it, so that either can be seen to deliver. */
const SHARING = {
  keeps: async () => 'kept',
  takeOver: async () => [],
  changed: async () => [],
} as unknown as Sharing;

export class RacingHouse {
  readonly store: Store;
  readonly handlers: readonly [Handler, Handler];
  /** What the outlet of the first process was given to deliver. */
  readonly delivered: Effect[] = [];
  now = TUESDAY_AFTERNOON;
  readonly #folder = mkdtempSync(join(tmpdir(), 'baton-race-'));
  #waiting: (() => void)[] | undefined;
  #orders = 0;

  constructor(settings: Settings = SETTINGS) {
    const database = openDatabase(this.#folder);
    const kept = sqliteStore(database);
    this.store = {
      ...kept,
      append: async (...append) => {
        await this.#together();
        return kept.append(...append);
      },
    };
    const handler = (delivered: Effect[]) =>
      createHandler({
        store: this.store,
        directory: sqliteDirectory(database),
        sharing: SHARING,
        jobs: { keep: async () => false, start: async () => {}, stop: async () => {} },
        outlets: [
          {
            name: 'outside',
            takes: ['open-room', 'open-call', 'page', 'publish', 'ping', 'announce'],
            deliver: async (effect) => void delivered.push(effect),
          },
        ],
        settings,
        people: PEOPLE,
        now: () => this.now,
        later: () => {},
        log: silent,
      });
    this.handlers = [handler(this.delivered), handler([])];
  }

  /** Gives an order to the first process. */
  async gives(order: Partial<Order> & Pick<Order, 'by' | 'command'>): Promise<Answer> {
    const answer = await this.handlers[0].handle(this.order(order));
    await this.settled();
    return answer;
  }

  /** Gives one order to each process at once: both have decided before the first is kept. */
  async race(
    one: Partial<Order> & Pick<Order, 'by' | 'command'>,
    other: Partial<Order> & Pick<Order, 'by' | 'command'>,
    decided?: Decided,
  ): Promise<readonly [Answer, Answer]> {
    this.#waiting = [];
    const answers = await Promise.all([
      this.handlers[0].handle(this.order(one), decided),
      this.handlers[1].handle(this.order(other), decided),
    ]);
    await this.settled();
    return answers;
  }

  order({ by, command, ...more }: Partial<Order> & Pick<Order, 'by' | 'command'>): Order {
    this.#orders += 1;
    const incident = command === 'declare' ? {} : { incident: 'INC-1' };
    return { id: `order-${this.#orders}`, by, command, fields: {}, via: 'test', ...incident, ...more };
  }

  async settled(): Promise<void> {
    await Promise.all(this.handlers.map((handler) => handler.settled()));
  }

  async stop(): Promise<void> {
    await this.settled();
    await this.store.stop();
    rmSync(this.#folder, { recursive: true });
  }

  /** Holds back the first append of a race until the second is about to be made. */
  async #together(): Promise<void> {
    const waiting = this.#waiting;
    if (!waiting) return;
    if (waiting.length === 0) return new Promise((go) => waiting.push(go));
    this.#waiting = undefined;
    for (const go of waiting) go();
  }
}
