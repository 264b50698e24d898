/** Questions about pages: who is next in a seat's chain, for how long the next may sleep, and what is moot (CALL-5). */
import type { Context, Effect, World } from './contract.ts';
import type { Incident, Page, SeatState } from './incident.ts';
import { isFilled, rests } from './quorum.ts';
import type { Settings } from './settings.ts';
import type { Duration, Instant, PersonId } from './units.ts';

/** Whom it calls for what, of a page and of the event that it follows from. */
type Called = Pick<Extract<Effect, { readonly type: 'page' }>, 'seat' | 'person' | 'attempt' | 'at'>;

/**
 * A page that has waited for longer is not sent: Baton was away, or this way to people was set up since. Whoever is
 * still wanted is paged by the clocks.
 */
const LATE: Duration = 3_600_000;

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
function isTried(incident: Incident, seat: SeatState, person: PersonId, settings: Settings): boolean {
  // Who was asked for by name has come by now, and is not paged for having left.
  const anew = isForsaken(incident, seat) && settings.seats[seat.id] !== undefined;
  const walk = anew ? [] : walkOf(seat);
  const begun = (anew ? lastLeft(incident, seat) : walk[0]?.first) ?? seat.since;
  return (
    walk.some((page) => page.person === person) ||
    pagesElsewhere(incident, seat).some(
      (page) => page.person === person && page.first >= begun - settings.paging.escalate,
    )
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

/** Its chain was paged in vain, then somebody of it came all the same, and has left again: that it was missed is over. */
export function isForsaken(incident: Incident, seat: SeatState): boolean {
  return seat.missed !== undefined && (lastLeft(incident, seat) ?? 0) > seat.missed;
}

/** Somebody asked for it, so that it does not matter who fills it, nor whether the impact lasts. */
export function isAskedFor(seat: SeatState, { seats }: Settings): boolean {
  return seats[seat.id] === undefined || walkOf(seat)[0]?.reason === 'asked';
}

/** Nobody is woken by a page that comes late for what is over, answered, asked anew, or filled by somebody else. */
export function isMoot(page: Called, incident: Incident, world: World, now: Instant): boolean {
  const { phase, reopenedAt = 0, standDown } = incident;
  const isOver = phase === 'closed' || Math.max(reopenedAt, standDown?.since ?? 0) > page.at;
  return isOver || now - page.at > LATE || hasMovedOn(page, incident, world, now) || isNeedless(page, incident, world);
}

/** They have answered, come, been let go or sent to rest, or been paged anew. */
function hasMovedOn(called: Called, incident: Incident, { resting }: World, now: Instant): boolean {
  const { seat, person, attempt, at } = called;
  // Absent where the seat has been required anew since.
  const page = incident.seats[seat]?.pages.find((one) => one.person === person);
  const { released = 0, stints = [] } = incident.people[person] ?? {};
  return (
    (page?.answered ?? 0) >= at ||
    (page?.last ?? 0) > at ||
    (page?.attempts ?? 0) > attempt ||
    released > at ||
    stints.some(({ from }) => from > at) ||
    // Where all rest who are to be called back, they are paged all the same.
    (page?.reason !== 'call-back' && rests(incident, resting, person, now))
  );
}

/** Somebody else has come, or the impact is over: nobody is needed there any more whom nobody asked for. */
function isNeedless({ seat: id }: Called, incident: Incident, { settings }: World): boolean {
  const seat = incident.seats[id];
  if (!seat || isAskedFor(seat, settings)) return false;
  return incident.phase === 'watching' || isFilled(incident, seat);
}
