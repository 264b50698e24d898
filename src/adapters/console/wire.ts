/** What passes between the console and its pages: the shape of every answer and of every message on the stream. */
import type { Phase } from '../../core/incident.ts';
import type { IncidentId, Instant, PersonId, SeverityId } from '../../core/units.ts';

/** An Adaptive Card as JSON; drawn by the `adaptivecards` renderer. */
export type CardJson = Readonly<Record<string, unknown>>;

export interface Named {
  readonly id: PersonId;
  readonly name: string;
}

/** What a page says by itself. */
export interface PageWords {
  readonly language: string;
  readonly languages: readonly { readonly id: string; readonly name: string }[];
  /** By key, `{{x}}` standing for what is filled in. */
  readonly words: Readonly<Record<string, string>>;
}

/** What a page needs before anybody has said who they are. */
export interface Start {
  readonly people: readonly Named[];
  /** Largest file that is kept, in bytes. */
  readonly largestFile: number;
}

/** One row of the board. */
export interface BoardRow {
  readonly id: IncidentId;
  readonly title: string;
  readonly severity: SeverityId;
  /** 0 for the worst. */
  readonly rank: number;
  readonly phase: Phase;
  readonly drill: boolean;
  readonly declaredAt: Instant;
  readonly closedAt?: Instant;
  readonly commander?: Named;
  readonly service?: string;
}

export interface Board {
  readonly open: readonly BoardRow[];
  readonly closed: readonly BoardRow[];
}

/** A page that its reader has not answered. The same `key` is the same call for attention. */
export interface PageForMe {
  readonly key: string;
  readonly incident: IncidentId;
  readonly title: string;
  readonly severity: SeverityId;
  readonly rank: number;
  readonly wanted: string;
  readonly at: Instant;
  readonly attempt: number;
  readonly drill: boolean;
}

/** What waits for the reader anywhere. */
export interface Mine {
  readonly pages: readonly PageForMe[];
}

export type SeatStatus = 'on-call' | 'missing' | 'answered' | 'paged' | 'waiting';

export interface SeatView {
  readonly id: string;
  readonly wanted: string;
  readonly status: SeatStatus;
  /** The status in words. */
  readonly label: string;
  readonly person?: Named;
  readonly since?: Instant;
}

export interface PersonView extends Named {
  readonly me: boolean;
  readonly commander: boolean;
  readonly onCall: boolean;
  readonly resting: boolean;
  readonly released: boolean;
}

/** Everything about one incident that a page shows beside its timeline. */
export interface View extends BoardRow {
  readonly version: number;
  readonly acting: boolean;
  /** The commander's card, and the cards for the reader alone. */
  readonly card: CardJson;
  readonly mine: readonly CardJson[];
  /** The line that is next to be said, for screen readers. */
  readonly nextLine: string;
  readonly seats: readonly SeatView[];
  readonly people: readonly PersonView[];
  readonly call?: string;
  readonly me: { readonly onCall: boolean; readonly paged: boolean };
  readonly files: readonly { readonly id: string; readonly text: string }[];
}

export type EntryTone = 'plain' | 'quiet' | 'good' | 'warn' | 'bad';

/** One line of the timeline. `seq` is the incident's version that it made. */
export interface Entry {
  readonly seq: number;
  readonly at: Instant;
  /** Absent when Baton itself did it. */
  readonly by?: Named;
  readonly text: string;
  readonly tone: EntryTone;
  /** Somebody's own words rather than a fact. */
  readonly said: boolean;
  /** It names its reader. */
  readonly mine: boolean;
  readonly link?: string;
  readonly file?: string;
}

export interface Entries {
  readonly incident: IncidentId;
  readonly entries: readonly Entry[];
  /** The version that they reach, shown or not. */
  readonly upTo: number;
}

/** A mention of the reader, who must act. */
export interface PingForMe {
  readonly id: string;
  readonly incident: IncidentId;
  readonly title: string;
  readonly text: string;
  readonly at: Instant;
}

/** What comes of a press or a line. */
export type Outcome =
  | {
      readonly outcome: 'done';
      readonly incident: IncidentId;
      readonly version: number;
      readonly repeated: boolean;
      /** Why nothing came of it, where nothing did. */
      readonly text?: string;
    }
  | { readonly outcome: 'refused'; readonly card: CardJson; readonly text: string }
  /** A form to fill in, or something to look at. */
  | { readonly outcome: 'card'; readonly card: CardJson }
  | { readonly outcome: 'problem'; readonly text: string };

export interface Completion {
  /** The stretch of the line that an option replaces. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly { readonly insert: string; readonly label: string; readonly detail?: string }[];
  /** The command being typed, its fields as they are filled, and what is expected now. */
  readonly help?: {
    readonly command: string;
    readonly text: string;
    readonly fields: readonly {
      readonly name: string;
      readonly label: string;
      readonly required: boolean;
      /** What it is understood as so far. */
      readonly value?: string;
      readonly now: boolean;
    }[];
  };
}

export interface Help {
  readonly commands: readonly {
    /** The guide's heading that it stands under. */
    readonly guide: string;
    readonly usage: string;
    readonly aliases: readonly string[];
    readonly text: string;
  }[];
}
