/** Who commanded how often and who rests, over all incidents: read once, then only what changed since. */
import type { Store, Summary } from '../../core/ports.ts';
import type { IncidentId, Instant, PersonId } from '../../core/units.ts';
import type { Collections } from './collections.ts';
import { fromStored } from './field-names.ts';

type Totals = Awaited<ReturnType<Store['people']>>;
type Part = Pick<Summary, 'commanders' | 'resting'>;

export interface Crew {
  all(): Promise<Totals>;
  /** To be told of every append of this process once it is kept. */
  note(incident: IncidentId, version: number, summary: Summary): void;
}

/**
 * How much further back than the latest known change is looked: longer than a write takes to show, and than the clocks of
 * two members of a replica set are apart. Milliseconds.
 */
const OVERLAP = 60_000;

const SEEN = { version: 1, changedAt: 1, 'summary.drill': 1, 'summary.commanders': 1, 'summary.resting': 1 } as const;

export function mongoCrew({ incidents }: Collections): Crew {
  const parts = new Map<IncidentId, { readonly version: number; readonly part: Part }>();
  /** By the database's clock. */
  let latest: Date | undefined;

  function take(incident: IncidentId, version: number, summary: Summary): void {
    if ((parts.get(incident)?.version ?? 0) >= version) return;
    parts.set(incident, { version, part: partOf(summary) });
  }

  return {
    async all() {
      const since = latest && { changedAt: { $gte: new Date(latest.getTime() - OVERLAP) } };
      for await (const { _id, version, changedAt, summary } of incidents.find(since ?? {}, { projection: SEEN })) {
        take(_id, version, fromStored(summary) as Summary);
        if (!latest || changedAt > latest) latest = changedAt;
      }
      return sum([...parts.values()].map(({ part }) => part));
    },
    note(incident, version, summary) {
      // Before everything was read once, what this process appended would hide what it has not seen.
      if (latest) take(incident, version, summary);
    },
  };
}

const NOBODY: Part = { commanders: [], resting: {} };

/** Nobody of a drill: practice neither counts as experience nor tires. */
function partOf({ drill, commanders, resting }: Summary): Part {
  return drill ? NOBODY : { commanders: [...new Set(commanders)], resting: { ...resting } };
}

function sum(parts: readonly Part[]): Totals {
  const commanded = new Map<PersonId, number>();
  const rests = new Map<PersonId, Instant>();
  for (const part of parts) {
    for (const person of part.commanders) commanded.set(person, (commanded.get(person) ?? 0) + 1);
    for (const [person, until] of Object.entries(part.resting)) {
      rests.set(person, Math.max(until, rests.get(person) ?? until));
    }
  }
  return { commanded: Object.fromEntries(commanded), resting: Object.fromEntries(rests) };
}
