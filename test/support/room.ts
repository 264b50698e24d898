/** A room to tell stories in: the pure core, a fake clock, and people who give orders by name. */
import { advance, introduce } from '../../src/core/advance.ts';
import { clocksOf } from '../../src/core/clocks.ts';
import type { Effect, Ping, Prompt, Refusal, World } from '../../src/core/contract.ts';
import { decide } from '../../src/core/decide.ts';
import { effectsOf } from '../../src/core/effects.ts';
import type { EventType, Recorded } from '../../src/core/events.ts';
import { readDuration } from '../../src/core/fields.ts';
import type { Incident } from '../../src/core/incident.ts';
import { commandersPrompts, promptsFor, promptsOf } from '../../src/core/prompts.ts';
import { DEFAULTS, type Settings } from '../../src/core/settings.ts';
import { SEVERITIES } from '../../src/core/severity.ts';
import { BATON, type Instant, type People, type PersonId } from '../../src/core/units.ts';

/** Tuesday 2026-03-03, 14:00 UTC. */
export const TUESDAY_AFTERNOON: Instant = 1_772_546_400_000;
/** Tuesday 2026-03-03, 23:00 UTC. */
export const TUESDAY_NIGHT: Instant = 1_772_578_800_000;

export const PEOPLE: People = {
  ann: { id: 'ann', name: 'Ann Archer', phone: '+1 555 0100' },
  bob: { id: 'bob', name: 'Bob Baker', phone: '+1 555 0101' },
  cat: { id: 'cat', name: 'Cat Carter', email: 'cat@example.com' },
  dan: { id: 'dan', name: 'Dan Dyer' },
  eve: { id: 'eve', name: 'Eve Ellis', zone: 'America/New_York' },
};

/** Two services' worth of seats: payments has an on-call chain, and SEV-1 wants the database too. */
export const SETTINGS: Settings = {
  ...DEFAULTS,
  services: { payments: { name: 'Payments', seats: ['payments'], at: { 'SEV-1': ['database'] } } },
  seats: {
    commander: { name: 'Incident commander', chain: ['ann', 'bob'] },
    payments: { name: 'Payments on-call', chain: ['cat', 'dan'] },
    database: { name: 'Database on-call', chain: ['eve'] },
  },
  commanders: ['ann', 'bob'],
  places: {
    status: { name: 'Status page', audience: 'customers' },
    board: { name: 'Stakeholders', audience: 'stakeholders' },
  },
  severities: SEVERITIES,
};

/** What somebody's order came to. */
export type Outcome =
  | { readonly events: readonly Recorded[] }
  | { readonly refusal: Refusal }
  | { readonly repeated: true };

export class Room {
  incident: Incident;
  readonly events: Recorded[] = [];
  readonly effects: Effect[] = [];
  world: World;
  now: Instant;
  #orders = 0;

  constructor(title = 'Checkout fails', options: RoomOptions = {}) {
    this.now = options.at ?? TUESDAY_AFTERNOON;
    this.world = {
      settings: options.settings ?? DEFAULTS,
      people: options.people ?? PEOPLE,
      commanded: options.commanded ?? {},
      resting: options.resting ?? {},
      closed: options.closed ?? [],
    };
    const order = {
      id: 'declared',
      command: 'declare',
      by: 'ann',
      fields: { title, ...options.declared },
      via: 'test',
    };
    const decision = decide(undefined, order, this.world, this.now, 'INC-1');
    if (!('events' in decision)) throw new Error(`not declared: ${JSON.stringify(decision)}`);
    this.incident = decision.incident;
    this.#keep(decision.events);
  }

  /** Somebody gives an order; what comes of it is kept and returned, refusals included. */
  tries(by: PersonId, command: string, fields: Record<string, unknown> = {}, more: Partial<Tried> = {}): Outcome {
    this.#orders += 1;
    const order = {
      id: `order-${this.#orders}`,
      command,
      by,
      fields,
      via: 'test',
      incident: this.incident.id,
      ...more,
    };
    const decision = decide(this.incident, order, this.world, this.now);
    if ('events' in decision) {
      this.incident = decision.incident;
      this.#keep(decision.events);
    }
    return decision;
  }

  /** As `tries`, where the story depends on it being done. */
  does(by: PersonId, command: string, fields: Record<string, unknown> = {}): readonly Recorded[] {
    const outcome = this.tries(by, command, fields);
    if ('events' in outcome) return outcome.events;
    throw new Error(`${by} could not ${command}: ${JSON.stringify(outcome)}`);
  }

  /** As `tries`, where the story depends on the refusal. */
  isRefused(by: PersonId, command: string, fields: Record<string, unknown> = {}): Refusal {
    const outcome = this.tries(by, command, fields);
    if ('refusal' in outcome) return outcome.refusal;
    throw new Error(`${by} was let ${command}: ${JSON.stringify(outcome)}`);
  }

  /** People join the call. */
  joins(...people: PersonId[]): this {
    for (const person of people) this.does(person, 'join-call');
    return this;
  }

  /** Lets time pass, ringing every clock at its own moment; returns the events of that time. */
  fastForward(time: string | Instant): readonly Recorded[] {
    const until = typeof time === 'number' ? time : this.now + (readDuration(time) ?? Number.NaN);
    const before = this.events.length;
    for (;;) {
      const next = clocksOf(this.incident, this.world).find((clock) => clock.at > this.now);
      this.now = Math.min(until, next?.at ?? until);
      this.rings();
      if (this.now >= until) return this.events.slice(before);
    }
  }

  /** Rings whatever is due now, as a late or doubled job would. */
  rings(): readonly Recorded[] {
    const context = { ...this.world, at: this.now, by: BATON, via: 'clock' };
    const draft = introduce(advance({ id: 'INC-1', incident: this.incident, events: [] }, context), context);
    this.incident = draft.incident as Incident;
    this.#keep(draft.events);
    return draft.events;
  }

  /** The commander's next line to say. */
  get line(): string | undefined {
    return this.prompts[0]?.line;
  }

  /** The commander's lines, best first. */
  get prompts(): readonly Prompt[] {
    return commandersPrompts(this.incident, promptsOf(this.incident, this.world));
  }

  /** The lines for one person. */
  promptsTo(person: PersonId): readonly Prompt[] {
    return promptsFor(person, promptsOf(this.incident, this.world));
  }

  prompt(line: string): Prompt {
    const found = promptsOf(this.incident, this.world).find((prompt) => prompt.line === line);
    if (!found) throw new Error(`no prompt "${line}" among ${this.prompts.map((prompt) => prompt.line).join(', ')}`);
    return found;
  }

  /** Presses a button of a prompt, filling in what its form asks for. */
  presses(by: PersonId, line: string, label: string, fields: Record<string, unknown> = {}): readonly Recorded[] {
    const button = this.prompt(line).buttons.find((one) => (one.label ?? one.command) === label);
    if (!button) throw new Error(`no button "${label}" on "${line}"`);
    return this.does(by, button.command, { ...button.fields, ...fields });
  }

  happened<T extends EventType>(type: T): Recorded<T>[] {
    return this.events.filter((event): event is Recorded<T> & Recorded => event.type === type) as Recorded<T>[];
  }

  get pings(): readonly (Ping & { readonly at: Instant })[] {
    return this.effects.filter((effect): effect is Effect & { readonly type: 'ping' } => effect.type === 'ping');
  }

  get pages(): readonly { readonly person: PersonId; readonly at: Instant; readonly wanted: string }[] {
    return this.effects.filter((effect): effect is Effect & { readonly type: 'page' } => effect.type === 'page');
  }

  #keep(events: readonly Recorded[]) {
    this.events.push(...events);
    for (const event of events) this.effects.push(...effectsOf(event, this.incident, this.world));
  }
}

interface Tried {
  readonly id: string;
  readonly seen: number;
  readonly via: string;
}

export interface RoomOptions {
  readonly settings?: Settings;
  readonly people?: People;
  readonly commanded?: World['commanded'];
  readonly resting?: World['resting'];
  readonly closed?: World['closed'];
  readonly at?: Instant;
  /** Further fields of the declaration. */
  readonly declared?: Record<string, unknown>;
}
