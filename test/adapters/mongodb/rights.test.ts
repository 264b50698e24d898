// A server or a user that lacks something: found when Baton opens it, and named with what to do. The proxy speaks in the database's name.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openMongo } from '../../../src/adapters/mongodb/database.ts';
import { openMongoStorage } from '../../../src/storage-mongodb.ts';
import type { Stretch } from '../../faults/proxy.ts';
import { openDatabase, TEST_URI, withoutMongo } from './test-database.ts';
import { type WatchedDatabase, watchedDatabase } from './watched-database.ts';

const DENIED = { ok: 0, code: 13, codeName: 'Unauthorized', errmsg: 'not authorized on baton to execute this command' };

if (TEST_URI) {
  describe('a MongoDB that lacks something', () => {
    let watched: WatchedDatabase;
    let where: string;
    let through: string;
    let proxy: Stretch;
    let warned: readonly string[];
    let log: WatchedDatabase['log'];

    beforeEach(async () => {
      watched = await watchedDatabase();
      ({ where, proxy, log, warned } = watched);
      through = watched.through.href;
    });
    afterEach(() => watched.drop());
    const denying = (...names: string[]) =>
      proxy.watch(({ name }, stage) => (stage === 'asked' && names.includes(name) ? { says: DENIED } : undefined));

    test('the right to make the index that keeps one incident per key: not used, with the command for who may', async () => {
      denying('createIndexes');
      const opening = openMongo(through, log);
      await expect(opening).rejects.toMatchObject({ name: 'DatabaseError', fault: 'denied' });
      await expect(opening).rejects.toThrow('db.incidents.createIndex({"key":1}, {"name":"one-open-incident-per-key"');
    });

    test('that right, where somebody has made the indexes: used without a word', async () => {
      await (await openDatabase(where)).close();
      denying('createIndexes');
      await (await openMongo(through, log)).close();
      expect(warned.filter((message) => message.includes('index'))).toEqual([]);
    });

    test('schemas, or the right to set them: used, and said', async () => {
      denying('create', 'collMod');
      await (await openMongo(through, log)).close();
      expect(warned).toContain(
        'documents are not checked by a schema in the database: this user may not set it (collMod)',
      );
    });

    test("the right to make the jobs' index: an error for the operator, not a fault of Baton", async () => {
      proxy.watch(({ name, collection }, stage) =>
        stage === 'asked' && name === 'createIndexes' && collection === 'agendaJobs' ? { says: DENIED } : undefined,
      );
      const storage = await openMongoStorage(through, log);
      try {
        await expect(storage.backend.connect()).rejects.toMatchObject({ name: 'DatabaseError', fault: 'denied' });
      } finally {
        await storage.close();
      }
    });

    test('years: a server older than Baton needs is not used, and its version said', async () => {
      proxy.watch(({ name }, stage, says) =>
        stage === 'answered' && name === 'hello' ? { says: { ...says, maxWireVersion: 8 } } : undefined,
      );
      const opening = openMongo(through, log);
      await expect(opening).rejects.toMatchObject({ fault: 'server' });
      await expect(opening).rejects.toThrow(/Baton needs MongoDB 4\.4 or newer/);
    });

    test('what the queries of the jobs need: there, made by the jobs themselves', async () => {
      const storage = await openMongoStorage(through, log);
      const database = await openDatabase(where);
      try {
        await storage.backend.connect();
        const indexes = await database.db.collection('agendaJobs').indexes();
        expect(indexes.map(({ key }) => Object.keys(key))).toEqual(
          expect.arrayContaining([
            ['name', 'nextRunAt', 'priority', 'lockedAt', 'disabled'],
            ['data.incident', 'name', 'data.key', 'data.at', 'data.about'],
          ]),
        );
      } finally {
        await database.close();
        await storage.close();
      }
    });
  });
} else test('no MongoDB, no test of rights', () => withoutMongo('Rights and features'));
