/** Databases that tests make and drop on the MongoDB that MONGODB_TEST_URI names, and the doors to what is in them. */
import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { mongoAttachments } from '../../../src/adapters/mongodb/attachments.ts';
import { type MongoDatabase, openMongo } from '../../../src/adapters/mongodb/database.ts';
import { mongoDirectory } from '../../../src/adapters/mongodb/directory.ts';
import { mongoStore } from '../../../src/adapters/mongodb/store.ts';
import type { Log, Store } from '../../../src/core/ports.ts';
import type { AttachmentsAtWork } from '../../contracts/attachments-under-test.ts';
import type { DirectoryAtWork } from '../../contracts/directory.ts';

export const TEST_URI = process.env.MONGODB_TEST_URI;

export const QUIET: Log = { info() {}, warn() {}, error() {} };

/** The address of a database of its own name. */
export async function freshDatabase(): Promise<string> {
  return databaseNamed(`baton_test_${randomBytes(6).toString('hex')}`);
}

export function databaseNamed(name: string): string {
  const uri = new URL(TEST_URI ?? 'mongodb://nowhere/');
  uri.pathname = `/${name}`;
  return uri.href;
}

export async function dropDatabase(where: string): Promise<void> {
  const client = await MongoClient.connect(where);
  await client.db().dropDatabase();
  await client.close();
}

export function openDatabase(where: string): Promise<MongoDatabase> {
  return openMongo(where, QUIET);
}

export async function open(where: string): Promise<Store> {
  return mongoStore(await openDatabase(where));
}

export async function openAttachments(where: string, limit?: number): Promise<AttachmentsAtWork> {
  const database = await openDatabase(where);
  return { attachments: await mongoAttachments(database, limit), stop: () => database.close() };
}

export async function openDirectory(where: string): Promise<DirectoryAtWork> {
  const database = await openDatabase(where);
  return { directory: mongoDirectory(database), stop: () => database.close() };
}

/** Says that nothing was tested on MongoDB, so that nobody takes silence for success. */
export function withoutMongo(what: string): void {
  console.warn(
    `${what} on MongoDB: NOT TESTED. Set MONGODB_TEST_URI to the address of one (CONTRIBUTING.md says how).`,
  );
}
