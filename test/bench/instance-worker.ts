/** A process of the bench of instances: gives orders for some seconds, and says what was acknowledged. */

import { mongoDirectory } from '../../src/adapters/mongodb/directory.ts';
import { mongoStore } from '../../src/adapters/mongodb/store.ts';
import { createHandler } from '../../src/core/handle.ts';
import { DEFAULTS } from '../../src/core/settings.ts';
import { openDatabase, QUIET } from '../adapters/mongodb/test-database.ts';
import { PEOPLE } from '../support/room.ts';

export interface Worked {
  readonly orders: readonly string[];
  readonly conflicts: number;
  readonly seconds: number;
}

export const INCIDENTS = 16;
/** Orders that one process has under way. */
const AT_ONCE = 8;
const MILLISECONDS = 5_000;

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
  const handler = createHandler({
    store,
    directory: mongoDirectory(database),
    jobs: { keep: async () => false, start: async () => {}, stop: async () => {} },
    outlets: [],
    settings: DEFAULTS,
    people: PEOPLE,
    now: Date.now,
    later: () => {},
    log: QUIET,
  });
  const orders: string[] = [];
  const start = performance.now();
  let n = 0;
  async function one(): Promise<void> {
    while (performance.now() - start < MILLISECONDS) {
      n += 1;
      const id = `${name}-${n}`;
      const incident = `INC-${1 + Math.floor(Math.random() * INCIDENTS)}`;
      const answer = await handler.handle({
        id,
        command: 'note',
        incident,
        by: 'ann',
        fields: { text: id },
        via: 'bench',
      });
      if ('refusal' in answer) throw new Error(`the bench was refused: ${answer.refusal.refused}`);
      orders.push(id);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const seconds = (performance.now() - start) / 1_000;
  await handler.settled();
  await kept.stop();
  return { orders, conflicts, seconds };
}

if (import.meta.main) {
  const [where = '', name = ''] = process.argv.slice(2);
  process.stdout.write(JSON.stringify(await work(where, name)));
}
