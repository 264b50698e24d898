/** Questions about pages: who is next in a seat's chain, and for how long the next may sleep (CALL-5). */
import type { Context } from './contract.ts';
import type { Incident, Page, SeatState } from './incident.ts';
import { rests } from './quorum.ts';
import type { Settings } from './settings.ts';
import type { Instant, PersonId } from './units.ts';

/** Somebody of the chain has answered and is on the way, or is being paged for another seat: the others may sleep. */
export function heldUntil(incident: Incident, seat: SeatState, { paging }: Settings): Instant {
  const here = seat.pages.map(({ answered }) => (answered === undefined ? 0 : answered + paging.late));
  const elsewhere = pagesElsewhere(incident, seat).map(({ answered, failed, first }) => {
    if (answered !== undefined) return answered + paging.late;
    return failed === undefined ? first + paging.escalate : 0;
  });
  return Math.max(0, ...here, ...elsewhere);
}

export function pagesElsewhere(incident: Incident, seat: SeatState): Page[] {
  return Object.values(incident.seats)
    .filter(({ id }) => id !== seat.id)
    .flatMap(({ pages }) => pages.filter(({ person }) => seat.chain.includes(person)));
}

/** The pages since somebody was last paged out of turn: asking for a seat again walks its chain again. */
export function walkOf({ pages }: SeatState): readonly Page[] {
  return pages.slice(
    Math.max(
      0,
      pages.findLastIndex(({ reason }) => reason !== 'escalation'),
    ),
  );
}

/** Paged on this walk down the chain, for this seat or for another. */
function isTried(incident: Incident, seat: SeatState, person: PersonId, { paging }: Settings): boolean {
  const walk = walkOf(seat);
  const since = (walk[0]?.first ?? seat.since) - paging.escalate;
  return (
    walk.some((page) => page.person === person) ||
    pagesElsewhere(incident, seat).some((page) => page.person === person && page.first >= since)
  );
}

/** Who is paged next for a seat; undefined when its chain has run out. */
export function nextInChain(
  incident: Incident,
  seat: SeatState,
  { settings, resting, at }: Context,
): PersonId | undefined {
  return seat.chain.find(
    (person) => !isTried(incident, seat, person, settings) && !rests(incident, resting, person, at),
  );
}

/** When anybody of the chain was last on the call since the seat was asked for. */
export function lastLeft(incident: Incident, { chain, since }: SeatState): Instant | undefined {
  const ends = chain.flatMap((person) => incident.people[person]?.stints.flatMap(({ to }) => to ?? []) ?? []);
  const last = Math.max(...ends);
  return last > since ? last : undefined;
}
