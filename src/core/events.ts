/** Everything that can have happened to an incident: facts in the past tense, append-only, versioned. */
import type { Question } from './severity.ts';
import type { ActivityId, Duration, IncidentId, Instant, PersonId, SeatId, SeverityId } from './units.ts';

/** The six kinds of activity (ACT-1). */
export const KINDS = ['paging', 'conversation', 'information', 'updates', 'mitigation', 'customers'] as const;
export type Kind = (typeof KINDS)[number];

/** What a mitigation turned out to have done (MIT-2). */
export const VERDICTS = ['fixed', 'helped', 'no-effect', 'worse', 'cant-tell'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Impact, asked again at each round (IMP-4). */
export const TRENDS = ['same', 'better', 'worse', 'different'] as const;
export type Trend = (typeof TRENDS)[number];

/** Why somebody is paged. */
export type PageReason = 'quorum' | 'repeat' | 'escalation' | 'asked' | 'rotation' | 'relief' | 'call-back';

/** Where an incident came from (CALL-2). `via` names the surface or the alert source. */
export interface Source {
  readonly kind: 'chat' | 'alert' | 'support';
  readonly via: string;
  /** The customer on whose behalf support declared. */
  readonly customer?: string;
  /** Who sent the alert, in words for people, where its source takes in several. */
  readonly sender?: string;
  /** Somebody tried the connection out: nothing is wrong, and nobody is paged. */
  readonly test?: boolean;
}

/** What an activity waits for (DO-4): another activity, a person, or a thing in words. */
export type Wait = { readonly activity: ActivityId } | { readonly person: PersonId } | { readonly thing: string };

/** What a piece of evidence is (WAT-2). */
export const EVIDENCE = ['link', 'log', 'screenshot', 'attachment', 'message', 'action'] as const;
export type EvidenceKind = (typeof EVIDENCE)[number];

interface Owned {
  readonly activity: ActivityId;
  readonly owner: PersonId;
}

/** The shape of every event by its type. Add a field only as optional; change a meaning only with a new version in `upcast`. */
interface Shapes {
  // 1 · The call
  'incident-declared': {
    title: string;
    severity: SeverityId;
    source: Source;
    drill: boolean;
    service?: string;
    /** Deduplication key: at most one open incident has it. */
    key?: string;
    /** A closed incident that this one may be a recurrence of (WAT-3). */
    resembles?: IncidentId;
  };
  'person-introduced': { person: PersonId; name: string; zone?: string };
  'incident-renamed': { title: string };
  'service-named': { service: string; resembles?: IncidentId };
  /** A surface is to open its room: the incident is routed there, or somebody asked for it. */
  'room-wanted': { surface: string };
  /** `reason`: why it is another room than was wanted. */
  'room-opened': { surface: string; room: string; link?: string; reason?: string };
  'room-failed': { surface: string; reason: string };
  'call-opened': { link: string; surface?: string };
  'call-failed': { surface: string; reason: string };
  'seat-required': { seat: SeatId; wanted: string; chain: readonly PersonId[]; by?: PersonId };
  'person-paged': { seat: SeatId; person: PersonId; reason: PageReason; attempt: number; wanted: string };
  'page-answered': { person: PersonId };
  'page-failed': { seat: SeatId; person: PersonId; reason: string };
  'seat-missed': { seat: SeatId };
  'call-joined': { person: PersonId; via: string };
  'call-left': { person: PersonId; via: string };

  // 2 · The commander
  'commander-sought': { candidate?: PersonId };
  'command-taken': { person: PersonId; acting: boolean; from?: PersonId };
  'command-released': { person: PersonId; reason?: string };
  'command-asked-for': { person: PersonId };
  'commander-questioned': { person: PersonId; why: 'left' | 'silent' };
  'command-confirmed': { person: PersonId };
  'command-lapsed': { person: PersonId };

  // 3 · Impact
  'impact-answered': { question: Question; answer: string };
  'impact-restated': { trend: Trend; text?: string };
  /** `until`: when the watch that runs ends at this severity (IMP-3). */
  'severity-set': { severity: SeverityId; reason?: string; assumed: boolean; until?: Instant };

  // 4 · Kinds of activity
  'focus-raised': Record<never, never>;
  'topic-parked': { topic: string };
  'message-drafted': { message: number; text: string };
  /** `byHand`: those of the places that no publisher reached at that time. */
  'message-confirmed': { message: number; places: readonly string[]; byHand?: readonly string[] };
  'message-published': { message: number; place: string; link?: string };
  'message-failed': { message: number; place: string; reason: string };
  'message-withdrawn': { message: number; reason?: string };
  'update-sent': { text: string };
  'update-failed': { place: string; reason: string };

  // 5 · One mitigation at a time
  'mitigation-queued': {
    activity: ActivityId;
    what: string;
    owner?: PersonId;
    observation?: Duration;
    reverses?: ActivityId;
    /** Put ahead of the queue: the reversal of something that made it worse (MIT-5). */
    ahead: boolean;
  };
  'queue-reordered': { queue: readonly ActivityId[] };
  'mitigation-started': Owned & {
    due: Instant;
    /** Mitigations running or observed at that moment: all are confounded with this one (MIT-3). */
    overlaps: readonly ActivityId[];
    reason?: string;
  };
  'observation-began': { activity: ActivityId; until: Instant };
  'observation-ended': { activity: ActivityId };
  'mitigation-judged': { activity: ActivityId; verdict: Verdict };

  // 6 · Always be doing something
  'activity-delegated': Owned & { kind: Kind; what: string; due: Instant; question?: Question };
  'activity-acknowledged': Owned;
  'activity-declined': Owned & { reason: string };
  /** `along`: given away as its owner took command, in the same order (CMD-4). `due`: anew, where the time had passed. */
  'activity-given': { activity: ActivityId; from: PersonId; to: PersonId; along?: boolean; due?: Instant };
  'owner-called-out': Owned;
  'activity-unclaimed': Owned;
  'progress-reported': { activity: ActivityId; text: string };
  'estimate-asked': Owned;
  'estimate-given': { activity: ActivityId; due: Instant };
  'waiting-began': { activity: ActivityId; for: Wait };
  'waiting-ended': { activity: ActivityId };
  'deadlock-named': { key: string; shape: 'cycle' | 'pile-up'; activities: readonly ActivityId[]; on?: Wait };
  'activity-finished': { activity: ActivityId; result?: string };
  'activity-cancelled': { activity: ActivityId; reason?: string };
  'lull-began': { since: Instant };

  // 7 · Updates on a cycle
  /** `restated`: somebody has only just said how the impact is, so nobody is asked (UPD-3). */
  'round-opened': { round: number; due: Instant; asked: readonly Owned[]; restated?: Trend };
  'round-closed': { round: number };
  /** `due`: when it would have been held; absent when it was open already. */
  'round-skipped': { round: number; reason: string; due?: Instant };
  'round-snoozed': { until: Instant; reason: string };

  // 8 · Rotation
  'shift-ending': { person: PersonId; ends: Instant; alternate?: PersonId };
  'shift-overrun': { person: PersonId };
  'hand-over-offered': { from: PersonId; to: PersonId };
  'hand-over-declined': { person: PersonId; reason?: string };
  'relief-due': { person: PersonId; why: 'hours' | 'night'; alternate?: PersonId };
  'person-relieved': { person: PersonId; until: Instant };
  'rest-overridden': { person: PersonId; reason: string };
  'stand-down-suggested': Record<never, never>;
  /** Nobody has stood down: by day it is not asked. */
  'night-passed': Record<never, never>;
  'stood-down': { until: Instant; people: readonly PersonId[]; severity: SeverityId };
  'stood-up': { early: boolean };

  // 9 · The watch
  'incident-mitigated': {
    mitigation?: ActivityId;
    until: Instant;
    stays: readonly PersonId[];
    released: readonly PersonId[];
  };
  'people-released': { people: readonly PersonId[] };
  'watch-extended': { until: Instant; reason?: string };
  'watch-passed': Record<never, never>;
  'incident-recurred': { what: string };
  'people-called-back': { people: readonly PersonId[] };
  'incident-closed': { early: boolean; reason?: string };
  'incident-reopened': { reason: string };
  'incident-linked': { to: IncidentId };
  'incident-merged': { into: IncidentId };

  // 10 · The record
  'note-kept': { text: string };
  'evidence-kept': { kind: EvidenceKind; text: string; link?: string; attachment?: string };
  'record-corrected': { event: number; text: string };
  'alert-noted': {
    fingerprint: string;
    name: string;
    status: 'firing' | 'resolved';
    source: string;
    startedAt?: Instant;
    endedAt?: Instant;
    link?: string;
    text?: string;
    /** How many came together, on the first of them; the others are `along`. */
    among?: number;
    along?: boolean;
  };

  // The commander's voice
  'prompts-changed': {
    /** `dismissible`: it offers to be answered with "no need". */
    raised: readonly { key: string; line: string; to: PersonId; dismissible?: true }[];
    settled: readonly string[];
  };
  /** `says`: the prompt's line, to name it by; older ones have none. */
  'prompt-snoozed': { prompt: string; says?: string; until: Instant };
  'snooze-ended': { prompt: string; says?: string };
  'prompt-dismissed': { prompt: string; says?: string };
}

export type EventType = keyof Shapes;

/** An event before it is stamped: what a command or a policy returns. */
export type Event<T extends EventType = EventType> = { [K in T]: { readonly type: K } & Readonly<Shapes[K]> }[T];

/** What is stamped on an event when it is appended. */
export interface Stamp {
  /** 1 for the first event of an incident, without gaps: also the incident's version after it. */
  readonly seq: number;
  readonly at: Instant;
  /** Who caused it: a person, or Baton's own clocks. */
  readonly by: PersonId;
  /** The id of the order that caused it: a repeated order is recognised by it. */
  readonly order?: string;
  /** Version of the event's shape; absent means 1. */
  readonly v?: number;
}

export type Recorded<T extends EventType = EventType> = Event<T> & Stamp;

/** It came together with others, and the room has heard of them all in one line. */
export function isAlong(event: Event): boolean {
  return event.type === 'alert-noted' && event.along === true;
}
