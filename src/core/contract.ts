/** What commands and policies are made of: orders in, events or a refusal out; clocks, prompts and effects beside. */
import type { Event, Kind, Recorded, Verdict } from './events.ts';
import type { Incident, Phase } from './incident.ts';
import type { Settings } from './settings.ts';
import type { Question } from './severity.ts';
import type { ActivityId, Duration, IncidentId, Instant, People, PersonId, SeatId, SeverityId } from './units.ts';

/** The headings of the guide; every command and policy stands under one. */
export type Guide =
  | 'call'
  | 'commander'
  | 'impact'
  | 'activities'
  | 'one-mitigation'
  | 'always-doing'
  | 'updates'
  | 'rotation'
  | 'watch'
  | 'record';

// ── Values that words are filled with ──────────────────────────────────────────────────────────────

/** A value that `cards/words` renders in its reader's language, zone and clock. A plain string is shown as text. */
export type Fact =
  | string
  | number
  | { readonly person: PersonId }
  | { readonly people: readonly PersonId[] }
  | { readonly at: Instant }
  | { readonly lasting: Duration }
  | { readonly activity: ActivityId }
  | { readonly activities: readonly ActivityId[] }
  | { readonly severity: SeverityId }
  | { readonly seat: SeatId }
  /** A key of the words catalogue: `verdict.worse`, `kind.mitigation`. */
  | { readonly word: string };

export type Facts = Readonly<Record<string, Fact>>;

// ── Fields and commands ────────────────────────────────────────────────────────────────────────────

/** Longest text that is kept whole; longer is refused with the limit named. */
export const LONGEST_TEXT = 4_000;
/** Longest title; every platform shows this much in one line or two. */
export const LONGEST_TITLE = 200;

interface FieldBase {
  readonly required?: boolean;
  /** What stands in the form before anybody types. */
  readonly preset?: FieldValue;
}

/** One input of a command: Discord makes options and modals of it, Teams inputs, the console forms and completion. */
export type Field = FieldBase &
  (
    | { readonly type: 'text'; readonly max?: number; readonly long?: boolean }
    | { readonly type: 'person' /** Not offered to pick. */; readonly except?: readonly PersonId[] }
    | { readonly type: 'people' }
    | { readonly type: 'activity'; readonly of: 'mine' | 'open' | 'queue' | 'mitigations' | 'all' }
    /** `words` names the catalogue section of the choices: `verdict` for `verdict.worse`. */
    | { readonly type: 'choice'; readonly choices: readonly string[]; readonly words: string }
    | { readonly type: 'severity' }
    | { readonly type: 'service' }
    | { readonly type: 'seat' }
    | { readonly type: 'places' }
    /** `15m`, `1h30m`, `90s`. */
    | { readonly type: 'duration' }
    /** A time to come: `15m` from now, or `07:00` in the giver's zone. */
    | { readonly type: 'moment' }
    | { readonly type: 'number' }
    | { readonly type: 'yes' }
  );

export type Fields = Readonly<Record<string, Field>>;

/** What a field yields once parsed. */
export type FieldValue = string | number | boolean | readonly string[];

/** Fields as a press or a form carries them. */
export type Given = Readonly<Record<string, FieldValue>>;

type ValueOf<F extends Field> = F['type'] extends 'people' | 'places'
  ? readonly string[]
  : F['type'] extends 'activity' | 'duration' | 'moment' | 'number'
    ? number
    : F['type'] extends 'yes'
      ? boolean
      : F extends { readonly type: 'choice'; readonly choices: readonly (infer C)[] }
        ? C
        : string;

export type Values<F extends Fields> = {
  readonly [K in keyof F as F[K] extends { readonly required: true } ? K : never]: ValueOf<F[K]>;
} & { readonly [K in keyof F as F[K] extends { readonly required: true } ? never : K]?: ValueOf<F[K]> };

/** Something that somebody asks for, as a surface hands it in. */
export interface Order {
  /**
   * Unique per press or line; the same id again changes nothing and answers as before. A surface's begin with its name and
   * a colon: by that it is known where somebody was last seen.
   */
  readonly id: string;
  readonly command: string;
  /** Absent only for commands that make an incident. */
  readonly incident?: IncidentId;
  readonly by: PersonId;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The version of the incident that the pressed card showed. */
  readonly seen?: number;
  /** The surface or source it came through. */
  readonly via: string;
}

/** What the outside knows that an incident's own events do not tell. */
export interface World {
  readonly settings: Settings;
  /** Configured people and everybody who ever signed in. */
  readonly people: People;
  /** How many incidents each person has commanded. */
  readonly commanded: Readonly<Record<PersonId, number>>;
  /** Until when people sent to rest from any incident rest. */
  readonly resting: Readonly<Record<PersonId, Instant>>;
  /** Incidents closed lately, newest first (WAT-3). */
  readonly closed: readonly {
    readonly id: IncidentId;
    readonly at: Instant;
    readonly service?: string;
    readonly key?: string;
  }[];
  /** Where an order names another incident than its own: whether there is one, and which are open. */
  readonly elsewhere?: { readonly exists: boolean; readonly open: readonly IncidentId[] };
}

/** A world at a moment, with somebody acting in it. */
export interface Context extends World {
  readonly at: Instant;
  readonly by: PersonId;
  readonly order?: string;
  readonly via: string;
  /** Key of the line that stands first before whoever acts: what they mean when they name none. */
  readonly next?: () => string | undefined;
}

/** Who a command belongs to when nothing is configured. */
export type Right =
  /** Anybody on the incident. */
  | 'anyone'
  /** The commander alone. */
  | 'commander'
  /** Baton's own adapters: alert sources, pagers, publishers, surfaces. Not offered to people. */
  | 'adapter';

/** A command is data plus one function; its name is the file, the subcommand, the button and the words key. */
export interface Command<F extends Fields = Fields> {
  readonly name: string;
  /** Short forms for typing. */
  readonly aliases: readonly string[];
  readonly guide: Guide;
  readonly right: Right;
  /** The field that names another incident. */
  readonly names?: keyof F & string;
  /** It makes an incident instead of changing one; `decide` is then handed no incident. */
  readonly opens?: boolean;
  /** Phases in which it makes sense; elsewhere it is refused with the way there. */
  readonly during: readonly Phase[];
  readonly fields: F;
  /** Further fields that depend on the moment, e.g. one person picker per activity to give away (CMD-4). */
  readonly also?: (incident: Incident, by: PersonId) => Fields;
  /** Without any of these fields it says nothing. */
  readonly oneOf?: readonly (keyof F & string)[];
  /** A field that the moment makes necessary: forms require it. */
  readonly needs?: (incident: Incident, given: Given) => (keyof F & string) | undefined;
  /** A field that is better asked for than left out: a press opens the form first. */
  readonly asks?: (incident: Incident) => (keyof F & string) | undefined;
  /** What it is about (`severity`, `activity:3`): a button drawn before that last changed is stale. */
  readonly about?: (values: Values<F>) => readonly string[];
  readonly decide: (incident: Incident, values: Values<F>, context: Context) => readonly Event[] | Refusal;
}

/** Gives a command's definition its types. */
export function command<const F extends Fields>(definition: Command<F>): Command {
  return definition as unknown as Command;
}

/** A way on: a command with some or all of its fields filled. Missing required ones open a form. */
export interface Suggestion {
  readonly command: string;
  readonly fields?: Readonly<Record<string, FieldValue>>;
  /** Words key of the button where `button.<command>` would not tell it from its neighbours. */
  readonly label?: string;
  readonly facts?: Facts;
  /** The one that is most likely wanted. Where none is marked it is the first, unless that is one of several answers; `false` is never it. */
  readonly primary?: boolean;
}

/** A no, with the reason and at least one next right step. A value, never an exception. */
export interface Refusal {
  /** Words key: `refusal.<refused>`. */
  readonly refused: string;
  readonly facts: Facts;
  readonly next: readonly [Suggestion, ...Suggestion[]];
}

export function refuse(refused: string, facts: Facts, ...next: [Suggestion, ...Suggestion[]]): Refusal {
  return { refused, facts, next };
}

export function isRefusal(answer: object): answer is Refusal {
  return 'refused' in answer;
}

// ── Policies ───────────────────────────────────────────────────────────────────────────────────────

/** A moment that a policy wants to be rung at. Derived from the state alone, never managed. */
export interface Clock {
  readonly policy: string;
  /** Unique within the incident and policy: `3` for activity 3. */
  readonly key: string;
  readonly at: Instant;
  /** The prompt it nags about: while that is snoozed, the clock waits. */
  readonly about?: string;
}

/** How pressing a prompt is; the order is that of the doctrine. */
export const RANKS = ['safety', 'people', 'work', 'rhythm', 'writing'] as const;
export type Rank = (typeof RANKS)[number];

/** Who a prompt is for when no single person is meant. */
export const ROOM = 'room';

/** The commander, or the room while there is none. */
export function commanderOf(incident: Incident): PersonId {
  return incident.command.commander ?? ROOM;
}

/** A line that can be read aloud, with the buttons that act on it. */
export interface Prompt {
  /** One per fact: `judge-mitigation:3`. */
  readonly key: string;
  /** Words key: `prompt.<line>`, with its reason at `prompt.<line>.why`. */
  readonly line: string;
  readonly facts: Facts;
  /** A person, or `ROOM`. The commander's own are addressed to the commander's id. */
  readonly to: PersonId;
  readonly rank: Rank;
  readonly since: Instant;
  readonly buttons: readonly Suggestion[];
  /** May be shown before anybody is on the call; everything else waits for people (CALL-1). */
  readonly early?: boolean;
}

/** The press that answers a prompt with "no need". */
export function dismissal(prompt: string, label: string): Suggestion {
  return { command: 'dismiss', fields: { prompt }, label };
}

/** A mention of a person who must act; the same fact never pings twice within its interval. */
export interface Ping {
  readonly to: readonly PersonId[];
  /** Words key: `ping.<line>`. */
  readonly line: string;
  readonly facts: Facts;
  /** One per fact: pings of one fact keep their interval. */
  readonly fact: string;
}

/** One paragraph of the guide, watching over an incident. */
export interface Policy {
  /** The rule as a phrase: `one-mitigation-at-a-time`. */
  readonly name: string;
  readonly guide: Guide;
  /** Rule ids of the doctrine that it keeps. */
  readonly rules: readonly string[];
  /** Phases in which it wants clocks and offers prompts; default `open` only. Objections always stand. */
  readonly during?: readonly Phase[];
  /** Says no to a fact about to be appended, whichever command leads to it. Sees the state just before it. */
  readonly objects?: (incident: Incident, event: Event, context: Context) => Refusal | undefined;
  /** The clocks it wants now. */
  readonly wants?: (incident: Incident, world: World) => readonly Clock[];
  /** What follows when one of them rings. */
  readonly answers?: (incident: Incident, clock: Clock, context: Context) => readonly Event[];
  /** The lines that are due now. */
  readonly offers?: (incident: Incident, world: World) => readonly Prompt[];
  /** Whom an event calls to act. */
  readonly pings?: (event: Recorded, incident: Incident, world: World) => readonly Ping[];
}

// ── Effects ────────────────────────────────────────────────────────────────────────────────────────

/** Something to be done outside, derived from one event. `id` is the same however often it is derived. */
export type Effect = {
  readonly id: string;
  readonly seq: number;
  readonly at: Instant;
} /** `surface`: on that one; absent: on all that are not routed. */ & (
  | { readonly type: 'open-room'; readonly surface?: string }
  | { readonly type: 'open-call'; readonly surface?: string }
  /** A line for the room: the event's own words (`event.<type>`), mentioning nobody. */
  | { readonly type: 'announce'; readonly event: Recorded }
  /** `instead`: another platform could not deliver it to these. */
  | ({ readonly type: 'ping'; readonly instead?: true } & Ping)
  | {
      readonly type: 'page';
      readonly seat: SeatId;
      readonly person: PersonId;
      readonly wanted: string;
      readonly attempt: number;
    }
  /** Pages to these people and for these seats are answered, or need nobody any more; all of them where neither is said. */
  | {
      readonly type: 'end-page';
      readonly how: 'answered' | 'over';
      readonly people?: readonly PersonId[];
      readonly seats?: readonly SeatId[];
    }
  | { readonly type: 'publish'; readonly place: string; readonly text: string; readonly message?: number }
  /** What was published of it need not stand as going on any more; of one that was merged, it goes on in the other. */
  | { readonly type: 'end-publication' }
  /** An order to another incident (a recurrence reopening the one it came from). */
  | { readonly type: 'order'; readonly order: Order }
);

export type { Kind, Question, Verdict };
