/** One of Baton's incidents as it stands on a Statuspage: whose it is, what it says, and how it is headed. */
import { clip } from '../../cards/words/clip.ts';
import type { Incident } from '../../core/incident.ts';

/** What there is of an incident there, as far as Baton looks at it. */
export interface Entry {
  readonly id: string;
  readonly status: string;
  readonly shortlink?: string;
  readonly metadata?: { readonly baton?: { readonly reference?: string; readonly published?: string } };
}

/** Of the headline, which is the first sentence of what was confirmed first. Characters. */
const LONGEST_NAME = 120;

export function isEntry(answer: unknown): answer is Entry {
  return typeof answer === 'object' && answer !== null && 'id' in answer && 'status' in answer;
}

/** It says that something goes on. */
export function isStanding({ status }: Entry): boolean {
  return status !== 'resolved';
}

/** Two houses may publish on one page, and each has an INC-1. */
export function referenceOf({ id, declared }: Incident): string {
  return `${id}@${declared.at}`;
}

/** The API wants objects inside objects, and shows them to nobody who reads the page. */
export function metadata(incident: Incident, published: readonly string[]) {
  return { baton: { reference: referenceOf(incident), published: published.join(' ') } };
}

/** Ids of the effects whose words it has. */
export function publishedIn(entry: Entry | undefined): readonly string[] {
  return entry?.metadata?.baton?.published?.split(' ').filter(Boolean) ?? [];
}

/** Whoever says on the page that the cause is known knows more than Baton does. */
export function statusOf({ phase }: Incident, standing: Entry | undefined): string {
  if (phase === 'closed') return 'resolved';
  if (phase === 'watching') return 'monitoring';
  return standing?.status === 'identified' ? 'identified' : 'investigating';
}

/** Only confirmed words go out, so the headline is made of them rather than of the incident's title. */
export function headline(text: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text.trim());
  return clip(first?.segment ?? text, LONGEST_NAME);
}
