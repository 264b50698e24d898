/** A room past its beginning: people on the call, a commander, impact assessed and a severity decided. */
import { replay } from '../../src/core/evolve.ts';
import type { Incident } from '../../src/core/incident.ts';
import { DEFAULTS, type Settings } from '../../src/core/settings.ts';
import type { ActivityId, PersonId, SeverityId } from '../../src/core/units.ts';
import { Room, type RoomOptions } from './room.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** As by default, but that nobody asks whether the commander is still there while a story lets hours pass. */
export function patient(settings: Settings = DEFAULTS): Settings {
  return { ...settings, command: { ...settings.command, silence: 1_000 * HOUR } };
}

/** Ann commands; Bob, Cat, Dan and Eve are on the call. */
export function commanded(severity: SeverityId = 'SEV-2', options: RoomOptions = {}): Room {
  const room = new Room('Checkout fails', { ...options, settings: options.settings ?? patient() });
  room.joins('ann', 'bob', 'cat', 'dan', 'eve');
  room.does('ann', 'take-command');
  room.does('ann', 'assess-impact', {
    sees: 'Some payments fail',
    reproduced: 'yes',
    frequency: 'sometimes',
    retries: 'succeed',
    scope: 'everybody',
  });
  room.does('ann', 'set-severity', { severity });
  return room;
}

/** Gives somebody work that they acknowledge; its number. */
export function underWay(
  room: Room,
  owner: PersonId,
  what = 'Read the logs',
  fields: Record<string, unknown> = {},
): ActivityId {
  room.does(commander(room), 'delegate', { owner, what, ...fields });
  const id = newest(room);
  room.does(owner, 'acknowledge', { activity: id });
  return id;
}

/** Puts a mitigation into the queue; its number. */
export function queued(room: Room, owner: PersonId, what: string, fields: Record<string, unknown> = {}): ActivityId {
  room.does(commander(room), 'propose-mitigation', { owner, what, ...fields });
  return newest(room);
}

/** Starts a mitigation that its owner acknowledges; its number. */
export function running(
  room: Room,
  owner: PersonId,
  what = 'Roll back',
  fields: Record<string, unknown> = {},
): ActivityId {
  const id = queued(room, owner, what, fields);
  room.does(commander(room), 'start-mitigation', { activity: id });
  room.does(owner, 'acknowledge', { activity: id });
  return id;
}

/** A mitigation whose owner says at once that it is done, so that it is being observed; its number. */
export function done(
  room: Room,
  owner: PersonId,
  what = 'Roll back',
  fields: Record<string, unknown> = {},
): ActivityId {
  const id = running(room, owner, what, fields);
  room.does(owner, 'finish', { activity: id });
  return id;
}

/** An activity as it stands now. */
export function activity(room: Room, id: ActivityId) {
  const found = room.incident.activities[id - 1];
  if (!found) throw new Error(`there is no activity ${id}`);
  return found;
}

/** A mitigation as it stands now. */
export function mitigation(room: Room, id: ActivityId) {
  const { mitigation: found } = activity(room, id);
  if (!found) throw new Error(`activity ${id} is no mitigation`);
  return found;
}

/** Ends Baton and starts it again: everything but the stored events is forgotten. */
export function restart(room: Room): void {
  room.incident = replay(room.incident.id, JSON.parse(JSON.stringify(room.events))) as Incident;
}

/** Names of the lines that stand on the commander's card, best first. */
export function lines(room: Room): string[] {
  return room.prompts.map(({ line }) => line);
}

/** Who was pinged about facts that begin so, oldest first. */
export function pinged(room: Room, fact: string): { readonly to: readonly PersonId[]; readonly after: number }[] {
  const from = room.incident.declared.at;
  return room.pings.filter((ping) => ping.fact.startsWith(fact)).map(({ to, at }) => ({ to, after: at - from }));
}

function commander(room: Room): PersonId {
  return room.incident.command.commander ?? 'ann';
}

function newest(room: Room): ActivityId {
  return room.incident.activities.length;
}
