/** Who commanded how often and who rests, over all incidents: read once, then kept in step with the appends. */
import type { DatabaseSync } from 'node:sqlite';
import type { Store, Summary } from '../../core/ports.ts';
import type { Instant, PersonId } from '../../core/units.ts';

type Totals = Awaited<ReturnType<Store['people']>>;
type Part = Pick<Summary, 'commanders' | 'resting'>;

/** Memory may answer, because nobody else writes to a database that is ours alone. */
export interface Crew {
  all(): Totals;
  /** To be told of every append once it is committed. */
  note(incident: number, summary: Summary): void;
  /** To be told of every incident that was removed. */
  forget(incident: number): void;
}

export function prepareCrew(connection: DatabaseSync): Crew {
  // One text and one parse: twice as fast as a row and a parse per incident.
  const everything = connection.prepare(`
    SELECT group_concat('[' || number || ',' || summary || ']', ',') AS pairs FROM incidents`);
  let parts: Map<number, Part> | undefined;
  let totals: Totals | undefined;

  return {
    all() {
      if (!parts) {
        const pairs = JSON.parse(`[${everything.get()?.pairs ?? ''}]`) as [number, Summary][];
        parts = new Map(pairs.map(([incident, summary]) => [incident, partOf(summary)]));
      }
      totals ??= sum(parts.values());
      return totals;
    },
    note(incident, summary) {
      if (!parts) return;
      const part = partOf(summary);
      if (JSON.stringify(parts.get(incident)) === JSON.stringify(part)) return;
      parts.set(incident, part);
      totals = undefined;
    },
    forget(incident) {
      if (parts?.delete(incident)) totals = undefined;
    },
  };
}

const NOBODY: Part = { commanders: [], resting: {} };

/** Nobody of a drill: practice neither counts as experience nor tires. */
function partOf({ drill, commanders, resting }: Summary): Part {
  return drill ? NOBODY : { commanders: [...new Set(commanders)], resting: { ...resting } };
}

function sum(parts: Iterable<Part>): Totals {
  const commanded = new Map<PersonId, number>();
  const rests = new Map<PersonId, Instant>();
  for (const part of parts) {
    for (const person of part.commanders) commanded.set(person, (commanded.get(person) ?? 0) + 1);
    for (const [person, until] of Object.entries(part.resting)) {
      rests.set(person, Math.max(until, rests.get(person) ?? until));
    }
  }
  // Frozen, because everybody is given this same answer until somebody's part changes.
  return Object.freeze({
    commanded: Object.freeze(Object.fromEntries(commanded)),
    resting: Object.freeze(Object.fromEntries(rests)),
  });
}
