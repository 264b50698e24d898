/** Every number and list of the doctrine that a house may set for itself, with the defaults it runs on. */
import { MATRIX, type MatrixRow, SEVERITIES, type Severity } from './severity.ts';
import type { Duration, PersonId, SeatId, SeverityId } from './units.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A seat of the quorum: who is wanted, and who is paged for it, in order (CALL-3, CALL-5). */
export interface Seat {
  /** What is wanted, in words: "Payments on-call". */
  readonly name: string;
  /** Paged one after the other; anyone of them on the call fills the seat. Empty: anyone on the call does. */
  readonly chain: readonly PersonId[];
}

/** A service that incidents happen to. */
export interface Service {
  readonly name: string;
  /** Seats needed whatever the severity. */
  readonly seats: readonly SeatId[];
  /** Seats needed in addition at a severity. */
  readonly at?: Readonly<Record<SeverityId, readonly SeatId[]>>;
}

/** Where confirmed words are published. */
export interface Place {
  readonly name: string;
  readonly audience: 'customers' | 'stakeholders';
  /** No publisher reaches it: people post there themselves. */
  readonly byHand?: true;
}

/** Chat platforms on which an incident can have a room. */
export const SURFACES = ['teams', 'discord'] as const;

export interface Settings {
  readonly severities: readonly Severity[];
  readonly matrix: readonly MatrixRow[];
  /** Stands until impact is assessed. */
  readonly startAt: SeverityId;
  readonly services: Readonly<Record<string, Service>>;
  readonly seats: Readonly<Record<SeatId, Seat>>;
  /** People qualified to command, most seasoned first. Empty: everybody is. */
  readonly commanders: readonly PersonId[];
  /** May confirm customer messages beside the commander (ACT-3). */
  readonly commsLeads: readonly PersonId[];
  readonly places: Readonly<Record<string, Place>>;
  /** Who may give a command; a command that is not listed is everybody's. */
  readonly permissions: Readonly<Record<string, readonly PersonId[]>>;
  /** Times are shown and nights counted in this zone for people without one of their own. IANA name. */
  readonly zone: string;
  /** How people reach Baton, without a slash at the end: what it keeps is linked there. */
  readonly address?: string;
  /** Where incidents get their rooms. */
  readonly rooms: {
    /** The chat platforms that are set up. */
    readonly surfaces: readonly string[];
    /** Surfaces of every incident. Absent: all of them; then nothing is routed. */
    readonly always?: readonly string[];
    /** Further surfaces of incidents that have, or come to have, a severity. */
    readonly severities: Readonly<Record<SeverityId, readonly string[]>>;
    /** Further surfaces of a service's incidents. */
    readonly services: Readonly<Record<string, readonly string[]>>;
  };
  readonly call: {
    /** A standing bridge, used where no surface can open a call. */
    readonly link?: string;
  };
  readonly paging: {
    /** An unanswered page is repeated after this (CALL-5). */
    readonly repeat: Duration;
    /** An unanswered page goes to the next in the chain after this (CALL-5). */
    readonly escalate: Duration;
    /** Somebody who answered but is not on the call by then counts as missing (CALL-4). */
    readonly late: Duration;
  };
  readonly command: {
    /** The room is asked for a commander this long after declaring (CMD-1). */
    readonly askAfter: Duration;
    readonly askEvery: Duration;
    /** A commander who answers no prompt for this long is questioned (CMD-5). */
    readonly silence: Duration;
    /** A commander who left the call may come back within this before being questioned (CMD-5). */
    readonly leftGrace: Duration;
  };
  readonly impact: {
    /** Without an answer by then the worst candidate stands (IMP-2). */
    readonly timebox: Duration;
  };
  readonly acknowledgement: {
    /** The owner of an unacknowledged activity is called out by name (DO-2). */
    readonly callOut: Duration;
    /** The commander is asked to give it to someone else (DO-2). */
    readonly giveAway: Duration;
  };
  readonly delegation: {
    /** By when the commander returns to an activity that was given no time (DO-1). */
    readonly due: Duration;
  };
  readonly lull: { readonly after: Duration; readonly every: Duration };
  readonly rounds: {
    /** Nobody is asked for what they said this recently (UPD-3). */
    readonly fresh: Duration;
    /** The owner of an overdue activity is asked again after this (UPD-2). */
    readonly askEvery: Duration;
  };
  readonly shift: { readonly warn: Duration; readonly every: Duration };
  readonly fatigue: {
    /** On the call for this long, somebody is to be relieved; or for `night` of it at night (ROT-3). */
    readonly hours: Duration;
    readonly night: Duration;
    /** How long they then rest; who was away from the call for as long has rested. */
    readonly rest: Duration;
    /** The commander is asked again after this. */
    readonly every: Duration;
  };
  /** Local hours, 0 to 23: a night from 22 to 7. */
  readonly night: { readonly from: number; readonly to: number };
  readonly standDown: {
    /** How long an incident has run before a night's stand-down is suggested (ROT-4). */
    readonly after: Duration;
    /** Answered with no, it is suggested again after this, while the night lasts. */
    readonly every: Duration;
  };
  /** After closing, a recurrence within this is offered as a reopening or a link (WAT-3). */
  readonly recurrence: Duration;
  /** People only practise here: every incident is a drill, whoever or whatever declares it. */
  readonly practice: boolean;
}

/** The commander's seat in a house that has not named it; whoever reads of it has it in their own language. */
export const COMMANDER = 'Incident commander';

export const DEFAULTS: Settings = {
  severities: SEVERITIES,
  matrix: MATRIX,
  startAt: 'SEV-2',
  services: {},
  seats: { commander: { name: COMMANDER, chain: [] } },
  commanders: [],
  commsLeads: [],
  places: {},
  permissions: {},
  zone: 'UTC',
  rooms: { surfaces: [], severities: {}, services: {} },
  call: {},
  paging: { repeat: 2 * MINUTE, escalate: 5 * MINUTE, late: 5 * MINUTE },
  command: { askAfter: 3 * MINUTE, askEvery: 2 * MINUTE, silence: 10 * MINUTE, leftGrace: 30 * SECOND },
  impact: { timebox: 5 * MINUTE },
  acknowledgement: { callOut: 1 * MINUTE, giveAway: 3 * MINUTE },
  delegation: { due: 10 * MINUTE },
  lull: { after: 2 * MINUTE, every: 5 * MINUTE },
  rounds: { fresh: 5 * MINUTE, askEvery: 5 * MINUTE },
  shift: { warn: 30 * MINUTE, every: 10 * MINUTE },
  fatigue: { hours: 6 * HOUR, night: 3 * HOUR, rest: 8 * HOUR, every: 30 * MINUTE },
  night: { from: 22, to: 7 },
  standDown: { after: 2 * HOUR, every: 1 * HOUR },
  recurrence: 24 * HOUR,
  practice: false,
};

/** Where stakeholders read. */
export function stakeholderPlaces({ places }: Pick<Settings, 'places'>): readonly string[] {
  return Object.keys(places).filter((place) => places[place]?.audience === 'stakeholders');
}

/** The place of a message that was posted by hand. */
export const BY_HAND = 'by-hand';

/** Whether people post at a place themselves: also where it has gone from the settings since words were sent there. */
export function isByHand({ places }: Pick<Settings, 'places'>, place: string): boolean {
  const known = places[place];
  return known === undefined || known.byHand === true;
}
