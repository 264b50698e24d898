/** Fills a data directory with incidents that are open and staffed, of all ages, as if Baton had run them until now. */
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import type { Recorded } from '../../src/core/events.ts';
import { DEFAULTS } from '../../src/core/settings.ts';
import { summaryOf } from '../../src/core/summary.ts';
import { Room } from '../support/room.ts';

const MINUTE = 60_000;
/** The oldest one is an hour old. */
const AGES = 60 * MINUTE;
/** Its commander says something this often, so that nobody has to ask whether there still is one. */
const SPOKEN = 5 * MINUTE;
/** So many different stories; of each there are several that differ in nothing but their number. */
const STORIES = 1_000;

/** Of a Baton without configuration: all of it was delivered long ago. */
const OUTLETS = ['console', 'orders', 'publisher', 'teams', 'teams-call', 'teams-pages'];

/** A commander, people on the call, the impact known, and work that its owners have acknowledged and tell of. */
function story(age: number, now: number): Room {
  const room = new Room('Checkout fails for some', { settings: DEFAULTS, at: now - age });
  room.joins('ann', 'bob', 'cat');
  room.does('ann', 'take-command');
  const impact = { sees: 'Some cannot pay', scope: 'subset', frequency: 'sometimes', retries: 'succeed' };
  room.does('ann', 'assess-impact', impact);
  room.does('ann', 'set-severity', { severity: 'SEV-3' });
  room.does('ann', 'delegate', { owner: 'bob', what: 'Look at the payment logs', due: '2h' });
  room.does('bob', 'acknowledge', { activity: 1 });
  room.does('ann', 'delegate', { owner: 'cat', what: 'Compare the last two releases', due: '2h' });
  room.does('cat', 'acknowledge', { activity: 2 });
  // Counted from now on, and each age by itself, so that clocks are spread over all seconds.
  for (let at = now - age + (age % SPOKEN); at < now; at += SPOKEN) {
    room.fastForward(at);
    room.does('ann', 'note', { text: 'Nothing new from support' });
    room.does('bob', 'report', { activity: 1, text: 'Nothing in the logs of this hour' });
  }
  room.fastForward(now);
  return room;
}

/** Resolves to how many events there are. */
export async function fill(dataDir: string, incidents: number): Promise<number> {
  const database = openDatabase(dataDir);
  const store = sqliteStore(database);
  const now = Date.now();
  let events = 0;
  let room: Room | undefined;
  for (let n = 0; n < incidents; n += 1) {
    if (n % Math.ceil(incidents / STORIES) === 0) room = story((AGES * (n + 1)) / incidents, now);
    if (!room) continue;
    const key = `bench-${n}`;
    const [declaration, ...rest] = room.events;
    const told = [{ ...declaration, key } as Recorded, ...rest];
    const outcome = await store.append(`INC-${n + 1}`, 0, told, { ...summaryOf(room.incident), key });
    if (outcome !== 'appended') throw new Error(`the bench was answered ${JSON.stringify(outcome)}`);
    for (const outlet of OUTLETS) await store.delivered(`INC-${n + 1}`, outlet, room.events.length);
    // Nothing of this has to survive a power cut; a moved cursor is durable again.
    database.connection.exec('PRAGMA synchronous = OFF');
    events += room.events.length;
  }
  await store.stop();
  return events;
}
