// Clocks that several instances keep: whichever of them is slow, the jobs are those that the newest state wants, and none rings in vain.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../src/adapters/sqlite/directory.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import { clocksOf } from '../../src/core/clocks.ts';
import type { Clock } from '../../src/core/contract.ts';
import { createHandler, type Handler } from '../../src/core/handle.ts';
import type { Jobs, Sharing, Store } from '../../src/core/ports.ts';
import { DEFAULTS } from '../../src/core/settings.ts';

const ANYWHERE = { keeps: async () => 'elsewhere', takeOver: async () => [], changed: async () => [] };

let folder: string;
let database: ReturnType<typeof openDatabase>;
let store: Store;
let now: number;
/** The jobs that all instances share. */
let jobs: Map<string, readonly Clock[]>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-several-'));
  database = openDatabase(folder);
  store = sqliteStore(database);
  jobs = new Map();
  now = Date.UTC(2026, 2, 3, 14);
});
afterEach(async () => {
  await store.stop();
  rmSync(folder, { recursive: true });
});

const keep: Jobs['keep'] = async (id, clocks) => {
  const isOff = JSON.stringify(jobs.get(id)) !== JSON.stringify(clocks);
  jobs.set(id, clocks);
  return isOff;
};

function instance(keeping: Jobs['keep'], later: (delay: number, task: () => void) => void = () => {}): Handler {
  return createHandler({
    store,
    directory: sqliteDirectory(database),
    jobs: { keep: keeping, start: async () => {}, stop: async () => {} },
    sharing: ANYWHERE as unknown as Sharing,
    outlets: [],
    settings: DEFAULTS,
    people: { ann: { id: 'ann', name: 'Ann' }, bob: { id: 'bob', name: 'Bob' } },
    now: () => now,
    later,
    log: { info() {}, warn() {}, error() {} },
  });
}

const declare = { id: 'one', by: 'ann', command: 'declare', fields: { title: 'Down' }, via: 'test' };
const take = { id: 'two', by: 'ann', command: 'take-command', incident: 'INC-1', fields: {}, via: 'test' };

/** What the newest state wants, asked of an instance that has nothing in mind. */
async function wanted(): Promise<readonly Clock[]> {
  const fresh = instance(keep);
  const incident = await fresh.incident('INC-1');
  return incident ? clocksOf(incident, await fresh.world()) : [];
}

test('an instance that comes late with the clocks of an older state leaves those of the newest', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const slow = instance(async (...given) => {
    await gate;
    return keep(...given);
  });
  const quick = instance(keep);
  await slow.handle(declare);
  now += 1_000;
  await quick.handle(take);
  await quick.settled();
  const kept = jobs.get('INC-1');
  expect(kept).toEqual(await wanted());
  open();
  await slow.settled();
  expect(jobs.get('INC-1')).toEqual(kept);
});

test('a clock that rings a moment before its time rings all the same, because its job goes with it', async () => {
  const one = instance(keep);
  await one.handle(declare);
  await one.settled();
  const [first] = jobs.get('INC-1') ?? [];
  if (!first) throw new Error('no clock is wanted');
  now = first.at - 1;
  await one.ring('INC-1', first);
  await one.settled();
  expect(jobs.get('INC-1')).not.toContainEqual(first);
  expect((await one.events('INC-1')).at(-1)?.at).toBe(first.at);
});

test('clocks that could not be kept are kept a moment later, whoever keeps the incident', async () => {
  let fails = true;
  const delays: number[] = [];
  const tasks: (() => void)[] = [];
  const one = instance(
    async (...given) => {
      if (fails) throw new Error('the database is away');
      return keep(...given);
    },
    (delay, task) => {
      delays.push(delay);
      tasks.push(task);
    },
  );
  await one.handle(declare);
  await one.settled();
  for (let tries = 0; tries < 9; tries += 1) {
    for (const task of tasks.splice(0)) task();
    await one.settled();
  }
  expect(delays).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60].map((seconds) => seconds * 1_000));
  fails = false;
  for (const task of tasks.splice(0)) task();
  await one.settled();
  expect(jobs.get('INC-1')).toEqual(await wanted());
  expect(tasks).toEqual([]);
});
