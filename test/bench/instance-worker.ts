/** A process of the bench of instances: gives orders, or only writes, for some seconds, and says what was acknowledged. */
import { mongoDirectory } from '../../src/adapters/mongodb/directory.ts';
import { mongoStore } from '../../src/adapters/mongodb/store.ts';
import { openDatabase } from '../adapters/mongodb/test-database.ts';
import { note, summary } from '../contracts/sample.ts';
import { bareHandler } from './bare-handler.ts';

export interface Worked {
  readonly orders: readonly string[];
  readonly conflicts: number;
  readonly seconds: number;
}

/** So many that two instances seldom have an order for the same one at the same moment, as with people in chats. */
export const INCIDENTS = 200;
/** Orders that one process has under way. */
const AT_ONCE = 8;
const MILLISECONDS = 12_000;

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
  const handler = bareHandler(store, mongoDirectory(database));
  const orders: string[] = [];
  const seconds = await side(async (n) => {
    const id = `${name}-${n}`;
    const order = { id, command: 'note', incident: anyIncident(), by: 'ann', fields: { text: id }, via: 'bench' };
    const answer = await handler.handle(order);
    if ('refusal' in answer) throw new Error(`the bench was refused: ${answer.refusal.refused}`);
    orders.push(id);
  });
  await handler.settled();
  await kept.stop();
  return { orders, conflicts, seconds };
}

/** The driver alone, with an update of the same size and no question asked: how far the database itself goes. */
async function write(where: string, name: string): Promise<Worked> {
  const { collections, close } = await openDatabase(where);
  const orders: string[] = [];
  const seconds = await side(async (n) => {
    const id = `${name}-${n}`;
    await collections.incidents.updateOne({ _id: anyIncident() }, {
      $set: { summary: summary() },
      $inc: { version: 1 },
      $push: { events: { ...note(n), order: id } },
    } as object);
    orders.push(id);
  });
  await close();
  return { orders, conflicts: 0, seconds };
}

const anyIncident = () => `INC-${1 + Math.floor(Math.random() * INCIDENTS)}`;

/** Does something side by side for a while; resolves to how many seconds it took. */
async function side(task: (n: number) => Promise<void>): Promise<number> {
  const start = performance.now();
  let n = 0;
  async function one(): Promise<void> {
    while (performance.now() - start < MILLISECONDS) {
      n += 1;
      await task(n);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return (performance.now() - start) / 1_000;
}

if (import.meta.main) {
  const [where = '', name = '', how] = process.argv.slice(2);
  process.stdout.write(JSON.stringify(await (how === 'raw' ? write : work)(where, name)));
}
