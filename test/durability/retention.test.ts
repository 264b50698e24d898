// What is past its time is removed, and nothing else: neither what is open, nor what an incident that stays still names.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sqliteAttachments } from '../../src/adapters/sqlite/attachments.ts';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import type { Recorded } from '../../src/core/events.ts';
import type { Attachments, Store } from '../../src/core/ports.ts';
import { type Retention, retain } from '../../src/core/retain.ts';
import { closed, declared, NIGHT, summary } from '../contracts/sample.ts';

const DAY = 24 * 3_600_000;

let folder: string;
let store: Store;
let attachments: Attachments;
let said: [string, unknown][];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-retention-'));
  const database = openDatabase(folder);
  store = sqliteStore(database);
  attachments = sqliteAttachments(database);
  said = [];
});
afterEach(async () => {
  await store.stop();
  rmSync(folder, { recursive: true });
});

const file = (name: string) => attachments.keep({ name, type: 'text/plain', bytes: Buffer.from(name) });
const evidence = (attachment: string, seq: number) =>
  ({ type: 'evidence-kept', what: 'Seen', attachment, seq, at: NIGHT, by: 'anna' }) as unknown as Recorded;

/** With files, closed after so many days; open without. */
async function incident(id: string, day: number | undefined, ...files: string[]): Promise<void> {
  const is = day === undefined ? summary() : closed({ closedAt: NIGHT + day * DAY });
  await store.append(id, 0, [declared(), ...files.map((name, n) => evidence(name, n + 2))], is);
}

function after(days: number, retention: Retention): Promise<void> {
  // Files were kept just now, which is long before the time that is played.
  const log = { info: (facts: object, what: string) => void said.push([what, facts]), warn() {}, error() {} };
  return retain({ store, attachments, log, breathe: async () => {} }, retention, NIGHT + days * DAY);
}

const there = async (...files: string[]) => {
  const found = await Promise.all(files.map((id) => attachments.fetch(id)));
  return found.map((one) => one?.name);
};
const incidents = async () => (await store.list({ closedAfter: 0 })).map(({ id }) => id).toSorted();

test('nothing is removed where nothing is set', async () => {
  await incident('INC-1', 0);
  await incident('INC-2', undefined);
  await after(10_000, {});
  expect(await incidents()).toEqual(['INC-1', 'INC-2']);
});

test('a closed incident goes with its files; the newest, open ones, and files that those name stay', async () => {
  const [own, shared, kept] = [await file('own'), await file('shared'), await file('kept')];
  await incident('INC-1', 0, own, shared);
  await incident('INC-2', undefined, shared);
  await incident('INC-3', 5, kept);
  await incident('INC-4', 0);
  const days = 10_000;
  await store.append('INC-3', 3 - 1, [{ ...evidence(kept, 3) }], closed({ closedAt: NIGHT + (days - 20) * DAY }));
  await after(days, { incidents: 30 * DAY });
  expect(await incidents()).toEqual(['INC-2', 'INC-3', 'INC-4']);
  expect(await there(own, shared, kept)).toEqual([undefined, 'shared', 'kept']);
  expect(said).toContainEqual(['removed, as retention.incidents says', { incidents: ['INC-1'] }]);
});

test('a file that the newest names stays, though both were closed long ago', async () => {
  const shared = await file('shared');
  await incident('INC-1', 0, shared);
  await incident('INC-2', 0, shared);
  await after(10_000, { incidents: 365 * DAY, attachments: 90 * DAY });
  expect(await incidents()).toEqual(['INC-2']);
  expect(await there(shared)).toEqual(['shared']);
});

test('files may go before their incident, whose record still names them', async () => {
  const own = await file('own');
  await incident('INC-1', 9_900, own);
  await incident('INC-2', undefined);
  await after(10_000, { incidents: 365 * DAY, attachments: 90 * DAY });
  expect(await incidents()).toEqual(['INC-1', 'INC-2']);
  expect(await there(own)).toEqual([undefined]);
});

test('a week ahead it is said what will go, and how to keep its record', async () => {
  await incident('INC-1', 0);
  await incident('INC-2', undefined);
  await after(22, { incidents: 30 * DAY });
  expect(said).toEqual([]);
  await after(24, { incidents: 30 * DAY });
  expect(said).toEqual([
    ['will be removed within 7 days; export what is wanted: /incidents/{id}/record.json', { incidents: ['INC-1'] }],
  ]);
  expect(await incidents()).toEqual(['INC-1', 'INC-2']);
});
