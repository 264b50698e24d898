// A pager that is set up while incidents are open wakes nobody for what was asked long ago, or has come to something.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ntfy } from '../../../src/adapters/pagers/ntfy.ts';
import { type Paging, pagerOutlets } from '../../../src/adapters/pagers/pager.ts';
import { openDatabase } from '../../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../../src/adapters/sqlite/directory.ts';
import { sqliteStore } from '../../../src/adapters/sqlite/store.ts';
import { createHandler, type Handler } from '../../../src/core/handle.ts';
import { isMoot } from '../../../src/core/paging.ts';
import type { Log, Store } from '../../../src/core/ports.ts';
import { DEFAULTS } from '../../../src/core/settings.ts';
import { type NtfyDouble, startNtfy } from '../../support/ntfy-double.ts';
import { PEOPLE, TUESDAY_AFTERNOON } from '../../support/room.ts';

const MINUTE = 60_000;
const TOPICS = { ann: 'ann-1', bob: 'bob-1', cat: 'cat-1' };
const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

let push: NtfyDouble;
let folder: string;
let database: ReturnType<typeof openDatabase>;
let store: Store;
let now: number;
let orders: number;
let handler: Handler;

beforeEach(async () => {
  push = await startNtfy();
  folder = mkdtempSync(join(tmpdir(), 'baton-later-'));
  database = openDatabase(folder);
  store = sqliteStore(database);
  now = TUESDAY_AFTERNOON;
  orders = 0;
  handler = started(false);
  await gives('ann', 'declare', { title: 'Checkout fails', service: 'payments' });
});
afterEach(async () => {
  await push.stop();
  await store.stop();
  rmSync(folder, { recursive: true, force: true });
});

function started(withPager: boolean): Handler {
  const pager = ntfy({ url: push.url, topics: TOPICS }, undefined);
  const paging = {
    store,
    isMoot: (...page: Parameters<Paging['isMoot']>) => isMoot(...page, now),
    log: SILENT,
    world: () => made.world(),
    handle: (order: Parameters<Handler['handle']>[0]) => made.handle(order),
  };
  const made: Handler = createHandler({
    store,
    directory: sqliteDirectory(database),
    jobs: { keep: async () => false, start: async () => {}, stop: async () => {} },
    outlets: withPager ? pagerOutlets([pager], paging) : [],
    settings: {
      ...DEFAULTS,
      services: { payments: { name: 'Payments', seats: ['payments'], at: {} } },
      seats: { payments: { name: 'Payments on-call', chain: ['bob', 'cat'] } },
    },
    people: PEOPLE,
    now: () => now,
    later: () => {},
    log: SILENT,
  });
  return made;
}

async function gives(by: string, command: string, fields: Record<string, unknown> = {}): Promise<void> {
  orders += 1;
  const incident = command === 'declare' ? {} : { incident: 'INC-1' };
  const answer = await handler.handle({ id: `order-${orders}`, command, by, fields, ...incident, via: 'test' });
  if ('refusal' in answer) throw new Error(`${command} was refused: ${JSON.stringify(answer.refusal)}`);
  await handler.settled();
}

async function passes(minutes: number): Promise<void> {
  now += minutes * MINUTE;
  await handler.ring('INC-1');
  await handler.settled();
}

/** Baton starts again, with a pager; resolves to whom that wakes. */
async function woken(): Promise<readonly string[]> {
  handler = started(true);
  await handler.catchUp('INC-1');
  await handler.settled();
  return push.pushed.map(({ topic }) => topic);
}

test('who was paged a moment ago is woken', async () => {
  expect(await woken()).toEqual(['bob-1']);
});

test('who has not answered for hours is not, where somebody else has come', async () => {
  await passes(2);
  await passes(3);
  await gives('cat', 'join-call');
  await passes(120);
  expect(await woken()).toEqual([]);
});

test('nor where that was only just now', async () => {
  await gives('cat', 'join-call');
  expect(await woken()).toEqual([]);
});

test('unless somebody asked for them all the same', async () => {
  await gives('cat', 'join-call');
  await passes(1);
  await gives('ann', 'page', { person: 'bob' });
  expect(await woken()).toEqual(['bob-1']);
});

test('who was asked for by name hours ago and has not answered is not woken any more', async () => {
  await gives('bob', 'join-call');
  await gives('ann', 'page', { person: 'cat' });
  await passes(2);
  await passes(3);
  await passes(120);
  expect(await woken()).toEqual([]);
});

test('who is still wanted after hours is woken by the clocks, not by a page of long ago', async () => {
  now += 120 * MINUTE;
  const topics = await woken();
  expect(topics.length).toBeGreaterThan(0);
  const pages = (await handler.events('INC-1')).filter((event) => event.type === 'person-paged');
  expect(topics).toHaveLength(pages.filter(({ at }) => at === now).length);
});

test('who has been on the call since is not', async () => {
  await passes(1);
  await gives('bob', 'join-call');
  await gives('bob', 'leave-call');
  expect(await woken()).toEqual([]);
});

test('who has been let go since is not', async () => {
  await gives('ann', 'join-call');
  await gives('ann', 'take-command');
  await passes(1);
  await gives('ann', 'release', { people: ['bob'] });
  expect(await woken()).toEqual([]);
});

test('who was sent to rest since is not', async () => {
  await gives('ann', 'join-call');
  await gives('ann', 'take-command');
  await passes(1);
  await gives('ann', 'relieve', { person: 'bob' });
  expect(await woken()).not.toContain('bob-1');
});

test.each<[string, string, Record<string, unknown>]>([
  ['the impact ended', 'mitigated', {}],
  ['all stood down for the night', 'stand-down', { until: '8h' }],
])('nobody is woken for what was asked before %s', async (_what, command, fields) => {
  await gives('ann', 'join-call');
  await gives('ann', 'take-command');
  await passes(1);
  await gives('ann', command, fields);
  expect(await woken()).toEqual([]);
});

test('nor for what was asked before it was closed, though it is open again', async () => {
  await gives('ann', 'page', { person: 'cat' });
  await gives('cat', 'answer-page');
  await gives('bob', 'answer-page');
  await gives('ann', 'join-call');
  await gives('ann', 'take-command');
  await passes(1);
  await gives('ann', 'mitigated');
  await gives('ann', 'close', { reason: 'calm' });
  await passes(1);
  await gives('ann', 'reopen', { reason: 'It came back.' });
  // The seat is asked for anew, and only that.
  expect(await woken()).toEqual(['bob-1']);
  const pages = (await handler.events('INC-1')).filter((event) => event.type === 'person-paged');
  expect(pages.filter(({ at }) => at === now)).toHaveLength(1);
});
