// Somebody with an account on two platforms is pinged on one of them for a fact: where they are; on the other when that fails.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../src/adapters/sqlite/directory.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import { createHandler, type Handler } from '../../src/core/handle.ts';
import type { Outlet, Store } from '../../src/core/ports.ts';
import { SETTINGS, TUESDAY_AFTERNOON } from '../support/room.ts';

let folder: string;
let store: Store;
let handler: Handler;
let pinged: string[];
let down: string | undefined;
/** People whom a platform can never reach. */
let unknown: Readonly<Record<string, readonly string[]>>;
let waiting: (() => void)[];
let orders = 0;

beforeEach(() => {
  [pinged, down, unknown, waiting] = [[], undefined, {}, []];
  folder = mkdtempSync(join(tmpdir(), 'baton-pings-'));
  const database = openDatabase(folder);
  store = sqliteStore(database);
  const surface = (name: string): Outlet => ({
    name,
    takes: ['ping', 'announce'],
    async deliver(effect) {
      if (down === name) throw new Error(`${name} is down`);
      if (effect.type !== 'ping') return undefined;
      const missed = effect.to.filter((person) => unknown[name]?.includes(person));
      for (const person of effect.to) if (!missed.includes(person)) pinged.push(`${name} ${person} ${effect.line}`);
      return missed;
    },
  });
  const ids = { teams: 'a', discord: 'b' };
  handler = createHandler({
    store,
    directory: sqliteDirectory(database),
    jobs: { keep: async () => false, start: async () => {}, stop: async () => {} },
    outlets: [surface('teams'), surface('discord')],
    settings: SETTINGS,
    people: {
      ann: { id: 'ann', name: 'Ann', ids },
      bob: { id: 'bob', name: 'Bob', ids },
      cat: { id: 'cat', name: 'Cat' },
    },
    now: () => TUESDAY_AFTERNOON,
    later: (_, task) => void waiting.push(task),
    log: { info() {}, warn() {}, error() {} },
  });
});
afterEach(async () => {
  await handler.settled();
  await store.stop();
  rmSync(folder, { recursive: true });
});

async function order(via: string, by: string, command: string, fields: Record<string, unknown> = {}): Promise<void> {
  orders += 1;
  const incident = command === 'declare' ? {} : { incident: 'INC-1' };
  const answer = await handler.handle({ id: `${via}:${orders}`, by, command, fields, via, ...incident });
  if ('refusal' in answer) throw new Error(`${command} was refused: ${answer.refusal.refused}`);
  await handler.settled();
}

/** Ann commands from Teams, and each platform has its room, that of Teams first. */
async function open(): Promise<void> {
  await order('teams', 'ann', 'declare', { title: 'Checkout fails' });
  for (const via of ['teams', 'discord']) await order(via, 'baton', 'report-room', { room: `${via}-room` });
  await order('teams', 'ann', 'join-call');
  await order('teams', 'ann', 'take-command');
  pinged.length = 0;
}

const delegate = (owner: string) => order('teams', 'ann', 'delegate', { what: 'look', owner });

test('where they last said something or were seen', async () => {
  await open();
  await order('discord', 'bob', 'join-call', { observed: true });
  await delegate('bob');
  expect(pinged).toEqual([expect.stringMatching(/^discord bob /)]);
  await order('teams', 'bob', 'note', { text: 'I am in Teams now' });
  await delegate('bob');
  expect(pinged.slice(1)).toEqual([expect.stringMatching(/^teams bob /)]);
});

test('whom nobody has seen yet: in the first room in which they have an account, and wherever they are known without', async () => {
  await open();
  await delegate('bob');
  expect(pinged).toEqual([expect.stringMatching(/^teams bob /)]);
  await delegate('cat');
  expect(
    pinged
      .slice(1)
      .map((one) => one.split(' ').slice(0, 2).join(' '))
      .sort(),
  ).toEqual(['discord cat', 'teams cat']);
});

test('what they do after the fact pings them nowhere else, however late a platform delivers', async () => {
  await open();
  await order('teams', 'bob', 'note', { text: 'here' });
  down = 'teams';
  await delegate('bob');
  await order('discord', 'bob', 'note', { text: 'Teams is slow' });
  expect(pinged).toEqual([]);
  down = undefined;
  for (const task of waiting.splice(0)) task();
  await handler.settled();
  expect(pinged).toEqual([expect.stringMatching(/^teams bob /)]);
});

test('who cannot be reached there is pinged on the other at once', async () => {
  await open();
  unknown = { teams: ['bob'] };
  await delegate('bob');
  expect(pinged).toEqual([expect.stringMatching(/^discord bob /)]);
});

test('whom only one platform knows is pinged there once, though the other cannot', async () => {
  await open();
  unknown = { teams: ['cat'] };
  await delegate('cat');
  expect(pinged).toEqual([expect.stringMatching(/^discord cat /)]);
});

test('a platform that stays down has its pings taken over, and does not repeat them when it is back', async () => {
  await open();
  await order('teams', 'bob', 'note', { text: 'here' });
  down = 'teams';
  await delegate('bob');
  for (let tries = 0; tries < 6; tries += 1) {
    for (const task of waiting.splice(0)) task();
    await handler.settled();
  }
  expect(pinged).toEqual([expect.stringMatching(/^discord bob /)]);
  down = undefined;
  for (const task of waiting.splice(0)) task();
  await handler.settled();
  expect(pinged).toHaveLength(1);
  // From then on it is where they are again.
  await delegate('bob');
  expect(pinged[1]).toMatch(/^teams bob /);
});
