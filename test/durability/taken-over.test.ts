// What one instance kept and another takes over: drawn as it is by now, caught up with at once, and delivered once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../src/adapters/sqlite/directory.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import { createHandler, type Handler } from '../../src/core/handle.ts';
import type { Outlet, Sharing, Store } from '../../src/core/ports.ts';
import { follow, sweep } from '../../src/core/sweep.ts';
import { PEOPLE, SETTINGS, TUESDAY_AFTERNOON } from '../support/room.ts';

const log = { info() {}, warn() {}, error() {} };

let folder: string;
let store: Store;
let keeping: Awaited<ReturnType<Sharing['keeps']>>;
/** What is to be taken over. */
let taken: string[];
/** Failures of what is asked of the other instances, in the order they come. */
let failures: { keeps: Error[]; changed: Error[] };
/** What the handler wants to do later. */
let later: (() => void)[];
let orders: number;
/** To be handed in again, as whoever follows does. */
let left: Set<string>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-taken-over-'));
  keeping = 'kept';
  taken = [];
  failures = { keeps: [], changed: [] };
  later = [];
  orders = 0;
  left = new Set();
});
afterEach(async () => {
  await store.stop();
  rmSync(folder, { recursive: true });
});

const sharing = {
  async keeps() {
    const failure = failures.keeps.shift();
    if (failure) throw failure;
    const answer = keeping;
    if (answer === 'taken') keeping = 'kept';
    return answer;
  },
  takeOver: async () => taken.splice(0),
  async changed() {
    const failure = failures.changed.shift();
    if (failure) throw failure;
    return [];
  },
} as unknown as Sharing;

/** One instance, which keeps what `keeping` says. */
function instance(...outlets: readonly Outlet[]): Handler {
  const database = openDatabase(folder);
  const kept = sqliteStore(database);
  store = {
    ...kept,
    async load(...given) {
      await setImmediate();
      return kept.load(...given);
    },
  };
  return createHandler({
    store,
    directory: sqliteDirectory(database),
    jobs: { keep: async () => false, start: async () => {}, stop: async () => {} },
    sharing,
    outlets,
    settings: SETTINGS,
    people: PEOPLE,
    now: () => TUESDAY_AFTERNOON,
    later: (_delay, task) => void later.push(task),
    log,
  });
}

async function gives(handler: Handler, command: string, fields: object = {}): Promise<number> {
  orders += 1;
  const incident = command === 'declare' ? {} : { incident: 'INC-1' };
  const order = { id: `${orders}`, by: 'ann', command, fields: { ...fields }, via: 'test', ...incident };
  const answer = await handler.handle(order);
  if ('refusal' in answer) throw new Error(answer.refusal.refused);
  await handler.settled();
  return answer.incident.version;
}

async function follows(handler: Handler): Promise<void> {
  await follow(handler, sharing, log, left);
  await handler.settled();
}

async function again(handler: Handler): Promise<void> {
  for (const task of later.splice(0)) task();
  await handler.settled();
}

/** Notes the versions that it draws. */
function card(drawn: number[], more: Partial<Outlet> = {}): Outlet {
  return { name: 'card', takes: [], deliver: async () => {}, draw: ({ version }) => void drawn.push(version), ...more };
}

test('a card that another instance may not have drawn any more is drawn by whoever takes over', async () => {
  const drawn: number[] = [];
  const handler = instance(card(drawn));
  keeping = 'elsewhere';
  const version = await gives(handler, 'declare', { title: 'Down' });
  expect(drawn).toEqual([]);
  keeping = 'kept';
  taken = ['INC-1'];
  await follows(handler);
  expect(drawn).toEqual([version]);
  // And not again, when nothing happened.
  taken = ['INC-1'];
  await follows(handler);
  expect(drawn).toEqual([version]);
});

test('whoever begins to speak to a platform for all draws there what it had seen before', async () => {
  const drawn: number[] = [];
  let speaks = false;
  const handler = instance(card(drawn, { here: () => speaks }));
  const version = await gives(handler, 'declare', { title: 'Down' });
  // By the instance that spoke there until now.
  await store.delivered('INC-1', 'card', version);
  for (let n = 0; n < 2; n += 1) await sweep(handler, store, TUESDAY_AFTERNOON, log);
  await handler.settled();
  expect(drawn).toEqual([]);
  speaks = true;
  for (let n = 0; n < 2; n += 1) await sweep(handler, store, TUESDAY_AFTERNOON, log);
  await handler.settled();
  expect(drawn).toEqual([version]);
});

test('an incident that was closed is drawn once, however often it is heard of', async () => {
  const drawn: number[] = [];
  const handler = instance(card(drawn));
  await gives(handler, 'declare', { title: 'Down' });
  await gives(handler, 'take-command');
  await gives(handler, 'mitigated');
  const version = await gives(handler, 'close', { reason: 'It was a drill' });
  for (let n = 0; n < 3; n += 1) await handler.noticed('INC-1', version);
  await handler.settled();
  expect((await handler.incident('INC-1'))?.phase).toBe('closed');
  expect(drawn.filter((one) => one === version)).toEqual([version]);
});

test.each([
  ['nobody can say what changed meanwhile', () => failures.changed.push(new Error('the database is away'))],
  ['the first attempt fails', () => failures.keeps.push(new Error('the database is away'))],
])('what is taken over is delivered with the next look, though %s', async (_what, fail) => {
  const delivered: string[] = [];
  const handler = instance({ name: 'pager', takes: ['page'], deliver: async ({ id }) => void delivered.push(id) });
  keeping = 'elsewhere';
  await gives(handler, 'declare', { title: 'Down', service: 'payments' });
  expect(delivered).toEqual([]);
  keeping = 'kept';
  taken = ['INC-1'];
  fail();
  for (let n = 0; n < 2; n += 1) await follows(handler).catch(() => undefined);
  expect(delivered).not.toEqual([]);
  expect(new Set(delivered).size).toBe(delivered.length);
  expect(left.size).toBe(0);
});

test.each([
  ['catches up', (handler: Handler) => handler.catchUp('INC-1').then(() => handler.settled())],
  ['tries again what had failed', again],
])('what another instance delivered meanwhile is not delivered again by whoever %s', async (_what, next) => {
  const delivered: string[] = [];
  let fails = true;
  const handler = instance(
    { name: 'broken', takes: ['open-room'], deliver: () => Promise.reject(new Error('it is down for good')) },
    {
      name: 'receiver',
      takes: ['open-room'],
      async deliver({ id }) {
        if (fails) throw new Error('it is down');
        delivered.push(id);
      },
    },
  );
  const version = await gives(handler, 'declare', { title: 'Down' });
  keeping = 'elsewhere';
  fails = false;
  await store.delivered('INC-1', 'receiver', version);
  keeping = 'taken';
  await next(handler);
  expect(delivered).toEqual([]);
});
