/** One, two and four processes that work on the same incidents of one MongoDB: what they get done, and where they collide. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { dropDatabase, freshDatabase, open } from '../adapters/mongodb/test-database.ts';
import { declared, summary } from '../contracts/sample.ts';
import { holdTo } from './cpu-share.ts';
import { INCIDENTS, type Worked } from './instance-worker.ts';
import type { Result } from './result.ts';

const WORKER = join(import.meta.dirname, 'instance-worker.ts');

interface Together {
  readonly perSecond: number;
  readonly conflicts: number;
  readonly lost: number;
}

/** What stands in for machines of their own: so little of a core for each that all of them and the database have room. */
const SHARE = 0.15;

interface Way {
  /** `raw`: the driver alone writes. */
  readonly how?: 'orders' | 'raw';
  /** Of one core, for each instance; absent: all there is. */
  readonly share?: number;
}

/** Resolves to undefined where processes cannot be held to their share. */
async function together(instances: number, { how = 'orders', share }: Way = {}): Promise<Together | undefined> {
  const where = await freshDatabase();
  const store = await open(where);
  try {
    for (let n = 1; n <= INCIDENTS; n += 1) await store.append(`INC-${n}`, 0, [declared()], summary());
    const workers = Array.from({ length: instances }, async (_, n): Promise<Worked | undefined> => {
      const child = spawn(process.execPath, [WORKER, where, `instance-${n}`, how], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const held = share === undefined ? undefined : holdTo(share, child.pid ?? 0);
      if (share !== undefined && !held) {
        child.kill('SIGKILL');
        return undefined;
      }
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      await once(child, 'close');
      held?.release();
      return JSON.parse(said) as Worked;
    });
    const worked = (await Promise.all(workers)).filter((one) => one !== undefined);
    if (worked.length < instances) return undefined;
    const there = new Set<string>();
    for (let n = 1; n <= INCIDENTS; n += 1) {
      for (const { order } of (await store.load(`INC-${n}`))?.events ?? []) if (order) there.add(order);
    }
    const orders = worked.flatMap((one) => one.orders);
    return {
      perSecond: worked.reduce((sum, one) => sum + one.counted / one.seconds, 0),
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
  return [
    { name: 'cores of this machine', value: availableParallelism(), unit: '' },
    ...(await compared('with all there is', {})),
    ...(await compared(`with ${SHARE} of a core each`, { share: SHARE })),
    ...(await compared('of the bare driver', { how: 'raw' })),
  ];
}

async function compared(named: string, way: Way): Promise<readonly Result[]> {
  const results: Result[] = [];
  let alone = Number.NaN;
  for (const count of [1, 2, 4]) {
    const done = await together(count, way);
    if (!done) return [];
    if (count === 1) alone = done.perSecond;
    const name = `${count} ${count === 1 ? 'instance' : 'instances'} ${named}`;
    // Two on one machine get twice as much done only where it has the cores for them and the database.
    const goal = way.share !== undefined && count === 2 ? { goal: { atLeast: 1.6 } } : {};
    results.push({ name: `writes by ${name}`, value: done.perSecond, unit: '/s' });
    if (count > 1) results.push({ name: `${name} against one`, value: done.perSecond / alone, unit: 'times', ...goal });
    if (way.how === 'raw') continue;
    results.push(
      { name: `appends by ${name} that lost a race and were decided anew`, value: done.conflicts, unit: '' },
      { name: `orders lost by ${name}`, value: done.lost, unit: '', goal: { atMost: 0 } },
    );
  }
  return results;
}
