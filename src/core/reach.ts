/** Where somebody is pinged who has an account on several chat platforms: in one place, where they are (VOICE). */
import type { Incident } from './incident.ts';
import type { People, PersonId } from './units.ts';

/**
 * The platform on which a fact of the event `seq` pings a person: where they were last seen in this incident before it,
 * in word, by a press or on the call; for whom nobody has seen yet, the first room in which they have an account. What
 * happens later changes nothing of it, so all platforms come to the same answer, however late each of them asks.
 * @returns undefined where that cannot be told: then every platform that knows them does
 */
export function pingedOn(
  person: PersonId,
  seq: number,
  { seen, rooms }: Incident,
  people: People,
  chats: readonly string[],
): string | undefined {
  if (chats.length < 2) return undefined;
  const last = seen[person]?.findLast((sight) => sight.seq <= seq && chats.includes(sight.surface));
  if (last) return last.surface;
  const { ids = {} } = people[person] ?? {};
  return Object.keys(rooms).find((surface) => chats.includes(surface) && Object.hasOwn(ids, surface));
}
