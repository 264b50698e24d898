/** Questions about seats: which are needed, who fills them, who is on the call. */
import type { Incident, SeatState } from './incident.ts';
import type { Settings } from './settings.ts';
import { severityRow } from './severity.ts';
import type { Instant, PersonId, SeatId, SeverityId } from './units.ts';

/** The seat of whoever is to take over from the commander (ROT-1). */
export const NEXT_COMMANDER = 'next-commander';

/** How somebody is on the call who said so, where no platform shows it (CALL-4). */
export const STATED = 'hand';

export function isOnCall(incident: Incident, person: PersonId): boolean {
  return (incident.people[person]?.on.length ?? 0) > 0;
}

export function onCall(incident: Incident): PersonId[] {
  return Object.keys(incident.people).filter((person) => isOnCall(incident, person));
}

/** The seats that service and severity demand (CALL-3); by default at the severity of now. Trying a connection out wakes nobody. */
export function neededSeats(
  incident: Incident,
  settings: Settings,
  severity: SeverityId = incident.severity.severity,
): SeatId[] {
  if (incident.source.test) return [];
  const service = incident.service === undefined ? undefined : settings.services[incident.service];
  const needed = [
    ...severityRow(settings.severities, severity).quorum,
    ...(service?.seats ?? []),
    ...(service?.at?.[severity] ?? []),
  ];
  return [...new Set(needed)].filter((seat) => settings.seats[seat] !== undefined);
}

/** Who is paged for a seat, in order; where the commander's seat names nobody, those qualified to command (CALL-3). */
export function chainOf(seat: SeatId, settings: Settings): readonly PersonId[] {
  const chain = settings.seats[seat]?.chain ?? [];
  return seat === 'commander' && chain.length === 0 ? settings.commanders : chain;
}

/** What somebody is wanted for when nobody says it: their seat, else the service (CALL-6); '' when neither is known. */
export function wantedOf(person: PersonId, incident: Incident, settings: Settings): string {
  const seats = [...neededSeats(incident, settings), ...Object.keys(settings.seats)];
  const own = seats.find((seat) => chainOf(seat, settings).includes(person));
  const service = incident.service === undefined ? undefined : settings.services[incident.service];
  return (own === undefined ? service?.name : settings.seats[own]?.name) ?? '';
}

/** The commander let somebody of it go who is not back: nobody is woken for it until it is asked for again. */
export function isLetGo(incident: Incident, seat: SeatState): boolean {
  const asked = Math.max(seat.since, seat.pages.at(-1)?.first ?? 0);
  return seat.chain.some((person) => (incident.people[person]?.released ?? -1) >= asked);
}

/** Anybody of the chain on the call fills a seat; without a chain anybody on the call does. */
export function isFilled(incident: Incident, seat: SeatState): boolean {
  return seat.chain.length === 0
    ? onCall(incident).length > 0
    : seat.chain.some((person) => isOnCall(incident, person));
}

/** Where a seat stands; answering a page is not being on the call (CALL-4). */
export function seatStatus(
  incident: Incident,
  seat: SeatState,
): 'on-call' | 'missing' | 'answered' | 'paged' | 'waiting' {
  if (isFilled(incident, seat)) return 'on-call';
  if (seat.missed !== undefined) return 'missing';
  const latest = seat.pages.at(-1);
  if (!latest) return seat.chain.length === 0 ? 'waiting' : 'missing';
  return latest.answered === undefined ? 'paged' : 'answered';
}

/** Every needed seat is filled, and somebody is on the call at all. */
export function quorumReached(incident: Incident, settings: Settings): boolean {
  return (
    onCall(incident).length > 0 &&
    neededSeats(incident, settings).every((id) => {
      const seat = incident.seats[id];
      return seat !== undefined && isFilled(incident, seat);
    })
  );
}

/** Until when somebody rests whom this incident or another has sent to rest; in the past when they do not (ROT-3). */
export function restUntil(incident: Incident, resting: Readonly<Record<PersonId, Instant>>, person: PersonId): Instant {
  const { restsUntil = 0, insistedAt } = incident.people[person] ?? {};
  // Who was called in all the same is awake now, whatever another incident says.
  return Math.max(restsUntil, insistedAt === undefined ? (resting[person] ?? 0) : 0);
}

/** Sent to rest, and not yet rested. */
export function rests(
  incident: Incident,
  resting: Readonly<Record<PersonId, Instant>>,
  person: PersonId,
  at: Instant,
): boolean {
  return restUntil(incident, resting, person) > at;
}
