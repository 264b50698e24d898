/** Ten thousand open incidents with all their clocks: how soon Baton is ready, how late it rings, what it takes at rest. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BatonProcess, readyAt, startBaton } from '../durability/baton-process.ts';
import { fill } from './open-incidents.ts';
import { median, type Result } from './result.ts';

const INCIDENTS = 10_000;
const RESTARTS = 3;
const WATCHED = 120_000;
const SCRAPES = 25;
/** Of one core: below this it is done with what there is to do after a start. */
const SETTLED = 15;
/** Milliseconds that it may take for that, before it is measured regardless. */
const PATIENCE = 180_000;

/** What `/metrics` says, by name; the buckets of the lateness by their limit in seconds. */
interface Reading {
  readonly processor: number;
  readonly resident: number;
  readonly heap: number;
  readonly rings: number;
  readonly within: ReadonlyMap<number, number>;
}

async function read(address: URL): Promise<Reading> {
  const text = await (await fetch(new URL('/metrics', address))).text();
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? 0);
  const buckets = [...text.matchAll(/^baton_ring_lateness_seconds_bucket\{le="([\d.]+)"\} (\d+)/gm)];
  return {
    processor: value('process_cpu_seconds_total'),
    resident: value('process_resident_memory_bytes'),
    heap: value('nodejs_heap_size_used_bytes'),
    rings: value('baton_ring_lateness_seconds_count'),
    within: new Map(buckets.map(([, limit, count]) => [Number(limit), Number(count)])),
  };
}

async function started(folder: string): Promise<{ readonly baton: BatonProcess; readonly address: URL; took: number }> {
  const baton = startBaton({ folder });
  const address = await readyAt(baton);
  return { baton, address, took: (Date.now() - baton.spawnedAt) / 1_000 };
}

async function ended({ baton }: { readonly baton: BatonProcess }): Promise<void> {
  baton.kill('SIGTERM');
  await baton.ended;
}

/** A Baton that has nothing to do. */
async function base(folder: string): Promise<Reading & { readonly scrape: number }> {
  const one = await started(folder);
  await sleep(10_000);
  const found = { ...(await read(one.address)), scrape: await scrape(one.address) };
  await ended(one);
  return found;
}

/** How long a scrape takes, in milliseconds: the median of several. */
async function scrape(address: URL): Promise<number> {
  const took: number[] = [];
  for (let n = 0; n < SCRAPES; n += 1) {
    const began = performance.now();
    await read(address);
    took.push(performance.now() - began);
  }
  return median(took);
}

/** Until it has kept every clock. */
async function settled(address: URL): Promise<void> {
  const until = Date.now() + PATIENCE;
  for (let before = await read(address); Date.now() < until; ) {
    await sleep(5_000);
    const after = await read(address);
    if (after.processor - before.processor < (SETTLED / 100) * 5) return;
    before = after;
  }
}

export async function measure(): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  try {
    const [empty, full] = [join(folder, 'empty'), join(folder, 'full')];
    for (const one of [empty, full]) mkdirSync(join(one, 'data'), { recursive: true });
    const events = await fill(join(full, 'data'), INCIDENTS);
    const nothing = await base(empty);
    // The first start has every clock to keep.
    const first = await started(full);
    await settled(first.address);
    await ended(first);
    const restarts: number[] = [];
    let one = await started(full);
    for (let n = 1; n < RESTARTS; n += 1) {
      restarts.push(one.took);
      await ended(one);
      one = await started(full);
    }
    restarts.push(one.took);
    await settled(one.address);
    const before = await read(one.address);
    await sleep(WATCHED);
    const after = await read(one.address);
    const scraped = await scrape(one.address);
    await ended(one);
    return [
      { name: `events of ${INCIDENTS.toLocaleString('en')} open incidents`, value: events, unit: '' },
      { name: 'from the start to ready, the first time', value: first.took, unit: 's', goal: { atMost: 5 } },
      {
        name: `the same, the median of ${RESTARTS} restarts`,
        value: median(restarts),
        unit: 's',
        goal: { atMost: 5 },
      },
      ...lateness(before, after),
      {
        name: 'of one core at rest',
        value: ((after.processor - before.processor) / (WATCHED / 1_000)) * 100,
        unit: '%',
        goal: { atMost: 10 },
      },
      {
        name: 'of memory per open incident beyond the base (resident)',
        value: (after.resident - nothing.resident) / 1_024 / INCIDENTS,
        unit: 'KiB',
        goal: { atMost: 20 },
      },
      { name: 'the same, of JavaScript alone', value: (after.heap - nothing.heap) / 1_024 / INCIDENTS, unit: 'KiB' },
      { name: 'for a scrape of /metrics', value: scraped, unit: 'ms' },
      { name: 'for the same with no incident', value: nothing.scrape, unit: 'ms' },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function lateness(before: Reading, after: Reading): Result[] {
  const rings = after.rings - before.rings;
  const counts = [...after.within].map(([limit, count]) => [limit, count - (before.within.get(limit) ?? 0)] as const);
  const limit = counts.find(([, count]) => count >= rings * 0.99)?.[0] ?? Number.POSITIVE_INFINITY;
  return [
    { name: `rings in ${WATCHED / 1_000} s`, value: rings, unit: '' },
    { name: 'of them at most this late, 99 of 100', value: limit, unit: 's', goal: { atMost: 1 } },
  ];
}
