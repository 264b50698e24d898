/** The thousandth command of an incident against its first, kept in SQLite: the same order, in incidents of both lengths. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../src/adapters/sqlite/directory.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import type { Handler } from '../../src/core/handle.ts';
import { bareHandler } from './bare-handler.ts';
import { median, type Result } from './result.ts';

const COMMANDS = 1_000;
const PAIRS = 400;
const WARM_UP = 100;

let orders = 0;
async function give(handler: Handler, command: string, fields: Record<string, string>, incident?: string) {
  orders += 1;
  const order = { id: `bench-${orders}`, command, by: 'ann', fields, via: 'bench' };
  const answer = await handler.handle(incident === undefined ? order : { ...order, incident });
  if ('refusal' in answer) throw new Error(`the bench was refused: ${answer.refusal.refused}`);
  return answer.incident.id;
}

export async function measure(): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  const database = openDatabase(folder);
  const store = sqliteStore(database);
  const handler = bareHandler(store, sqliteDirectory(database));
  const declare = (title: string) => give(handler, 'declare', { title });
  /** Milliseconds of one note, with all that the handler does before it answers. */
  const timed = async (incident: string) => {
    await handler.settled();
    const start = performance.now();
    await give(handler, 'note', { text: 'Nothing new from support' }, incident);
    return performance.now() - start;
  };
  try {
    const old = await declare('Long');
    for (let n = 1; n < COMMANDS; n += 1) await give(handler, 'note', { text: `Seen on shard ${n}` }, old);
    const [first, thousandth] = [[] as number[], [] as number[]];
    for (let pair = 0; pair < PAIRS + WARM_UP; pair += 1) {
      const young = await timed(await declare(`Young ${pair}`));
      const late = await timed(old);
      if (pair < WARM_UP) continue;
      first.push(young);
      thousandth.push(late);
    }
    return [
      { name: 'the first command of an incident, median', value: median(first), unit: 'ms' },
      {
        name: `a command after ${COMMANDS.toLocaleString('en')} others, median`,
        value: median(thousandth),
        unit: 'ms',
      },
      {
        name: 'a late command against a first one',
        value: median(thousandth) / median(first),
        unit: 'times',
        goal: { atMost: 1.2 },
      },
    ];
  } finally {
    await handler.settled();
    await store.stop();
    rmSync(folder, { recursive: true });
  }
}
