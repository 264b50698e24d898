/** Who is best placed to command, or to take somebody's place: the configured list first, then who has done it most. */
import type { World } from './contract.ts';
import type { Incident } from './incident.ts';
import { isOnCall, onCall, rests } from './quorum.ts';
import { severityRow } from './severity.ts';
import type { Instant, PersonId } from './units.ts';

/** May command at all: on the configured list, or anybody where there is none. */
export function isQualified(person: PersonId, world: World): boolean {
  const { commanders } = world.settings;
  return commanders.length === 0 || commanders.includes(person);
}

/** May command at the present severity, not just act as commander (CMD-3). */
export function mayLead(person: PersonId, incident: Incident, world: World): boolean {
  const { leaders } = severityRow(world.settings.severities, incident.severity.severity);
  return leaders.length === 0 || leaders.includes(person);
}

/** Most seasoned first: call leaders, then the configured order, then most incidents commanded. */
export function bySeasoning(people: readonly PersonId[], incident: Incident, world: World): PersonId[] {
  const { commanders } = world.settings;
  const place = (person: PersonId) => {
    const listed = commanders.indexOf(person);
    return listed < 0 ? commanders.length : listed;
  };
  return [...people].sort(
    (a, b) =>
      Number(mayLead(b, incident, world)) - Number(mayLead(a, incident, world)) ||
      place(a) - place(b) ||
      (world.commanded[b] ?? 0) - (world.commanded[a] ?? 0) ||
      (a < b ? -1 : 1),
  );
}

/** Whom to ask to take command: the most seasoned qualified person on the call (CMD-1), nobody who was sent to rest. */
export function candidateToCommand(incident: Incident, world: World, at: Instant): PersonId | undefined {
  const here = onCall(incident).filter(
    (person) => isQualified(person, world) && !rests(incident, world.resting, person, at),
  );
  return bySeasoning(here, incident, world)[0];
}

/** Who could take command next: qualified, rested, not commanding now; somebody fresh before somebody who has commanded. */
export function alternateCommander(incident: Incident, world: World, at: Instant): PersonId | undefined {
  const { commander, shifts } = incident.command;
  const pool = world.settings.commanders.length > 0 ? world.settings.commanders : onCall(incident);
  const able = pool.filter((person) => person !== commander && !rests(incident, world.resting, person, at));
  const worn = new Set(shifts.map(({ person }) => person));
  const ordered = bySeasoning(able, incident, world);
  return ordered.find((person) => !worn.has(person)) ?? ordered[0];
}

/** Who could take a responder's place: another of the same seat's chain, rested and not already here (ROT-3). */
export function alternateFor(person: PersonId, incident: Incident, world: World, at: Instant): PersonId | undefined {
  const chains = Object.values(incident.seats)
    .filter((seat) => seat.chain.includes(person))
    .flatMap((seat) => seat.chain);
  return chains.find(
    (other) => other !== person && !isOnCall(incident, other) && !rests(incident, world.resting, other, at),
  );
}
