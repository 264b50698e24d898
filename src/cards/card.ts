/** The whole vocabulary of cards: what every surface can draw, and nothing that only one can. */
import type { Field, FieldValue } from '../core/contract.ts';

/** How a piece of text stands out. Colour is never the only sign: the words say it too. */
export type Tone = 'plain' | 'quiet' | 'strong' | 'good' | 'warn' | 'bad';

/** A label with its value: "Severity: SEV-2 (assumed)". All text is shown as it is, never as markup. */
export interface Row {
  readonly label: string;
  readonly value: string;
  readonly tone?: Tone;
}

export type Block =
  /** The next line to say; the largest thing on the card. */
  | { readonly type: 'line'; readonly text: string; readonly why?: string; readonly tone?: Tone }
  | { readonly type: 'heading'; readonly text: string }
  | { readonly type: 'text'; readonly text: string; readonly tone?: Tone }
  | { readonly type: 'rows'; readonly rows: readonly Row[] }
  /** `more` says how many were left out and how to see them. */
  | { readonly type: 'list'; readonly title?: string; readonly items: readonly Row[]; readonly more?: string }
  | { readonly type: 'inputs'; readonly inputs: readonly Input[] }
  | { readonly type: 'buttons'; readonly buttons: readonly Button[] };

/** One input of a form, made from a command's field. */
export interface Input {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What to say when a required input is left empty. */
  readonly missing?: string;
  readonly field: Field;
  readonly value?: FieldValue;
  /** For fields with choices: what to pick from. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

/** A press that becomes an order, or opens the form of a command whose required fields are not all there. */
export interface Button {
  readonly label: string;
  readonly command: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Opens a form instead of acting at once. */
  readonly form: boolean;
  readonly primary?: boolean;
}

export interface Link {
  readonly label: string;
  readonly url: string;
}

/** A card is a column of blocks. `key` tells cards of one room apart; the same key is edited in place. */
export interface Card {
  readonly key: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly links?: readonly Link[];
  /** The incident's version that it shows: goes back with every press as `seen`. */
  readonly version?: number;
}
