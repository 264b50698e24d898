/** What is asked of all incidents time and again: read once, then kept in step with the appends. */
import type { DatabaseSync } from 'node:sqlite';
import { type Part, partOf, type Totals, totalsOf } from '../../core/at-hand.ts';
import type { Open, Summary } from '../../core/ports.ts';
import type { IncidentId } from '../../core/units.ts';

/** Memory may answer, because nobody else writes to a database that is ours alone. */
export interface AtHand {
  /** Who commanded how often, and who rests. */
  people(): Totals;
  /** Highest number first. */
  open(): readonly Open[];
  /** To be told of every append once it is committed. */
  note(incident: number, summary: Summary): void;
  /** To be told of every incident that was removed. */
  forget(incident: number): void;
}

export function prepareAtHand(connection: DatabaseSync, idOf: (incident: number) => IncidentId): AtHand {
  // One text and one parse: twice as fast as a row and a parse per incident.
  const everything = connection.prepare(`
    SELECT group_concat('[' || number || ',' || summary || ']', ',') AS pairs FROM incidents`);
  let parts: Map<number, Part> | undefined;
  let totals: Totals | undefined;
  let open: readonly Open[] | undefined;

  function known(): Map<number, Part> {
    if (!parts) {
      const pairs = JSON.parse(`[${everything.get()?.pairs ?? ''}]`) as [number, Summary][];
      parts = new Map(pairs.map(([incident, summary]) => [incident, partOf(idOf(incident), summary)]));
    }
    return parts;
  }

  function changed(): void {
    totals = undefined;
    open = undefined;
  }

  return {
    people() {
      totals ??= totalsOf(known().values());
      return totals;
    },
    open() {
      open ??= Object.freeze([...known()].sort(([one], [other]) => other - one).flatMap(([, part]) => part.open ?? []));
      return open;
    },
    note(incident, summary) {
      if (!parts) return;
      const part = partOf(idOf(incident), summary);
      if (JSON.stringify(parts.get(incident)) === JSON.stringify(part)) return;
      parts.set(incident, part);
      changed();
    },
    forget(incident) {
      if (parts?.delete(incident)) changed();
    },
  };
}
