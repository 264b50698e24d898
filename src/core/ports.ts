/** What the core needs from outside: small interfaces that adapters implement. */
import type { Clock, Effect, Order, Refusal, World } from './contract.ts';
import type { Recorded } from './events.ts';
import type { Incident, Phase } from './incident.ts';
import type { Account, Heard, IncidentId, Instant, Person, PersonId, SeverityId } from './units.ts';

/** What lists and look-ups need without folding events; stored beside them in the same atomic write. */
export interface Summary {
  readonly title: string;
  readonly phase: Phase;
  readonly severity: SeverityId;
  readonly declaredAt: Instant;
  readonly closedAt?: Instant;
  readonly service?: string;
  /** Deduplication key; at most one incident that is not closed has it. */
  readonly key?: string;
  readonly drill: boolean;
  readonly commander?: PersonId;
  /** Everybody who has commanded it. */
  readonly commanders: readonly PersonId[];
  readonly resting: Readonly<Record<PersonId, Instant>>;
  /** Where its call is. */
  readonly call?: string;
  /** Whom it may have something for (`namedIn`), while it is open; absent in what was kept before this was. */
  readonly named?: readonly PersonId[];
}

export interface Listed extends Summary {
  readonly id: IncidentId;
  readonly version: number;
}

/** What is asked for again and again of everything that is open. */
export type Open = Pick<Listed, 'id' | 'severity' | 'drill' | 'call'>;

export interface Stored {
  readonly version: number;
  readonly events: readonly Recorded[];
  /** Per outlet: the `seq` up to which effects were delivered. */
  readonly cursors: Readonly<Record<string, number>>;
}

/**
 * `appended`: durable. `conflict`: somebody else was first; load and decide again.
 * `duplicate`: another open incident (`open`) has the same deduplication key.
 */
export type Appended = 'appended' | 'conflict' | { readonly duplicate: IncidentId };

/** Keeps incidents. Every method rejects with an `Error` whose message is for the operator when the store fails. */
export interface Store {
  /** Events after `after` (default 0: all) with the current version; undefined when there is no such incident. */
  load(id: IncidentId, after?: number): Promise<Stored | undefined>;
  /** Atomically: only if the incident is at `version` (0 makes it). Durable when it resolves. */
  append(id: IncidentId, version: number, events: readonly Recorded[], summary: Summary): Promise<Appended>;
  /** Newest declared first. `closedAfter` includes incidents closed at or after that instant; open ones always come. */
  list(query: { readonly closedAfter?: Instant; readonly limit?: number }): Promise<readonly Listed[]>;
  /** As `list`, without a word of what they are about: for whoever goes through thousands. */
  versions(query: { readonly closedAfter?: Instant }): Promise<readonly Pick<Listed, 'id' | 'version'>[]>;
  /** Incidents closed at or after an instant, newest declared first; none that is open. */
  closedSince(instant: Instant): Promise<readonly Listed[]>;
  /** The highest incident number ever used; 0 when none. */
  newest(): Promise<number>;
  /** The open incident that has a deduplication key. */
  withKey(key: string): Promise<IncidentId | undefined>;
  /**
   * Incidents closed before an instant, oldest number first. The newest incident is never among them, because its
   * number must not be used again.
   */
  closedBefore(instant: Instant): Promise<readonly IncidentId[]>;
  /** Removes an incident and all that is kept of it, if `closedBefore` names it; resolves to whether it did. */
  remove(id: IncidentId, closedBefore: Instant): Promise<boolean>;
  /** Moves an outlet's cursor forward, never back. */
  delivered(id: IncidentId, outlet: string, seq: number): Promise<void>;
  /**
   * What an outlet remembers of an incident (a message id of the card, a room id), by key; undefined deletes. `lightly`:
   * a power cut may undo it, though no kill does; for what is then done again without anybody noticing.
   */
  remember(id: IncidentId, outlet: string, key: string, value: string | undefined, lightly?: boolean): Promise<void>;
  recall(id: IncidentId, outlet: string): Promise<Readonly<Record<string, string>>>;
  /** Per person: how many incidents they commanded, and until when they rest; over all incidents, drills left out. */
  people(): Promise<{
    readonly commanded: Readonly<Record<PersonId, number>>;
    readonly resting: Readonly<Record<PersonId, Instant>>;
  }>;
  /** What is open, highest number first; kept at hand, so that asking costs next to nothing however many there are. */
  open(): Promise<readonly Open[]>;
  stop(): Promise<void>;
}

/** What an outlet remembers beyond any one incident (where it was installed, how people are reached), by key. */
export interface Memory {
  /** Durable when it resolves; undefined deletes. */
  remember(outlet: string, key: string, value: string | undefined): Promise<void>;
  /** Everything, or what is remembered under one key. */
  recall(outlet: string, key?: string): Promise<Readonly<Record<string, string>>>;
  /** Removes it and resolves to what it was: of several who take it at once one has it, the others undefined. */
  take(outlet: string, key: string): Promise<string | undefined>;
}

/** Keeps the originals of evidence, which expire where they came from (WAT-2). */
export interface Attachments {
  /** Resolves to the attachment's id. Refuses more than `limit` bytes with a `RangeError` naming the limit. */
  keep(file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array }): Promise<string>;
  fetch(id: string): Promise<{ readonly name: string; readonly type: string; readonly bytes: Uint8Array } | undefined>;
  /** Removes those that were kept, and kept again, before an instant; resolves to how many. Unknown ids are no error. */
  remove(ids: readonly string[], keptBefore: Instant): Promise<number>;
  readonly limit: number;
}

/** People who signed in by themselves; configured people come from baton.yaml. */
export interface Directory {
  people(): Promise<readonly Person[]>;
  add(person: Person): Promise<void>;
  /** Adds somebody new; false, and nothing changes, where somebody has that id already. */
  join(person: Person): Promise<boolean>;
  /**
   * Keeps an account among somebody's `ids`, who is added where nobody has that id; false, and nothing changes, where
   * they have another account of that surface.
   */
  bind(person: Pick<Person, 'id' | 'name'>, surface: string, account: string): Promise<boolean>;
}

/** Whoever was introduced. */
export interface Introduced {
  readonly person: Person;
  /** Somebody else has the name that they came with. */
  readonly namesake: boolean;
}

/** Rings clocks. At least once each; a ring that nobody wants any more does nothing. */
export interface Jobs {
  /**
   * Makes the incident's jobs exactly these; resolves to whether any had to be added or removed for that. One that is put
   * off may ring at its former time too, when nothing is due; it is kept by whoever hears that.
   */
  keep(id: IncidentId, clocks: readonly Clock[]): Promise<boolean>;
  start(ring: (id: IncidentId, clock: Clock) => Promise<void>): Promise<void>;
  /** Stops taking jobs and waits for those under way. */
  stop(): Promise<void>;
}

/**
 * Several instances on one store. Each incident is kept by one of them, which delivers its effects and draws it where
 * only one may; any of them takes orders and rings clocks.
 */
export interface Sharing {
  /** `kept`: by this instance. `taken`: from now on, because nobody who is alive kept it. `elsewhere`: by another one. */
  keeps(id: IncidentId): Promise<'kept' | 'taken' | 'elsewhere'>;
  /**
   * Takes what an instance kept that has ended or fallen silent since the last call. Resolves to what is to be looked at:
   * that, and what is kept here already and was changed so lately that the other may have left it half done.
   */
  takeOver(): Promise<readonly IncidentId[]>;
  /** Incidents that anybody has appended to since the last call, and maybe some from shortly before. */
  changed(): Promise<readonly { readonly id: IncidentId; readonly version: number }[]>;
  lease(name: string): Lease;
  /** Keeps nothing any more and lets others take over at once. May be called again. */
  leave(): Promise<void>;
}

/** Something that one instance at a time does for all of them, such as speaking to a gateway. */
export interface Lease {
  /**
   * Whether this instance may do it now. Costs nothing and is asked before each act: it has become false before another
   * instance begins, even in one that was suspended or cut off.
   */
  held(): boolean;
  /** Tries for it from now on. `taken` is told each time it is this instance's, `lost` each time it no longer is. */
  seek(told: { readonly taken: () => void; readonly lost: () => void }): void;
  /** Gives it up for good and tells nothing more; another instance can have it at once. */
  release(): Promise<void>;
}

/** What comes of an order. `incident` is the state after it, or the fresh state beside a refusal. */
export type Answer =
  | { readonly incident: Incident; readonly events: readonly Recorded[]; readonly repeated?: boolean }
  | { readonly refusal: Refusal; readonly incident?: Incident };

/** Hears the state that an order leads to while that is being kept. */
export type Decided = (incident: Incident) => void;

/** What the core offers to adapters. */
export interface Intake {
  /**
   * @param decided so that what takes time to draw is drawn meanwhile. It must be shown to nobody before the answer says it
   *   too, and may come to nothing.
   */
  handle(order: Order, decided?: Decided): Promise<Answer>;
  incident(id: IncidentId): Promise<Incident | undefined>;
  events(id: IncidentId, after?: number): Promise<readonly Recorded[]>;
  list(query: { readonly closedAfter?: Instant; readonly limit?: number }): Promise<readonly Listed[]>;
  /** What is open, highest number first; costs next to nothing however many there are. */
  open(): Promise<readonly Open[]>;
  withKey(key: string): Promise<IncidentId | undefined>;
  world(): Promise<World>;
  now(): Instant;
  /**
   * Resolves to whose account it is, who is added where nobody has it. A name alone makes no account somebody else's;
   * without an account, where people say themselves who they are, it is all there is.
   */
  introduce(name: string, more?: { readonly zone?: string; readonly account?: Heard }): Promise<Introduced>;
  /** Makes the people of two accounts one, for all instances; refused where somebody would vanish from an incident. */
  unite(one: Account, other: Account): Promise<{ readonly kept: PersonId } | { readonly refusal: Refusal }>;
}

/** What a surface can do; what it cannot falls back to a card that says so. */
export interface Abilities {
  /** It opens a call of its own. */
  readonly call: boolean;
  /** It observes who is on the call. */
  readonly presence: boolean;
  readonly pin: boolean;
  readonly privateReply: boolean;
  /** It reaches people who are not looking at it. */
  readonly page: boolean;
}

/** Whom a ping can never reach here; others try. Of other effects, and where everybody was reached, nothing. */
// biome-ignore lint/suspicious/noConfusingVoidType: most outlets have nothing to say
export type Unreached = readonly PersonId[] | void;

/**
 * Takes effects out of the house, in order per incident, each at least once. Resolves when the effect is safely done
 * or can never be; rejects to be called again later with the same effect.
 */
export interface Outlet {
  /** Names its cursor. */
  readonly name: string;
  readonly takes: readonly Effect['type'][];
  /** Whose rooms and calls it opens; default its own name. */
  readonly surface?: string;
  /**
   * People are connected to each instance by themselves, so each delivers and draws for its own. Elsewhere one instance
   * does so for all.
   */
  readonly everywhere?: boolean;
  /** One instance does all of it, for every incident, whoever keeps that: whether it is this one, now. */
  readonly here?: () => boolean;
  deliver(effect: Effect, incident: Incident): Promise<Unreached>;
  /** The newest state, after every append; coalescing is the outlet's own matter. */
  draw?(incident: Incident): void;
}

/** A place where people work: Teams, Discord, the console. */
export interface Surface extends Outlet {
  readonly can: Abilities;
  start(intake: Intake): Promise<void>;
  stop(): Promise<void>;
}

/** Structured log lines for the operator; never a secret. */
export interface Log {
  info(facts: Readonly<Record<string, unknown>>, message: string): void;
  warn(facts: Readonly<Record<string, unknown>>, message: string): void;
  error(facts: Readonly<Record<string, unknown>>, message: string): void;
}
