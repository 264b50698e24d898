/** One, two and four processes that work on the same incidents of one MongoDB: what they get done, and where they collide. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { dropDatabase, freshDatabase, open } from '../adapters/mongodb/test-database.ts';
import { declared, summary } from '../contracts/sample.ts';
import { INCIDENTS, type Worked } from './instance-worker.ts';
import type { Result } from './result.ts';

const WORKER = join(import.meta.dirname, 'instance-worker.ts');

interface Together {
  readonly perSecond: number;
  readonly conflicts: number;
  readonly lost: number;
}

/** @param how `raw`: the driver alone writes */
async function together(instances: number, how: 'orders' | 'raw' = 'orders'): Promise<Together> {
  const where = await freshDatabase();
  const store = await open(where);
  try {
    for (let n = 1; n <= INCIDENTS; n += 1) await store.append(`INC-${n}`, 0, [declared()], summary());
    const workers = Array.from({ length: instances }, async (_, n): Promise<Worked> => {
      const child = spawn(process.execPath, [WORKER, where, `instance-${n}`, how], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      await once(child, 'close');
      return JSON.parse(said) as Worked;
    });
    const worked = await Promise.all(workers);
    const there = new Set<string>();
    for (let n = 1; n <= INCIDENTS; n += 1) {
      for (const { order } of (await store.load(`INC-${n}`))?.events ?? []) if (order) there.add(order);
    }
    const orders = worked.flatMap((one) => one.orders);
    return {
      perSecond: worked.reduce((sum, one) => sum + one.orders.length / one.seconds, 0),
      conflicts: worked.reduce((sum, one) => sum + one.conflicts, 0),
      lost: orders.filter((order) => !there.has(order)).length,
    };
  } finally {
    await store.stop();
    await dropDatabase(where);
  }
}

export async function measure(): Promise<Result[]> {
  if (!process.env.MONGODB_TEST_URI) return [];
  const results: Result[] = [{ name: 'cores of this machine', value: availableParallelism(), unit: '' }];
  let [alone, rawAlone] = [Number.NaN, Number.NaN];
  for (const count of [1, 2, 4]) {
    const { perSecond, conflicts, lost } = await together(count);
    const raw = await together(count, 'raw');
    if (count === 1) [alone, rawAlone] = [perSecond, raw.perSecond];
    const name = `${count} ${count === 1 ? 'instance' : 'instances'} on one MongoDB`;
    results.push(
      { name: `orders by ${name}`, value: perSecond, unit: '/s' },
      // Only where the machine has the cores, and the database takes writes to one collection side by side.
      {
        name: `${name} against one`,
        value: perSecond / alone,
        unit: 'times',
        ...(count === 2 && { goal: { atLeast: 1.6 } }),
      },
      { name: `${count} of the bare driver against one of it`, value: raw.perSecond / rawAlone, unit: 'times' },
      { name: `appends by ${name} that lost a race and were decided anew`, value: conflicts, unit: '' },
      { name: `orders lost by ${name}`, value: lost, unit: '', goal: { atMost: 0 } },
    );
  }
  return results;
}
