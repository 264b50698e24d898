/** An incident to page people for, and all that the outlets of pagers and publishers are handed. */
import type { PageEffect, Paging } from '../../src/adapters/pagers/pager.ts';
import type { Effect, Order, World } from '../../src/core/contract.ts';
import type { Event, Recorded } from '../../src/core/events.ts';
import { replay } from '../../src/core/evolve.ts';
import type { Incident } from '../../src/core/incident.ts';
import { isMoot } from '../../src/core/paging.ts';
import type { Answer, Log, Store } from '../../src/core/ports.ts';
import { DEFAULTS } from '../../src/core/settings.ts';
import { WIRE, type Wire } from '../../src/posting/send.ts';

export const AT = Date.parse('2026-01-02T03:04:05Z');
const NOW = AT + 60_000;

export const WORLD: World = {
  settings: {
    ...DEFAULTS,
    places: {
      status: { name: 'Status page', audience: 'customers' },
      board: { name: 'Stakeholders', audience: 'stakeholders' },
    },
  },
  people: {
    anna: { id: 'anna', name: 'Anna Example', phone: '+49 30 5550 100', zone: 'Europe/Berlin' },
    ben: { id: 'ben', name: 'Ben Example', language: 'de' },
  },
  commanded: {},
  resting: {},
  closed: [],
};

/** An incident to which these things have happened, one a second. */
export function incidentAfter(...events: Event[]): Incident {
  const declared: Event = {
    type: 'incident-declared',
    title: 'Checkout fails',
    severity: 'SEV-1',
    source: { kind: 'chat', via: 'console' },
    drill: false,
    service: 'payments',
  };
  const recorded = [declared, ...events].map(
    (event, index) => ({ ...event, seq: index + 1, at: AT + index * 1_000, by: 'baton' }) as Recorded,
  );
  return replay('INC-1', recorded) as Incident;
}

export const CALL: Event = { type: 'call-opened', link: 'https://meet.example.com/1' };
export const SEAT: Event = { type: 'seat-required', seat: 'payments', wanted: 'Payments on-call', chain: ['anna'] };
export const paged = (attempt: number, reason: 'quorum' | 'repeat' | 'asked' = 'quorum', person = 'anna'): Event => ({
  type: 'person-paged',
  seat: 'payments',
  person,
  reason,
  attempt,
  wanted: 'Payments on-call',
});

export const PAGE: PageEffect = {
  id: 'INC-1/4/0',
  seq: 4,
  at: AT + 3_000,
  type: 'page',
  seat: 'payments',
  person: 'anna',
  wanted: 'Payments on-call',
  attempt: 1,
};

/** A message for these places that was drafted and confirmed. */
export const confirmed = (text: string, message = 1, places: readonly string[] = ['status', 'board']): Event[] => [
  { type: 'message-drafted', message, text },
  { type: 'message-confirmed', message, places },
];

export type PublishEffect = Extract<Effect, { readonly type: 'publish' }>;

export const PUBLISH: PublishEffect = {
  id: 'INC-1/9/0',
  seq: 9,
  at: AT,
  type: 'publish',
  place: 'status',
  text: 'Payments are slow. We are on it.',
  message: 1,
};

/** What outlets remember, over restarts. No other incident is open. */
export function notebook(): Pick<Store, 'remember' | 'recall' | 'list'> {
  const kept = new Map<string, Map<string, string>>();
  const of = (id: string, outlet: string) => {
    const page = kept.get(`${id} ${outlet}`) ?? new Map<string, string>();
    kept.set(`${id} ${outlet}`, page);
    return page;
  };
  return {
    async remember(id, outlet, key, value) {
      if (value === undefined) of(id, outlet).delete(key);
      else of(id, outlet).set(key, value);
    },
    recall: async (id, outlet) => Object.fromEntries(of(id, outlet)),
    list: async () => [],
  };
}

export interface House {
  readonly orders: Order[];
  /** Everything that was logged, as text. */
  readonly logged: string[];
  readonly slept: number[];
  /** Whoever waits for an answer now has waited too long. */
  losePatience(): void;
  readonly wire: Wire;
  readonly given: {
    readonly world: () => Promise<World>;
    readonly handle: (order: Order) => Promise<Answer>;
    readonly store: ReturnType<typeof notebook>;
    readonly incident: () => Promise<undefined>;
    readonly isMoot: Paging['isMoot'];
    readonly now: () => number;
    readonly log: Log;
  };
}

/** Orders are kept, and answered as if they had been carried out. Nobody waits between tries. */
export function pagingHouse(world: World = WORLD): House {
  const orders: Order[] = [];
  const logged: string[] = [];
  const slept: number[] = [];
  const waiting = new Set<AbortController>();
  const note = (facts: object, message: string) => void logged.push(`${message} ${JSON.stringify(facts)}`);
  return {
    orders,
    logged,
    slept,
    losePatience() {
      for (const one of waiting) one.abort(new DOMException('took too long', 'TimeoutError'));
    },
    wire: {
      ...WIRE,
      async fetch(url, init) {
        const patience = new AbortController();
        waiting.add(patience);
        return fetch(url, { ...init, signal: patience.signal }).finally(() => waiting.delete(patience));
      },
      sleep: async (lasting) => void slept.push(lasting),
    },
    given: {
      world: async () => world,
      log: { info: note, warn: note, error: note },
      store: notebook(),
      incident: async () => undefined,
      isMoot: (...page) => isMoot(...page, NOW),
      now: () => NOW,
      handle: async (order) => {
        orders.push(order);
        return { incident: incidentAfter(), events: [] };
      },
    },
  };
}
