/** Counts what was sent outside: pages and published words, against the events that they follow from. */
import type { Recorded } from '../../src/core/events.ts';
import { isMoot } from '../../src/core/paging.ts';
import { type Findings, sentences } from './count.ts';
import type { Ledger } from './ledger.ts';
import type { Arrived, Receiver } from './receiver.ts';

export interface Sent {
  readonly findings: Findings;
  /** Pages and publications that were due. */
  readonly due: number;
  /** Not sent, because at some time after it they, or anybody, were not to be called any more. */
  readonly overtaken: number;
  /** Not sent, because the receiver did not take it; those whom it concerns were told so instead. */
  readonly told: number;
  /** Copies beyond the first of one key: dropped by the receiver. */
  readonly extra: number;
}

/** Every page arrived, or there was no reason for it any more; all copies of one key are the same page. */
export function countPages({ incidents, unreadable, world }: Ledger, { pages }: Receiver): Sent {
  const { lost, doubled } = sentences();
  let due = 0;
  let overtaken = 0;
  let told = 0;
  for (const { id, events, states } of incidents) {
    for (const event of events) {
      if (event.type !== 'person-paged') continue;
      const later = states.slice(event.seq + 1);
      due += 1;
      if (pages.has(`${id}/${event.seq}/0`)) continue;
      if (hasFailed(events, event)) told += 1;
      else if (later.some((state) => state && isMoot(event, state, world, event.at))) overtaken += 1;
      else lost.push(`${id}: nobody was paged for event ${event.seq}, ${event.person} for ${event.seat}`);
    }
  }
  const known = new Map([...incidents.map(({ id, events }) => [id, events] as const), ...unreadable]);
  for (const [key, copies] of pages) {
    const [id = '', seq] = key.split('/');
    if (known.get(id)?.[Number(seq) - 1]?.type !== 'person-paged') doubled.push(`page ${key} has no event`);
    if (new Set(copies.map(identity)).size > 1) doubled.push(`page ${key} came with different contents`);
  }
  return { findings: { lost, doubled }, due, overtaken, told, extra: extraOf(pages) };
}

/** Everybody was asked to call that person instead. */
function hasFailed(events: readonly Recorded[], { seq, seat, person }: Recorded<'person-paged'>): boolean {
  return events
    .slice(seq)
    .some((later) => later.type === 'page-failed' && later.seat === seat && later.person === person);
}

/** The incident and its call are described as they are when a page is sent, which may be anew after a crash. */
function identity({ body: { incident, call, ...page } }: Arrived): string {
  return JSON.stringify([page, (incident as { id?: unknown }).id]);
}

function extraOf(kept: ReadonlyMap<string, readonly Arrived[]>): number {
  return [...kept.values()].reduce((sum, copies) => sum + copies.length - 1, 0);
}

/** Confirmed words were published once at each place, and Baton knows it. */
export function countWords({ incidents }: Ledger, { words }: Receiver): Sent {
  const { lost, doubled } = sentences();
  let due = 0;
  let told = 0;
  for (const { id, events } of incidents) {
    for (const event of events) {
      const places = event.type === 'message-confirmed' ? event.places : event.type === 'update-sent' ? ['board'] : [];
      for (const n of places.keys()) {
        due += 1;
        if (events.some(({ order }) => order === `${id}/${event.seq}/${n}/failed`)) told += 1;
        else if (!words.has(`${id}/${event.seq}/${n}`)) lost.push(`${id}: event ${event.seq} was not published`);
      }
      if (event.type !== 'message-confirmed') continue;
      for (const place of event.places) {
        const known = events.some(
          (one) =>
            (one.type === 'message-published' || one.type === 'message-failed') &&
            one.message === event.message &&
            one.place === place,
        );
        if (!known) lost.push(`${id}: message ${event.message} is not known to be published, or not, at ${place}`);
      }
    }
  }
  for (const [key, copies] of words) {
    if (new Set(copies.map(identity)).size > 1) doubled.push(`words ${key} came with different contents`);
  }
  return { findings: { lost, doubled }, due, overtaken: 0, told, extra: extraOf(words) };
}
