/** A process of the bench of instances: gives orders, or only writes, for some seconds, and says what was acknowledged. */
import { mongoDirectory } from '../../src/adapters/mongodb/directory.ts';
import { mongoSharing } from '../../src/adapters/mongodb/sharing.ts';
import { mongoStore } from '../../src/adapters/mongodb/store.ts';
import { keepFollowing } from '../../src/following.ts';
import { openDatabase, QUIET } from '../adapters/mongodb/test-database.ts';
import { note, summary } from '../contracts/sample.ts';
import { bareHandler } from './bare-handler.ts';

export interface Worked {
  /** All that were acknowledged. */
  readonly orders: readonly string[];
  /** What was done once it was warm, and in how long. */
  readonly counted: number;
  readonly conflicts: number;
  readonly seconds: number;
}

/** So many that two instances seldom have an order for the same one at the same moment, as with people in chats. */
export const INCIDENTS = 200;
/** Orders that one process has under way. */
const AT_ONCE = 8;
/** Until code is compiled and every incident has been touched; then what is counted, both in milliseconds. */
const WARM_UP = 12_000;
const COUNTED = 10_000;

async function work(where: string, name: string): Promise<Worked> {
  const database = await openDatabase(where);
  const kept = mongoStore(database);
  let conflicts = 0;
  const store = {
    ...kept,
    append: async (...given: Parameters<typeof kept.append>) => {
      const outcome = await kept.append(...given);
      if (outcome === 'conflict') conflicts += 1;
      return outcome;
    },
  };
  const sharing = await mongoSharing(database, { log: QUIET });
  const handler = bareHandler(store, mongoDirectory(database), sharing);
  const following = keepFollowing(handler, sharing, QUIET);
  const orders: string[] = [];
  const order = async () => {
    const id = `${name}-${orders.length}-${Math.random()}`;
    const given = { id, command: 'note', incident: anyIncident(), by: 'ann', fields: { text: id }, via: 'bench' };
    const answer = await handler.handle(given);
    if ('refusal' in answer) throw new Error(`the bench was refused: ${answer.refusal.refused}`);
    orders.push(id);
  };
  await side(WARM_UP, order);
  const warm = { orders: orders.length, conflicts };
  const seconds = await side(COUNTED, order);
  await following.stop();
  await handler.settled();
  await kept.stop();
  return { orders, counted: orders.length - warm.orders, conflicts: conflicts - warm.conflicts, seconds };
}

/** The driver alone, with an update of the same size and no question asked: how far the database itself goes. */
async function write(where: string, name: string): Promise<Worked> {
  const { collections, close } = await openDatabase(where);
  const orders: string[] = [];
  const update = async () => {
    const id = `${name}-${orders.length}-${Math.random()}`;
    await collections.incidents.updateOne({ _id: anyIncident() }, {
      $set: { summary: summary() },
      $inc: { version: 1 },
      $push: { events: { ...note(orders.length), order: id } },
    } as object);
    orders.push(id);
  };
  await side(WARM_UP, update);
  const warm = orders.length;
  const seconds = await side(COUNTED, update);
  await close();
  return { orders, counted: orders.length - warm, conflicts: 0, seconds };
}

const anyIncident = () => `INC-${1 + Math.floor(Math.random() * INCIDENTS)}`;

/** Does something side by side for so many milliseconds; resolves to how many seconds it took. */
async function side(milliseconds: number, task: () => Promise<void>): Promise<number> {
  const start = performance.now();
  async function one(): Promise<void> {
    while (performance.now() - start < milliseconds) await task();
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return (performance.now() - start) / 1_000;
}

if (import.meta.main) {
  const [where = '', name = '', how] = process.argv.slice(2);
  process.stdout.write(JSON.stringify(await (how === 'raw' ? write : work)(where, name)));
}
