/** Questions about seats: which are needed, who fills them, who is on the call. */
import type { Incident, SeatState } from './incident.ts';
import type { Settings } from './settings.ts';
import { severityRow } from './severity.ts';
import type { Instant, PersonId, SeatId } from './units.ts';

export function isOnCall(incident: Incident, person: PersonId): boolean {
  return (incident.people[person]?.on.length ?? 0) > 0;
}

export function onCall(incident: Incident): PersonId[] {
  return Object.keys(incident.people).filter((person) => isOnCall(incident, person));
}

/** The seats that service and severity demand now (CALL-3). */
export function neededSeats(incident: Incident, settings: Settings): SeatId[] {
  const severity = incident.severity.severity;
  const service = incident.service === undefined ? undefined : settings.services[incident.service];
  const needed = [
    ...severityRow(settings.severities, severity).quorum,
    ...(service?.seats ?? []),
    ...(service?.at?.[severity] ?? []),
  ];
  return [...new Set(needed)].filter((seat) => settings.seats[seat] !== undefined);
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

/** Sent to rest, from this incident or another, and not yet rested (ROT-3). */
export function rests(
  incident: Incident,
  resting: Readonly<Record<PersonId, Instant>>,
  person: PersonId,
  at: Instant,
): boolean {
  // What this incident says of a person is newer than what lists say of all incidents.
  return (incident.people[person]?.restsUntil ?? resting[person] ?? 0) > at;
}
