// Moving from one storage to another and back: everything arrives, a move that broke off goes on, and nothing is overwritten.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Recorded } from '../src/core/events.ts';
import { replay } from '../src/core/evolve.ts';
import type { Incident } from '../src/core/incident.ts';
import { summaryOf } from '../src/core/summary.ts';
import { move } from '../src/move.ts';
import { openStorage, type Storage } from '../src/storage.ts';
import { dropDatabase, freshDatabase, QUIET, TEST_URI, withoutMongo } from './adapters/mongodb/test-database.ts';
import { declared, NIGHT, note } from './contracts/sample.ts';

const PROGRAM = join(import.meta.dirname, '../src/move.ts');

let folder: string;
let opened: Storage[];
let databases: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-move-'));
  opened = [];
  databases = [];
});
afterEach(async () => {
  for (const one of opened) await one.close();
  for (const one of databases) await dropDatabase(one);
  await rm(folder, { recursive: true });
});

async function sqlite(name: string): Promise<Storage> {
  const one = await openStorage({ dataDir: join(folder, name) }, QUIET);
  opened.push(one);
  return one;
}

async function mongodb(): Promise<Storage> {
  const mongodbUri = await freshDatabase();
  databases.push(mongodbUri);
  const one = await openStorage({ dataDir: folder, mongodbUri }, QUIET);
  opened.push(one);
  return one;
}

async function keep(storage: Storage, id: string, from: number, events: readonly Recorded[], before: Recorded[] = []) {
  const all = [...before, ...events];
  const state = replay(id, all) as Incident;
  expect(await storage.store.append(id, from, events, summaryOf(state))).toBe('appended');
}

/** Five incidents, one with evidence, people, cursors and memory. */
async function fill(storage: Storage): Promise<void> {
  const attachment = await storage.attachments.keep({ name: 'a.txt', type: 'text/plain', bytes: Buffer.from('seen') });
  const evidence = { ...note(3), type: 'evidence-kept', name: 'a.txt', attachment } as unknown as Recorded;
  for (let number = 1; number <= 5; number += 1) {
    const events = [declared(), note(2, `Note ${number}`), ...(number === 3 ? [evidence] : [])];
    await keep(storage, `INC-${number}`, 0, events);
  }
  await storage.store.delivered('INC-1', 'console', 2);
  await storage.store.remember('INC-1', 'teams', 'card', 'message.1');
  await storage.memory.remember('discord', 'user:1', '{}');
  await storage.directory.add({ id: 'anna', name: 'Anna' });
}

async function contents(storage: Storage) {
  const listed = await storage.store.list({ closedAfter: 0 });
  const incidents = await Promise.all(listed.map(async ({ id }) => [id, await storage.store.load(id)]));
  return {
    listed,
    incidents,
    teams: await storage.store.recall('INC-1', 'teams'),
    discord: await storage.memory.recall('discord'),
    people: await storage.directory.people(),
  };
}

async function thereAndBack(middle: Storage): Promise<void> {
  const [from, to] = [await sqlite('from'), await sqlite('to')];
  await fill(from);
  const before = await contents(from);
  const expected = { incidents: 5, events: 11, attachments: 1, removed: 0, people: 1 };
  expect(await move(from, middle)).toEqual(expected);
  // Once more changes nothing.
  expect(await move(from, middle)).toEqual(expected);
  expect(await contents(middle)).toEqual(before);
  expect(await move(middle, to)).toEqual(expected);
  expect(await contents(to)).toEqual(before);
  expect(await contents(from)).toEqual(before);
}

test('from one SQLite to another and on, everything arrives', async () => thereAndBack(await sqlite('middle')));

if (TEST_URI) test('to MongoDB and back, everything arrives', async () => thereAndBack(await mongodb()));
else test('no MongoDB, no move to it', () => withoutMongo('The move'));

/** Its third append fails. */
function failingAtThird(to: Storage): Storage {
  let appends = 0;
  return {
    ...to,
    store: {
      ...to.store,
      append: async (...given: Parameters<Storage['store']['append']>) => {
        appends += 1;
        if (appends === 3) throw new Error('the disk is full');
        return to.store.append(...given);
      },
    },
  };
}

test('a move that broke off goes on where it was', async () => {
  const [from, to] = [await sqlite('from'), await sqlite('to')];
  await fill(from);
  const failing = failingAtThird(to);
  await expect(move(from, failing)).rejects.toThrow('the disk is full');
  expect((await to.store.list({})).length).toBe(2);
  expect(await move(from, to)).toMatchObject({ incidents: 5 });
  expect(await contents(to)).toEqual(await contents(from));
});

if (TEST_URI) {
  test('a move whose process is killed in the middle goes on when it is run again, there and back', async () => {
    const MANY = 250;
    const mongodbUri = await freshDatabase();
    databases.push(mongodbUri);
    const dataDir = (name: string) => join(folder, name);
    const [before, after] = [await sqlite('before'), dataDir('after')];
    await fill(before);
    const bytes = Buffer.alloc(20_000, 'seen ');
    for (let number = 6; number <= MANY; number += 1) {
      const attachment = await before.attachments.keep({
        name: 'b.txt',
        type: 'text/plain',
        bytes: bytes.fill(number),
      });
      const evidence = { ...note(3), type: 'evidence-kept', name: 'b.txt', attachment } as unknown as Recorded;
      await keep(before, `INC-${number}`, 0, [declared(), note(2, `Note ${number}`), evidence]);
    }
    const expected = await contents(before);
    await before.close();

    /** Runs the program; killed as soon as it says that it has come so far. Resolves to what it said in the end. */
    async function moving(from: string, to: string, at: string, killedAfter?: string): Promise<string> {
      const env = { ...process.env, DATA_DIR: at, MONGODB_URI: mongodbUri };
      const child = spawn(process.execPath, [PROGRAM, '--from', from, '--to', to], { env });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (text) => {
          said += text;
          if (killedAfter !== undefined && said.includes(killedAfter)) child.kill('SIGKILL');
        });
      }
      const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
      expect({ code, signal, said }).toMatchObject(killedAfter === undefined ? { code: 0 } : { signal: 'SIGKILL' });
      return said;
    }
    const done = `Moved and verified: ${MANY} incidents`;
    for (const step of ['100 of', '200 of']) await moving('sqlite', 'mongodb', dataDir('before'), step);
    expect(await moving('sqlite', 'mongodb', dataDir('before'))).toContain(done);
    for (const step of ['100 of', '200 of']) await moving('mongodb', 'sqlite', after, step);
    expect(await moving('mongodb', 'sqlite', after)).toContain(done);

    const middle = await openStorage({ dataDir: folder, mongodbUri }, QUIET);
    opened.push(middle);
    const back = await sqlite('after');
    for (const storage of [middle, back]) expect(await contents(storage)).toEqual(expected);
    for (const [id, stored] of expected.incidents) {
      const there = (await back.store.load(id as string)) ?? { events: [] };
      expect(replay(id as string, there.events)).toEqual(replay(id as string, (stored as typeof there).events));
    }
  }, 180_000);
}

/** Closed in the end, or open, with an attachment that is not there. */
async function withoutItsFile(storage: Storage, id: string, isClosed: boolean): Promise<void> {
  const evidence = { ...note(2), type: 'evidence-kept', name: 'a.txt', attachment: 'removed' } as unknown as Recorded;
  const closing = { type: 'incident-closed', early: true, reason: 'Over', seq: 3, at: NIGHT + 3, by: 'anna' } as const;
  await keep(storage, id, 0, [declared(), evidence, ...(isClosed ? [closing] : [])]);
}

test('files that retention removed are counted and hold nothing up; what an open incident lacks does', async () => {
  const [from, to] = [await sqlite('from'), await sqlite('to')];
  await fill(from);
  await withoutItsFile(from, 'INC-6', true);
  const moved = { incidents: 6, attachments: 1, removed: 1 };
  for (let times = 0; times < 2; times += 1) expect(await move(from, to)).toMatchObject(moved);
  expect(await contents(to)).toEqual(await contents(from));
  await withoutItsFile(from, 'INC-7', false);
  await expect(move(from, to)).rejects.toThrow('The attachment of event 2 of INC-7 is gone. Restore it from a backup.');
});

/** More than a MongoDB takes at once. */
async function long(storage: Storage): Promise<void> {
  await keep(storage, 'INC-1', 0, [declared()]);
  const before: Recorded[] = [declared()];
  for (let piece = 0; piece < 17; piece += 1) {
    const events = Array.from({ length: 10 }, (_, n) => note(before.length + n + 1, 'x'.repeat(100_000)));
    await keep(storage, 'INC-1', before.length, events, before);
    before.push(...events);
  }
}

async function inPieces(to: Storage): Promise<void> {
  const from = await sqlite('from');
  await long(from);
  const failing = failingAtThird(to);
  await expect(move(from, failing)).rejects.toThrow('the disk is full');
  const { version = 0 } = (await to.store.load('INC-1')) ?? {};
  expect(version).toBeGreaterThan(1);
  expect(version).toBeLessThan(171);
  expect(await move(from, to)).toMatchObject({ incidents: 1, events: 171 });
  expect(await contents(to)).toEqual(await contents(from));
}

test('a long incident is moved in pieces, and goes on in its middle', async () => inPieces(await sqlite('to')));
if (TEST_URI) test('a long incident is moved to MongoDB whole', async () => inPieces(await mongodb()));

test('an incident of the same name that is another one is not overwritten', async () => {
  const [from, to] = [await sqlite('from'), await sqlite('to')];
  await fill(from);
  await keep(to, 'INC-1', 0, [declared(), note(2, 'something else')]);
  await expect(move(from, to)).rejects.toThrow(/INC-1.*other events/);
  expect((await to.store.load('INC-1'))?.events).toEqual([declared(), note(2, 'something else')]);
});
