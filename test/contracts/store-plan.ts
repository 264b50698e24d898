/** What the writing process appends, told by incident and version alone, so that the suite knows what has to be there. */
import type { Recorded } from '../../src/core/events.ts';
import type { Summary } from '../../src/core/ports.ts';
import type { IncidentId } from '../../src/core/units.ts';
import { declared, NIGHT, note, summary } from './sample.ts';

/** An incident is left for the next one when it has this many events. */
const ENOUGH = 120;

export function idOf(number: number): IncidentId {
  return `INC-${number}`;
}

/** The event of an incident with a number: mostly short, now and then longer than any page of a database. */
export function plannedEvent(number: number, seq: number): Recorded {
  if (seq === 1) return declared(NIGHT + number);
  return note(seq, `Incident ${number}, note ${seq}. ${'é🚒'.repeat(seq % 17 === 0 ? 3_000 : seq)}`);
}

/** The next append after a version: one to three events at once, none when the incident has enough. */
export function planned(number: number, version: number): { events: Recorded[]; summary: Summary; next: number } {
  const next = version >= ENOUGH ? version : version + 1 + ((number + version) % 3);
  const events = Array.from({ length: next - version }, (_, index) => plannedEvent(number, version + index + 1));
  const title = `At version ${next}`;
  return { events, next, summary: summary({ title, declaredAt: NIGHT + number, commanders: [`person ${next % 5}`] }) };
}
