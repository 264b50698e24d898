/** A MongoDB to test on, where MONGODB_TEST_URI names one: a database of its own name, dropped at the end. */

import { randomBytes } from 'node:crypto';
import { MongoBackend } from '@agendajs/mongo-backend';
import type { AgendaBackend } from 'agenda';
import type { Db } from 'mongodb';
import { MongoClient } from 'mongodb';

export interface TestMongo {
  readonly db: Db;
  backend(): AgendaBackend;
  empty(): Promise<void>;
  drop(): Promise<void>;
}

export async function openMongo(): Promise<TestMongo | undefined> {
  const uri = process.env.MONGODB_TEST_URI;
  if (!uri) return undefined;
  const client = await MongoClient.connect(uri);
  const db = client.db(`baton_test_${randomBytes(6).toString('hex')}`);
  const jobs = db.collection('agendaJobs');
  const partialFilterExpression = { 'data.once': { $exists: true } };
  await jobs.createIndex({ name: 1, 'data.once': 1 }, { unique: true, partialFilterExpression });
  return {
    db,
    backend: () => new MongoBackend({ mongo: db }),
    async empty() {
      await jobs.deleteMany({});
      await db.collection('agenda_logs').deleteMany({});
    },
    async drop() {
      await db.dropDatabase();
      await client.close();
    },
  };
}

/** Says that nothing was tested on MongoDB, so that nobody takes silence for success. */
export function withoutMongo(what: string): void {
  console.warn(`${what} were NOT tested on MongoDB: set MONGODB_TEST_URI to the address of one.`);
}
