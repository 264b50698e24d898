/** What a store keeps at hand of every incident, so that what is asked time and again costs no reading. */
import type { Open, Store, Summary } from './ports.ts';
import type { IncidentId, Instant, PersonId } from './units.ts';

/** Of one incident; of a closed one nothing is `open`. */
export interface Part extends Pick<Summary, 'commanders' | 'resting'> {
  readonly open?: Open;
}

export type Totals = Awaited<ReturnType<Store['people']>>;

export function partOf(id: IncidentId, { phase, severity, drill, call, commanders, resting }: Summary): Part {
  return {
    // Nobody of a drill: practice neither counts as experience nor tires.
    commanders: drill ? [] : [...new Set(commanders)],
    resting: drill ? {} : { ...resting },
    ...(phase !== 'closed' && { open: { id, severity, drill, ...(call !== undefined && { call }) } }),
  };
}

/** Who commanded how often and who rests, over all of them; frozen, so that many may be given the same answer. */
export function totalsOf(parts: Iterable<Part>): Totals {
  const commanded = new Map<PersonId, number>();
  const rests = new Map<PersonId, Instant>();
  for (const part of parts) {
    for (const person of part.commanders) commanded.set(person, (commanded.get(person) ?? 0) + 1);
    for (const [person, until] of Object.entries(part.resting)) {
      rests.set(person, Math.max(until, rests.get(person) ?? until));
    }
  }
  return Object.freeze({
    commanded: Object.freeze(Object.fromEntries(commanded)),
    resting: Object.freeze(Object.fromEntries(rests)),
  });
}
