/** A house whose incidents are on a Statuspage, through the real core and store. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publisherOutlet } from '../../src/adapters/publishers/publisher.ts';
import { statuspage } from '../../src/adapters/publishers/statuspage.ts';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../src/adapters/sqlite/directory.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import { createHandler, type Handler } from '../../src/core/handle.ts';
import type { Log, Outlet } from '../../src/core/ports.ts';
import { DEFAULTS } from '../../src/core/settings.ts';
import type { IncidentId } from '../../src/core/units.ts';
import { WIRE } from '../../src/posting/send.ts';

const COMPONENTS = { payments: ['cmp-pay'], checkout: ['cmp-shop', 'cmp-pay'] };

export class PublishingHouse {
  readonly handler: Handler;
  /** What the operator is told. */
  readonly lines: string[] = [];
  /** Nothing is delivered to the page while it is. */
  away = false;
  #later: (() => void)[] = [];
  #now = Date.parse('2026-01-02T03:04:05Z');
  #orders = 0;
  readonly #end: () => Promise<void>;

  constructor(url: string, key: string) {
    const keep = (_: object, message: string) => void this.lines.push(message);
    const log: Log = { info: keep, warn: keep, error: keep };
    const folder = mkdtempSync(join(tmpdir(), 'baton-publishing-'));
    const database = openDatabase(folder);
    const store = sqliteStore(database);
    this.#end = async () => {
      await store.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    // Each thing happens a second after the one before.
    const now = () => this.#now;
    const page = publisherOutlet(
      statuspage(
        { url, page: 'p4g3', key, place: 'status', components: COMPONENTS },
        { store, incident: (id) => this.handler.incident(id) },
        { ...WIRE, sleep: async () => {} },
      ),
      { store, now, log, world: () => this.handler.world(), handle: (order) => this.handler.handle(order) },
    );
    const outlet: Outlet = {
      ...page,
      deliver: async (...delivery) => {
        if (this.away) throw new Error('away');
        await page.deliver(...delivery);
      },
    };
    this.handler = createHandler({
      store,
      directory: sqliteDirectory(database),
      jobs: { keep: async () => false, start: async () => {}, stop: async () => {} },
      outlets: [outlet],
      settings: {
        ...DEFAULTS,
        services: Object.fromEntries(['payments', 'checkout', 'mail'].map((name) => [name, { name, seats: [] }])),
        places: { status: { name: 'Status page', audience: 'customers' } },
        commsLeads: ['ben'],
      },
      people: { anna: { id: 'anna', name: 'Anna' }, ben: { id: 'ben', name: 'Ben' } },
      now,
      later: (_, task) => void this.#later.push(task),
      log,
    });
  }

  /** Resolves when all that follows from it is done. */
  async does(by: string, command: string, fields: object = {}, incident?: IncidentId): Promise<IncidentId> {
    this.#orders += 1;
    this.#now += 1_000;
    const order = { id: `order-${this.#orders}`, command, by, fields: { ...fields }, via: 'test' };
    const answer = await this.handler.handle({ ...order, ...(incident !== undefined && { incident }) });
    if ('refusal' in answer) throw new Error(`${by} could not ${command}: ${JSON.stringify(answer.refusal)}`);
    await this.handler.settled();
    return answer.incident.id;
  }

  /** Somebody declares it and takes command. */
  async declares(service: string, severity = 'SEV-1'): Promise<IncidentId> {
    const id = await this.does('anna', 'declare', { title: 'Checkout fails', service, severity });
    await this.leads(id);
    return id;
  }

  async leads(id: IncidentId): Promise<void> {
    await this.does('anna', 'join-call', {}, id);
    await this.does('anna', 'take-command', {}, id);
  }

  async publishes(id: IncidentId, text: string): Promise<void> {
    await this.does('ben', 'draft-message', { text }, id);
    const message = (await this.handler.incident(id))?.messages.at(-1)?.id;
    await this.does('anna', 'confirm-message', { message }, id);
  }

  async closes(id: IncidentId): Promise<void> {
    await this.does('anna', 'close', { reason: 'It is over' }, id);
  }

  /** What could not be delivered is tried again. */
  async comesBack(): Promise<void> {
    this.away = false;
    for (const task of this.#later.splice(0)) task();
    await this.handler.settled();
  }

  end(): Promise<void> {
    return this.#end();
  }
}
