/** The states of incidents that are at hand, so that the thousandth order costs what the first did. */
import type { Recorded } from '../events.ts';
import { evolve } from '../evolve.ts';
import type { Incident } from '../incident.ts';
import type { Appended, Store } from '../ports.ts';
import { summaryOf } from '../summary.ts';
import type { Duration, IncidentId, Instant } from '../units.ts';
import type { Surroundings } from './surroundings.ts';

/** States beyond these are folded anew when they are needed: those of a few busy hours, not of all that is open. */
const MOST_HELD = 1_000;

export interface Held {
  readonly incident: Incident | undefined;
  /** When its newest event happened. */
  readonly at: Instant;
  /** What the clock showed here when that was heard of. */
  readonly seen: Instant;
  /** Events that some outlet may still have to see, oldest first. */
  tail: readonly Recorded[];
  /** Per outlet: the `seq` up to which effects were delivered. */
  cursors: Readonly<Record<string, number>>;
}

/** Of an incident that does not exist yet. */
export const UNBORN: Held = { incident: undefined, at: 0, seen: 0, tail: [], cursors: {} };

export interface States {
  /** What is at hand, as old as it may be. */
  held(id: IncidentId): Held | undefined;
  /** The newest there is. */
  load(id: IncidentId): Promise<Held>;
  /** The events are durable, or somebody else was first and what was at hand is let go. */
  append(id: IncidentId, before: Held, incident: Incident, events: readonly Recorded[]): Promise<Appended>;
  /** An outlet has seen everything up to there. */
  delivered(id: IncidentId, outlet: string, seq: number): void;
  letGo(id: IncidentId): void;
}

/**
 * @param outlets the names of all that have a cursor
 * @param alone nobody else appends to the store, so that what is at hand of an open incident is the newest there is
 */
export function createStates(
  store: Store,
  outlets: readonly string[],
  surroundings: Surroundings,
  now: () => Instant,
  alone: boolean,
): States {
  const states = new Map<IncidentId, Held>();

  /** Keeps a state at hand, and lets go of one that nobody has asked for the longest. */
  function hold(id: IncidentId, held: Held): void {
    states.delete(id);
    states.set(id, held);
    if (states.size <= MOST_HELD) return;
    for (const [oldest, one] of states) if (ahead(one) === 0) return void states.delete(oldest);
  }

  function undelivered(events: readonly Recorded[], cursors: Held['cursors']): Recorded[] {
    const least = Math.min(...outlets.map((name) => cursors[name] ?? 0));
    return events.filter(({ seq }) => seq > least);
  }

  return {
    held: (id) => states.get(id),
    letGo: (id) => void states.delete(id),
    async load(id) {
      const before = states.get(id);
      // One that is closed may have been removed, as retention says.
      if (alone && before?.incident && before.incident.phase !== 'closed') return before;
      const stored = await store.load(id, before?.incident?.version ?? 0);
      if (!stored) return UNBORN;
      let incident = before?.incident;
      for (const event of stored.events) incident = evolve(incident, event, id);
      // Somebody who only reads may have been overtaken by an append: what it left is newer.
      const latest = states.get(id);
      if (latest !== before && (latest?.incident?.version ?? 0) >= (incident?.version ?? 0) && latest) return latest;
      const cursors = { ...stored.cursors, ...furthest(before?.cursors, stored.cursors) };
      const tail = undelivered([...(before?.tail ?? []), ...stored.events], cursors);
      const { at = before?.at ?? 0 } = stored.events.at(-1) ?? {};
      const held = { incident, at, seen: stored.events.length > 0 ? now() : (before?.seen ?? 0), tail, cursors };
      hold(id, held);
      if (before) surroundings.heed(stored.events);
      return held;
    },
    async append(id, before, incident, events) {
      let outcome: Appended | undefined;
      try {
        outcome = await store.append(id, before.incident?.version ?? 0, events, summaryOf(incident));
      } finally {
        // Somebody else was first, or nobody knows how far it came.
        if (outcome !== 'appended') states.delete(id);
      }
      if (outcome !== 'appended') return outcome;
      const { at } = events.at(-1) ?? before;
      hold(id, { incident, at, seen: now(), tail: [...before.tail, ...events], cursors: before.cursors });
      surroundings.heed(events);
      return outcome;
    },
    delivered(id, outlet, seq) {
      const held = states.get(id);
      if (!held) return;
      // In place: whoever is about to append to it must not bring back what was delivered meanwhile.
      held.cursors = { ...held.cursors, [outlet]: seq };
      held.tail = undelivered(held.tail, held.cursors);
    },
  };
}

/** How far its time is ahead of the clock here, which somebody has set back; known only while the state is at hand. */
export function ahead({ at, seen }: Held): Duration {
  return Math.max(0, at - seen);
}

/**
 * What time it is in an incident. Never before what has happened already: a clock may have been set back, and instances'
 * clocks are a little apart. And it goes on from there, because reminders must not wait until that clock has caught up.
 */
export function timeIn(held: Held, now: Instant): Instant {
  return Math.max(held.at, now + ahead(held));
}

function furthest(a: Held['cursors'] = {}, b: Held['cursors']): Held['cursors'] {
  return Object.fromEntries(Object.entries(a).map(([name, seq]) => [name, Math.max(seq, b[name] ?? 0)]));
}
