/** Appends through a store against the raw driver doing the same write, in turns, for SQLite and for MongoDB. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { mongoStore } from '../../src/adapters/mongodb/store.ts';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { sqliteStore } from '../../src/adapters/sqlite/store.ts';
import type { Store } from '../../src/core/ports.ts';
import { dropDatabase, freshDatabase, open, openDatabase as openMongo } from '../adapters/mongodb/test-database.ts';
import { declared, note, summary } from '../contracts/sample.ts';
import { median, type Result } from './result.ts';

const ROUNDS = 31;
const PER_ROUND = 50;

type Write = (n: number) => Promise<void>;

/** What the store needs beyond the raw write: the median of rounds that take turns, so that both meet the same machine. */
async function compared(name: string, ours: Write, raw: Write): Promise<Result[]> {
  const times = { ours: [] as number[], raw: [] as number[] };
  let n = 0;
  // The first round warms up and is not counted.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [who, write] of [['ours', ours] as const, ['raw', raw] as const]) {
      const start = performance.now();
      for (let one = 0; one < PER_ROUND; one += 1) await write(n + one);
      if (round > 0) times[who].push((performance.now() - start) / PER_ROUND);
    }
    n += PER_ROUND;
  }
  const ratios = times.ours.map((time, round) => time / (times.raw[round] ?? Number.NaN));
  return [
    { name: `an append on ${name}`, value: median(times.ours), unit: 'ms' },
    { name: `the same write by the raw driver`, value: median(times.raw), unit: 'ms' },
    {
      name: `an append on ${name} against the raw write`,
      value: median(ratios),
      unit: 'times',
      goal: { atMost: 1.25 },
    },
  ];
}

async function appending(store: Store): Promise<Write> {
  await store.append('INC-1', 0, [declared()], summary());
  return async (n) => {
    const outcome = await store.append('INC-1', n + 1, [note(n + 2)], summary());
    if (outcome !== 'appended') throw new Error(`the bench was answered ${JSON.stringify(outcome)}`);
  };
}

async function onSqlite(): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'));
  const store = sqliteStore(openDatabase(join(folder, 'ours')));
  const raw = new DatabaseSync(join(folder, 'raw.db'));
  raw.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE incidents (number INTEGER PRIMARY KEY, version INTEGER, summary TEXT) STRICT;
    CREATE TABLE events (incident INTEGER, seq INTEGER, event TEXT, PRIMARY KEY (incident, seq)) STRICT, WITHOUT ROWID;
    INSERT INTO incidents VALUES (1, 1, '');`);
  const update = raw.prepare('UPDATE incidents SET version = ?, summary = ? WHERE number = 1 AND version = ?');
  const insert = raw.prepare('INSERT INTO events VALUES (1, ?, ?)');
  try {
    return await compared('SQLite', await appending(store), async (n) => {
      raw.exec('BEGIN IMMEDIATE');
      update.run(n + 2, JSON.stringify(summary()), n + 1);
      insert.run(n + 2, JSON.stringify(note(n + 2)));
      raw.exec('COMMIT');
    });
  } finally {
    raw.close();
    await store.stop();
    rmSync(folder, { recursive: true });
  }
}

async function onMongo(): Promise<Result[]> {
  const [where, beside] = [await freshDatabase(), await freshDatabase()];
  const store = await open(where);
  // The same collection with its indexes and its schema: it is the store's own work that is measured.
  const database = await openMongo(beside);
  const { incidents } = database.collections;
  await mongoStore(database).append('INC-1', 0, [declared()], summary());
  try {
    return await compared('MongoDB', await appending(store), async (n) => {
      const { declaredAt } = summary();
      const change = {
        $set: { version: n + 2, summary: summary(), open: true, declaredAt },
        $unset: { closedAt: '' as const, key: '' as const },
        $push: { events: { $each: [note(n + 2)] } },
        $inc: { bytes: 1 },
        $currentDate: { changedAt: true as const },
      };
      await incidents.updateOne({ _id: 'INC-1', version: n + 1, bytes: { $gte: 0 } }, change as object);
    });
  } finally {
    await store.stop();
    await database.close();
    for (const one of [where, beside]) await dropDatabase(one);
  }
}

export async function measure(): Promise<Result[]> {
  return [...(await onSqlite()), ...(process.env.MONGODB_TEST_URI ? await onMongo() : [])];
}
