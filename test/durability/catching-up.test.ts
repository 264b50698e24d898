// What is made good at start and each minute, and what happens at once: nobody waits for somebody else's slow receiver, nobody is lost.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../src/adapters/sqlite/directory.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import { createHandler, type Handler } from '../../src/core/handle.ts';
import type { Outlet, Sharing, Store } from '../../src/core/ports.ts';
import { DEFAULTS } from '../../src/core/settings.ts';
import { sweep } from '../../src/core/sweep.ts';
import { PEOPLE, SETTINGS } from '../support/room.ts';

const log = { info() {}, warn() {}, error() {} };

let folder: string;
let store: Store;
let handlers: Handler[];
let now: number;
/** What a handler wants to do later. */
let later: (() => void)[];
/** Incidents whose clocks were looked through. */
let looked: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-catching-up-'));
  handlers = [];
  later = [];
  looked = [];
  now = Date.UTC(2026, 2, 3, 14);
});
afterEach(async () => {
  await store.stop();
  rmSync(folder, { recursive: true });
});

function life(
  outlets: readonly Outlet[],
  change: (kept: Store) => Store = (kept) => kept,
  sharing?: Sharing,
  settings = DEFAULTS,
): Handler {
  const database = openDatabase(folder);
  store = change(sqliteStore(database));
  const handler = createHandler({
    store,
    directory: sqliteDirectory(database),
    jobs: {
      keep: async (id) => {
        looked.push(id);
        return false;
      },
      start: async () => {},
      stop: async () => {},
    },
    outlets,
    ...(sharing && { sharing }),
    settings,
    people: PEOPLE,
    now: () => now,
    later: (_delay, task) => void later.push(task),
    log,
  });
  handlers.push(handler);
  return handler;
}

test('a receiver that never answers for one incident holds up neither clocks nor deliveries of the others', async () => {
  const before = life([]);
  for (const title of ['First', 'Second', 'Third']) {
    await before.handle({ id: title, command: 'declare', by: 'ann', fields: { title }, via: 'test' });
  }
  await before.settled();
  await store.stop();

  now += 3 * 60_000;
  const arrived = new Set<string>();
  const stuck: Outlet = {
    name: 'stuck',
    takes: ['announce'],
    deliver: async (_effect, { id }) => {
      arrived.add(id);
      await new Promise(() => {});
    },
  };
  const after = life([stuck]);
  await sweep(after, store, now, log);
  for (const id of ['INC-1', 'INC-2', 'INC-3']) {
    const sought = (await after.events(id)).filter(({ type }) => type === 'commander-sought');
    expect(sought).toHaveLength(1);
  }
  await new Promise(setImmediate);
  expect([...arrived].sort()).toEqual(['INC-1', 'INC-2', 'INC-3']);
});

test('a page that waited for a slow receiver goes by what happened meanwhile: nobody is rung who has answered', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const answered: Record<string, boolean> = {};
  const handler = life(
    [
      {
        name: 'pager',
        takes: ['page'],
        async deliver(effect, incident) {
          if (effect.type !== 'page') return;
          const pages = Object.values(incident.seats).flatMap((seat) => seat.pages);
          answered[effect.person] = pages.some((page) => page.person === effect.person && page.answered !== undefined);
          if (effect.person === 'cat') await gate;
        },
      },
    ],
    undefined,
    undefined,
    SETTINGS,
  );
  const fields = { title: 'Down', service: 'payments', severity: 'SEV-1' };
  await handler.handle({ id: 'one', by: 'bob', command: 'declare', fields, via: 'test' });
  await handler.handle({ id: 'two', by: 'eve', command: 'answer-page', incident: 'INC-1', fields: {}, via: 'test' });
  open();
  await handler.settled();
  expect(answered).toMatchObject({ cat: false, eve: true });
});

test('people whose names come to the same id are each kept when they come at once, and one who comes twice is one', async () => {
  const handler = life([]);
  const names = ['Jo Ann', 'Jo-Ann', 'Jo. Ann', 'jo ann'];
  const known = await Promise.all(names.map((name) => handler.introduce(name)));
  expect(known.map(({ person }) => person.id)).toEqual(['jo-ann', 'jo-ann-2', 'jo-ann-3', 'jo-ann']);
  await store.stop();
  const { people } = await life([]).world();
  expect(['jo-ann', 'jo-ann-2', 'jo-ann-3'].map((id) => people[id]?.name)).toEqual(['Jo Ann', 'Jo-Ann', 'Jo. Ann']);
});

test('what was delivered is not delivered again because the store could not be told, or because what follows fails', async () => {
  const delivered: string[] = [];
  let storeFails = true;
  let receiverFails = true;
  const receiver: Outlet = {
    name: 'receiver',
    takes: ['open-room', 'open-call'],
    async deliver({ id, type }) {
      // Both follow from one event.
      if (type === 'open-call' && receiverFails) throw new Error('the receiver is down');
      delivered.push(id);
    },
  };
  const handler = life([receiver], (kept) => ({
    ...kept,
    async delivered(...cursor) {
      if (storeFails) throw new Error('the store is down');
      return kept.delivered(...cursor);
    },
  }));
  const again = async () => {
    for (const task of later.splice(0)) task();
    await handler.settled();
  };
  await handler.handle({ id: 'one', by: 'ann', command: 'declare', fields: { title: 'Down' }, via: 'test' });
  await handler.settled();
  await again();
  expect(delivered).toEqual(['INC-1/1/0']);
  receiverFails = false;
  await again();
  await again();
  expect(delivered).toEqual(['INC-1/1/0', 'INC-1/1/1']);
  expect((await store.load('INC-1'))?.cursors.receiver).toBeUndefined();
  storeFails = false;
  await again();
  expect(delivered).toEqual(['INC-1/1/0', 'INC-1/1/1']);
  expect((await store.load('INC-1'))?.cursors.receiver).toBeGreaterThan(0);
  expect(later).toEqual([]);
});

test('an incident in which nothing happens is left alone until its next clock, which is rung though no job did', async () => {
  const handler = life([]);
  const sweeps = async () => {
    looked.splice(0);
    await sweep(handler, store, now, log);
    await handler.settled();
    return looked.length;
  };
  const sought = async () => (await handler.events('INC-1')).filter(({ type }) => type === 'commander-sought').length;
  await handler.handle({ id: 'one', by: 'ann', command: 'declare', fields: { title: 'Down' }, via: 'test' });
  await handler.settled();
  expect(await sweeps()).toBeGreaterThan(0);
  expect(await sweeps()).toBe(0);

  // What somebody does is looked at once more, and then it is calm again.
  await handler.handle({ id: 'two', by: 'ann', command: 'join-call', fields: {}, incident: 'INC-1', via: 'test' });
  await handler.settled();
  expect(await sweeps()).toBeGreaterThan(0);
  expect(await sweeps()).toBe(0);

  expect(await sought()).toBe(1);
  now += 3 * 60_000;
  expect(await sweeps()).toBeGreaterThan(0);
  expect(await sought()).toBe(2);
});

test('what was kept though the store said otherwise is known to whoever asks next, and not carried out again', async () => {
  let breaks = false;
  const handler = life([], (kept) => ({
    ...kept,
    async append(...appended) {
      const outcome = await kept.append(...appended);
      if (breaks) throw new Error('the disk did not answer');
      return outcome;
    },
  }));
  await handler.handle({ id: 'one', by: 'ann', command: 'declare', fields: { title: 'Down' }, via: 'test' });
  const join = { id: 'two', by: 'ann', command: 'join-call', fields: {}, incident: 'INC-1', via: 'test' };
  breaks = true;
  await expect(handler.handle(join)).rejects.toThrow('did not answer');
  breaks = false;
  expect((await handler.incident('INC-1'))?.people.ann?.on).toEqual(['hand']);
  expect(await handler.handle(join)).toMatchObject({ repeated: true });
});

test('what could not be delivered is tried in every sweep', async () => {
  let fails = true;
  const arrived: string[] = [];
  const handler = life([
    {
      name: 'receiver',
      takes: ['open-room'],
      async deliver({ id }) {
        if (fails) throw new Error('the receiver is down');
        arrived.push(id);
      },
    },
  ]);
  await handler.handle({ id: 'one', by: 'ann', command: 'declare', fields: { title: 'Down' }, via: 'test' });
  await handler.settled();
  for (let n = 0; n < 3; n += 1) await sweep(handler, store, now, log);
  await handler.settled();
  fails = false;
  await sweep(handler, store, now, log);
  await handler.settled();
  expect(arrived).toEqual(['INC-1/1/0']);
});

test('what was delivered is not delivered again by an instance that was not heard for a moment', async () => {
  const delivered: string[] = [];
  let refuses = true;
  let keeping: 'kept' | 'elsewhere' = 'kept';
  const receiver: Outlet = {
    name: 'receiver',
    takes: ['open-room'],
    deliver: async ({ id }) => void delivered.push(id),
  };
  const sharing = {
    keeps: async () => keeping,
    takeOver: async () => [],
    changed: async () => [],
  } as unknown as Sharing;
  const refusing = (kept: Store): Store => ({
    ...kept,
    async delivered(...cursor) {
      if (refuses) throw new Error('the database refuses');
      return kept.delivered(...cursor);
    },
  });
  const handler = life([receiver], refusing, sharing);
  await handler.handle({ id: 'one', by: 'ann', command: 'declare', fields: { title: 'Down' }, via: 'test' });
  await handler.settled();
  for (const next of ['elsewhere', 'kept'] as const) {
    keeping = next;
    for (const task of later.splice(0)) task();
    await handler.catchUp('INC-1');
    await handler.settled();
  }
  refuses = false;
  for (const task of later.splice(0)) task();
  await handler.settled();
  expect(delivered).toEqual(['INC-1/1/0']);
  expect((await store.load('INC-1'))?.cursors.receiver).toBeGreaterThan(0);
});

test('a surface that is down for an hour is given everything once, in order, when it is back; meanwhile the others are served', async () => {
  const HOUR = 3_600_000;
  const began = now;
  const taken: Record<string, string[]> = { down: [], up: [] };
  const outlet = (name: 'down' | 'up'): Outlet => ({
    name,
    takes: ['announce'],
    async deliver({ id }) {
      if (name === 'down' && now < began + HOUR) throw new Error('the surface is down');
      taken[name]?.push(id);
    },
  });
  const handler = life([outlet('down'), outlet('up')]);
  await handler.handle({ id: 'one', by: 'ann', command: 'declare', fields: { title: 'Down' }, via: 'test' });
  await handler.settled();
  for (let minute = 1; minute <= 62; minute += 1) {
    now = began + minute * 60_000;
    const text = `Minute ${minute}`;
    await handler.handle({ id: text, by: 'ann', command: 'note', incident: 'INC-1', fields: { text }, via: 'test' });
    await handler.ring('INC-1');
    await handler.settled();
    if (minute < 60) expect(taken.down).toEqual([]);
    // The longest that a handler waits before it tries again.
    for (const task of later.splice(0)) task();
    await handler.settled();
  }
  expect(taken.up?.length).toBeGreaterThan(62);
  expect(new Set(taken.up).size).toBe(taken.up?.length);
  expect(taken.down).toEqual(taken.up);
});
