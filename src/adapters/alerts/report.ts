/** What every alert source boils down to, and how it becomes orders. */
import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { LONGEST_TEXT, LONGEST_TITLE } from '../../core/contract.ts';
import type { Instant } from '../../core/units.ts';

/** Letters in the name of a source or sender. */
const LONGEST_NAME = 100;

/** One alert as its source reports it. */
export interface ReportedAlert {
  /** The same for one alert however often it fires. */
  readonly fingerprint: string;
  readonly name: string;
  readonly status: 'firing' | 'resolved';
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** Where to look, as http or https. */
  readonly link?: string;
  readonly text?: string;
}

/** One delivery of a source. */
export interface Report {
  /** What the source takes for one and the same trouble: at most one open incident has it. */
  readonly key: string;
  readonly title: string;
  /** The service as the source names it; it need not be one of ours. */
  readonly service?: string;
  /** Severities as the source names them: the worst that the house knows counts, when an incident opens. */
  readonly severities: readonly string[];
  /** Who sent it, in words for people, where a source takes in several. */
  readonly sender?: string;
  /** A test of the connection: it opens a drill that says so, and pages nobody. */
  readonly test?: true;
  readonly alerts: readonly ReportedAlert[];
  /** How many alerts the source left out of this delivery. */
  readonly leftOut: number;
  /** What could not be taken as it was meant, a sentence each, for whoever sends and for the operator. */
  readonly doubts: readonly string[];
}

/** A delivery that is not what its source sends. The message says which part. */
export interface Malformed {
  readonly malformed: string;
}

/** What a check of the shape objects to, each with its place. */
export function complaints({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) => {
      const where = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
      return `${where.replace(/^\./, '') || 'the body'}: ${message}`;
    })
    .join('; ');
}

/**
 * A short name for something longer, the same each time: an order's id, by which a repeated delivery is recognised, or
 * a deduplication key, which has to come back from the store letter by letter.
 */
export function nameFor(source: string, ...said: readonly (string | number | undefined)[]): string {
  return `${source}:${createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 32)}`;
}

/** Fits a title: one line, cut at the limit. */
export function asTitle(text: string): string {
  return cut(visible(text).replace(/\s+/g, ' ').trim(), LONGEST_TITLE);
}

/** Fits where a source is named. */
export function asName(text: string): string {
  return cut(asTitle(text), LONGEST_NAME);
}

/** Fits any other text. */
export function asText(text: string): string {
  return cut(visible(text).trim(), LONGEST_TEXT);
}

/** Opens a page, and fits where links are kept. */
export function isWeb(address: string): boolean {
  return address.length <= LONGEST_TEXT && /^https?:$/.test(URL.parse(address)?.protocol ?? '');
}

function visible(text: string): string {
  // Labels and annotations may hold anything; what shows nothing would leave an empty title.
  return text.toWellFormed().replace(/[^\P{Cc}\n\t]/gu, '');
}

/** Letters are counted as readers count them, roughly: by code points. */
function cut(text: string, limit: number): string {
  const letters = [...text];
  return letters.length <= limit
    ? text
    : `${letters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
}
