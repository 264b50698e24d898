/** What is asked of all incidents time and again: read once, then only what changed since. */
import { type Part, partOf, type Totals, totalsOf } from '../../core/at-hand.ts';
import type { Open, Summary } from '../../core/ports.ts';
import type { IncidentId } from '../../core/units.ts';
import type { Collections } from './collections.ts';
import { fromStored } from './field-names.ts';

export interface AtHand {
  /** Who commanded how often, and who rests. */
  people(): Promise<Totals>;
  /** Highest number first. */
  open(): Promise<readonly Open[]>;
  /** To be told of every append of this process once it is kept. */
  note(incident: IncidentId, version: number, summary: Summary): void;
  /** To be told of every incident that this process removed. */
  forget(incident: IncidentId): void;
}

/**
 * How much further back than the latest known change is looked: longer than a write takes to show, and than the clocks of
 * two members of a replica set are apart. Milliseconds.
 */
const OVERLAP = 60_000;

/**
 * After how much of the database's time it is looked which incidents are still there: what another instance removes
 * changes no document. Milliseconds.
 */
const LOOK_AFTER = 3_600_000;

const SEEN = {
  version: 1,
  changedAt: 1,
  'summary.phase': 1,
  'summary.severity': 1,
  'summary.drill': 1,
  'summary.call': 1,
  'summary.commanders': 1,
  'summary.resting': 1,
} as const;

/** @param numberOf the number in an incident's id */
export function mongoAtHand({ incidents }: Collections, numberOf: (id: IncidentId) => number): AtHand {
  const parts = new Map<IncidentId, { readonly version: number; readonly part: Part }>();
  /** By the database's clock. */
  let latest: Date | undefined;
  /** Up to when it is known which are still there. */
  let looked: Date | undefined;

  function take(incident: IncidentId, version: number, summary: Summary): void {
    if ((parts.get(incident)?.version ?? 0) >= version) return;
    parts.set(incident, { version, part: partOf(incident, summary) });
  }

  async function newest(): Promise<Part[]> {
    const since = latest && { changedAt: { $gte: new Date(latest.getTime() - OVERLAP) } };
    let reached = latest;
    for await (const { _id, version, changedAt, summary } of incidents.find(since ?? {}, { projection: SEEN })) {
      take(_id, version, fromStored(summary) as Summary);
      if (!reached || changedAt > reached) reached = changedAt;
    }
    // Only now: a reading that breaks off, or is still under way, has not seen everything up to there.
    if (!latest || (reached && reached > latest)) latest = reached;
    await dropRemoved();
    return [...parts.values()].map(({ part }) => part);
  }

  async function dropRemoved(): Promise<void> {
    const now = latest;
    // What has just been read for the first time was all there.
    looked ??= now;
    if (!now || !looked || now.getTime() - looked.getTime() < LOOK_AFTER) return;
    const closed = [...parts].flatMap(([incident, { part }]) => (part.open ? [] : [incident]));
    const there = new Set(await incidents.distinct('_id'));
    for (const incident of closed) if (!there.has(incident)) parts.delete(incident);
    looked = now;
  }

  return {
    async people() {
      return totalsOf(await newest());
    },
    async open() {
      const open = (await newest()).flatMap((part) => part.open ?? []);
      return open.sort((one, other) => numberOf(other.id) - numberOf(one.id));
    },
    note(incident, version, summary) {
      // Before everything was read once, what this process appended would hide what it has not seen.
      if (latest) take(incident, version, summary);
    },
    forget: (incident) => void parts.delete(incident),
  };
}
