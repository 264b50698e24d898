/** The state of an incident: what all its events together mean, and nothing that cannot be told from them. */
import type { EvidenceKind, Kind, PageReason, Source, Trend, Verdict, Wait } from './events.ts';
import type { Question } from './severity.ts';
import type { ActivityId, Duration, IncidentId, Instant, PersonId, SeatId, SeverityId } from './units.ts';

/** `open`: the impact lasts. `watching`: mitigated, the watch runs. `standing-down`: asleep until a time. */
export type Phase = 'open' | 'watching' | 'standing-down' | 'closed';

/** When something happened and by whom. */
export interface Mark {
  readonly at: Instant;
  readonly by: PersonId;
}

/** A stretch of time; open while `to` is absent. */
export interface Span {
  readonly from: Instant;
  readonly to?: Instant;
}

export interface Page {
  readonly person: PersonId;
  readonly reason: PageReason;
  /** Of the first page to this person for this seat, and of the latest. */
  readonly first: Instant;
  readonly last: Instant;
  readonly attempts: number;
  readonly answered?: Instant;
  readonly failed?: string;
}

export interface SeatState {
  readonly id: SeatId;
  readonly wanted: string;
  readonly chain: readonly PersonId[];
  readonly since: Instant;
  /** One entry per person paged, in order. */
  readonly pages: readonly Page[];
  /** When the chain ran out without an answer. */
  readonly missed?: Instant;
}

/** Everybody who had to do with the incident. */
export interface Responder {
  readonly id: PersonId;
  readonly name: string;
  readonly zone?: string;
  /** Calls they are on now, by what observed it (`discord`, `teams`, `hand`). */
  readonly on: readonly string[];
  /** Time on the call. */
  readonly stints: readonly Span[];
  /** Sent to rest until then (ROT-3). */
  readonly restsUntil?: Instant;
  /** Called in though they were to rest. */
  readonly insistedAt?: Instant;
  /** Hours count from here: when they were last sent to rest. */
  readonly countsFrom?: Instant;
  readonly relief?: {
    /** When the commander was first asked to relieve them, and last. */
    readonly since: Instant;
    readonly asked: Instant;
    readonly why: 'hours' | 'night';
    readonly alternate?: PersonId;
  };
  readonly released?: Instant;
}

export interface Shift {
  readonly person: PersonId;
  readonly from: Instant;
  readonly to?: Instant;
  readonly acting: boolean;
}

export interface Command {
  readonly commander?: PersonId;
  readonly acting: boolean;
  /** Since when there is this commander. */
  readonly since?: Instant;
  /** Since when there has been none. */
  readonly vacantSince?: Instant;
  readonly lastActed?: Instant;
  readonly sought?: { readonly at: Instant; readonly candidate?: PersonId };
  readonly questioned?: { readonly at: Instant; readonly why: 'left' | 'silent' };
  /** When the commander was last on no call. */
  readonly leftAt?: Instant;
  readonly offer?: { readonly to: PersonId; readonly at: Instant };
  readonly askedFor?: { readonly by: PersonId; readonly at: Instant };
  readonly shiftWarned?: { readonly at: Instant; readonly alternate?: PersonId };
  readonly overrunAt?: Instant;
  readonly shifts: readonly Shift[];
}

export interface Impact {
  readonly answers: Readonly<Partial<Record<Question, string>>>;
  /** When the first commander was asked. */
  readonly askedAt?: Instant;
  /** When an answer last came in. */
  readonly changedAt?: Instant;
  readonly restated: readonly { readonly at: Instant; readonly trend: Trend; readonly text?: string }[];
}

export interface SeverityStep {
  readonly severity: SeverityId;
  readonly at: Instant;
  readonly by: PersonId;
  readonly reason?: string;
  readonly assumed: boolean;
}

/** Where a mitigation stands; kept beside its activity (MIT-1, MIT-2). */
export interface Mitigation {
  readonly stage: 'queued' | 'running' | 'observing' | 'observed' | 'judged' | 'dropped';
  readonly observation?: Duration;
  readonly reverses?: ActivityId;
  readonly startedAt?: Instant;
  readonly doneAt?: Instant;
  readonly until?: Instant;
  readonly verdict?: Verdict;
  readonly judgedAt?: Instant;
  /** Mitigations that ran at the same time: which one worked cannot be told. */
  readonly confounded: readonly ActivityId[];
  readonly overlapReason?: string;
  /** It ended the impact. */
  readonly ended?: boolean;
  /** It ended the impact, and the impact came back during the watch. */
  readonly didNotHold?: boolean;
}

export type ActivityStatus = 'queued' | 'offered' | 'under-way' | 'finished' | 'cancelled';

export interface Activity {
  readonly id: ActivityId;
  readonly kind: Kind;
  readonly what: string;
  readonly status: ActivityStatus;
  /** Absent only while queued. */
  readonly owner?: PersonId;
  readonly by: PersonId;
  readonly since: Instant;
  /** Since when the present owner has had it. */
  readonly offeredAt?: Instant;
  readonly acknowledgedAt?: Instant;
  readonly endedAt?: Instant;
  /** The commander returns to it by then. */
  readonly due?: Instant;
  readonly question?: Question;
  readonly calledOutAt?: Instant;
  readonly unclaimedAt?: Instant;
  readonly declined?: { readonly by: PersonId; readonly reason: string };
  /** Latest thing its owner said. */
  readonly progress?: { readonly at: Instant; readonly text: string };
  /** When its owner last said anything about it: acknowledged, reported or gave a time. */
  readonly saidAt?: Instant;
  /** When its owner was last asked about it, by a round or for an estimate. */
  readonly askedAt?: Instant;
  /** The time given has passed and its owner has been asked for a new one. */
  readonly overdue: boolean;
  readonly waiting?: { readonly for: Wait; readonly since: Instant };
  readonly result?: string;
  readonly mitigation?: Mitigation;
  /** Owners before this one. */
  readonly before: readonly PersonId[];
}

export interface Round {
  readonly round: number;
  readonly due: Instant;
  readonly openedAt?: Instant;
  readonly closedAt?: Instant;
  readonly asked: readonly { readonly activity: ActivityId; readonly owner: PersonId }[];
  /** Activities whose owners have answered. */
  readonly answered: readonly ActivityId[];
  readonly restated?: Trend;
  readonly outcome: 'open' | 'held' | 'missed' | 'skipped';
  readonly reason?: string;
}

export interface Message {
  readonly id: number;
  readonly text: string;
  readonly by: PersonId;
  /** When it was drafted or confirmed. */
  readonly at: Instant;
  readonly status: 'draft' | 'confirmed' | 'withdrawn';
  readonly places: readonly string[];
  /** Those of them that were left to people when it was confirmed. */
  readonly byHand?: readonly string[];
  readonly published: readonly { readonly place: string; readonly at: Instant; readonly link?: string }[];
  readonly failed: readonly { readonly place: string; readonly reason: string }[];
}

export interface Evidence extends Mark {
  readonly seq: number;
  readonly kind: EvidenceKind | 'note';
  readonly text: string;
  readonly link?: string;
  readonly attachment?: string;
}

export interface Alert {
  readonly fingerprint: string;
  readonly name: string;
  readonly status: 'firing' | 'resolved';
  readonly source: string;
  readonly at: Instant;
  readonly link?: string;
}

export interface Watch {
  readonly since: Instant;
  readonly until: Instant;
  readonly stays: readonly PersonId[];
  readonly released: readonly PersonId[];
  readonly passed: boolean;
  /** An alert fired again during it: is this a recurrence? */
  readonly suspicion?: { readonly name: string; readonly at: Instant };
}

export interface Lull {
  readonly from: Instant;
  readonly noticed: Instant;
  readonly to?: Instant;
  readonly askedAt: Instant;
}

/** A prompt that stands before somebody. */
export interface Standing {
  readonly since: Instant;
  readonly to: PersonId;
  readonly line: string;
  readonly dismissible?: true;
}

export interface Incident {
  readonly id: IncidentId;
  /** The `seq` of the latest event. */
  readonly version: number;
  readonly title: string;
  readonly service?: string;
  readonly source: Source;
  readonly drill: boolean;
  readonly key?: string;
  readonly declared: Mark;
  readonly phase: Phase;
  readonly closedAt?: Instant;
  /** When it was last opened again after it was closed. */
  readonly reopenedAt?: Instant;
  readonly people: Readonly<Record<PersonId, Responder>>;
  /** Through which surfaces people have acted or were seen on the call, newest last; an entry where it changes. */
  readonly seen: Readonly<Record<PersonId, readonly { readonly seq: number; readonly surface: string }[]>>;
  /** `surface`: where it was opened; absent for a link that somebody set. */
  readonly call?: { readonly link: string; readonly at: Instant; readonly surface?: string };
  readonly callFailed?: string;
  /** By surface name. */
  readonly rooms: Readonly<Record<string, { readonly room: string; readonly link?: string }>>;
  readonly roomsFailed: Readonly<Record<string, string>>;
  /** Surfaces that were asked for a room by name. */
  readonly roomsWanted: readonly string[];
  readonly seats: Readonly<Record<SeatId, SeatState>>;
  /** When somebody was first on the call; nothing is asked before (CALL-1). */
  readonly firstOnCallAt?: Instant;
  readonly command: Command;
  readonly impact: Impact;
  readonly severity: SeverityStep;
  readonly severities: readonly SeverityStep[];
  /** Activity n stands at n - 1. */
  readonly activities: readonly Activity[];
  /** Mitigations waiting for their turn, next first. */
  readonly queue: readonly ActivityId[];
  /** Since when no acknowledged activity has been under way; absent while one is. */
  readonly idleSince?: Instant;
  readonly lulls: readonly Lull[];
  readonly deadlocks: readonly { readonly key: string; readonly at: Instant }[];
  readonly rounds: readonly Round[];
  /** The latest moment a round was opened, skipped or the rhythm began anew: the next is due a cadence later. */
  readonly roundAnchor: Instant;
  readonly roundSnoozedUntil?: Instant;
  readonly focusedAt?: Instant;
  readonly parked: readonly { readonly topic: string; readonly at: Instant; readonly by: PersonId }[];
  readonly messages: readonly Message[];
  readonly updates: readonly { readonly text: string; readonly at: Instant; readonly by: PersonId }[];
  readonly standDownSuggestedAt?: Instant;
  /** When a night last ended in which work went on. */
  readonly nightPassedAt?: Instant;
  /** When a stand-down last ended: nobody is blamed for the time asleep. */
  readonly awakeSince?: Instant;
  readonly standDown?: {
    readonly until: Instant;
    readonly people: readonly PersonId[];
    readonly since: Instant;
    /** What it was before, and is again afterwards. */
    readonly before: SeverityId;
  };
  readonly watch?: Watch;
  readonly recurred: readonly { readonly at: Instant; readonly what: string }[];
  readonly resembles?: IncidentId;
  readonly links: readonly IncidentId[];
  readonly mergedInto?: IncidentId;
  readonly evidence: readonly Evidence[];
  readonly corrections: readonly { readonly event: number; readonly text: string; readonly at: Instant }[];
  readonly alerts: Readonly<Record<string, Alert>>;
  /** Prompts now before people, by key (REC-2, CMD-5). */
  readonly prompts: ReadonlyMap<string, Standing>;
  readonly snoozed: Readonly<Record<string, Instant>>;
  /** What snoozed prompts say, by their keys. */
  readonly putOff: Readonly<Record<string, string>>;
  readonly dismissed: readonly string[];
  /** Ids of orders already carried out, newest last; bounded. */
  readonly orders: readonly string[];
  /** The version at which each topic last changed: a button drawn before it is stale. */
  readonly changed: Readonly<Record<string, number>>;
}
