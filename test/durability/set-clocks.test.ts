// Clocks that are set an hour ahead or back, while Baton runs or while it is away: reminders go on at their pace.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../src/adapters/sqlite/directory.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import { createHandler, type Handler } from '../../src/core/handle.ts';
import type { Store } from '../../src/core/ports.ts';
import { DEFAULTS } from '../../src/core/settings.ts';
import { sweep } from '../../src/core/sweep.ts';
import { steadyClock } from '../../src/steady-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const log = { info() {}, warn() {}, error() {} };

let folder: string;
let store: Store;
let handler: Handler;
/** What the machine's clock shows, and how long the machine has run. */
let wall: number;
let steady: number;
let now: () => number;

function life(): void {
  const database = openDatabase(folder);
  store = sqliteStore(database);
  now = steadyClock(
    () => wall,
    () => steady,
  );
  handler = createHandler({
    store,
    directory: sqliteDirectory(database),
    jobs: { keep: async () => false, start: async () => {}, stop: async () => {} },
    outlets: [],
    settings: DEFAULTS,
    people: { ann: { id: 'ann', name: 'Ann' } },
    now: () => now(),
    later: () => {},
    log,
  });
}

/** Time passes, and all that is left to remind people is the sweep of each minute. */
async function minutes(many: number): Promise<void> {
  for (let n = 0; n < many; n += 1) {
    wall += MINUTE;
    steady += MINUTE;
    await sweep(handler, store, now(), log);
    await handler.settled();
  }
}

async function sought(): Promise<number> {
  const events = await handler.events('INC-1');
  expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted((a, b) => a - b));
  return events.filter(({ type }) => type === 'commander-sought').length;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-clocks-'));
  wall = Date.UTC(2026, 2, 3, 14);
  steady = 1_000;
  life();
  await handler.handle({ id: 'one', by: 'ann', command: 'declare', fields: { title: 'Down' }, via: 'test' });
  // After 3 min, and each 2 min after that.
  await minutes(10);
  expect(await sought()).toBe(4);
});

afterEach(async () => {
  await store.stop();
  rmSync(folder, { recursive: true });
});

test('set back an hour, nothing waits for that hour', async () => {
  wall -= HOUR;
  await minutes(10);
  expect(await sought()).toBe(9);
});

test('set an hour ahead, one is said at once and the next at its pace, and the same when that is put right', async () => {
  wall += HOUR;
  await minutes(10);
  expect(await sought()).toBeGreaterThanOrEqual(9);
  expect(await sought()).toBeLessThanOrEqual(10);
  const before = await sought();
  wall -= HOUR;
  await minutes(10);
  expect(await sought()).toBe(before + 5);
});

test('set back an hour while Baton is away, nothing waits for that hour either', async () => {
  await store.stop();
  wall -= HOUR;
  steady = 0;
  life();
  await sweep(handler, store, now(), log);
  await minutes(10);
  expect(await sought()).toBe(9);
});

test('asleep for an hour, what came due is said once', async () => {
  wall += HOUR;
  await minutes(1);
  expect(await sought()).toBe(5);
});
