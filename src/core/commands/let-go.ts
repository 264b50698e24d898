/** Who is let go is off the call, as far as only they themselves said that they are on it (WAT-1, ROT-3, CALL-4). */
import type { Event } from '../events.ts';
import type { Incident } from '../incident.ts';
import { STATED } from '../quorum.ts';
import type { PersonId } from '../units.ts';

/**
 * Nobody presses "leave" as they hang up, and a call that a platform shows tells by itself who leaves it. Whoever stays
 * says "I'm here" again. Whoever commands is not gone before somebody else does (ROT-2).
 */
export function letGo(incident: Incident, people: readonly PersonId[]): Event[] {
  const gone = people.filter(
    (person) => person !== incident.command.commander && incident.people[person]?.on.includes(STATED),
  );
  return gone.map((person) => ({ type: 'call-left', person, via: STATED }));
}
