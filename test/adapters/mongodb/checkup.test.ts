// What the doctor says of a MongoDB: it reads alone, and names what is missing with what to do. The proxy speaks in the database's name.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { openMongoStorage } from '../../../src/storage-mongodb.ts';
import { doctorSays, of } from '../../support/doctor.ts';
import { TEST_URI, withoutMongo } from './test-database.ts';
import { type WatchedDatabase, watchedDatabase } from './watched-database.ts';

async function says(uri: string, patience?: number): Promise<string[]> {
  return of(await doctorSays({ MONGODB_URI: uri }, patience), 'Storage');
}

describe('a MongoDB that is not there', () => {
  test('nobody listens: said soon, without the password', async () => {
    const [said] = await says('mongodb://baton:quite-secret@127.0.0.1:2/house');
    expect(said).toMatch(/^wrong: The MongoDB at 127\.0\.0\.1:2\/house does not answer \(.*\)\. > Check that it runs/);
    expect(said).not.toContain('quite-secret');
  });

  test('an address that the driver cannot read', async () => {
    expect(await says('mongodb://a:b:c')).toEqual([
      expect.stringMatching(/^wrong: MONGODB_URI is no address of a MongoDB/),
    ]);
  });
});

if (TEST_URI) {
  describe('a MongoDB that answers', () => {
    let watched: WatchedDatabase;
    let uri: string;
    beforeEach(async () => {
      watched = await watchedDatabase();
      uri = watched.through.href;
    });
    afterEach(() => watched.drop());

    /** As the start makes them. */
    async function used(work: () => Promise<void> = async () => {}): Promise<void> {
      const storage = await openMongoStorage(watched.where, watched.log);
      await work();
      await storage.close();
    }
    const privileges = (...actions: string[]) => ({
      ok: 1,
      authInfo: {
        authenticatedUsers: [{ user: 'baton', db: 'admin' }],
        authenticatedUserPrivileges: [{ resource: { db: new URL(uri).pathname.slice(1), collection: '' }, actions }],
      },
    });

    test('one that Baton has not used yet stays empty', async () => {
      const asked = new Set<string>();
      watched.proxy.watch(({ name }) => void asked.add(name));
      const said = await says(uri);
      expect(said[0]).toMatch(/^ok: The MongoDB at .* answers: version /);
      expect(said.at(-1)).toBe(
        'ok: Baton has not used this database yet; it makes its collections at its first start.',
      );
      for (const write of ['insert', 'update', 'delete', 'findAndModify', 'create', 'createIndexes', 'collMod']) {
        expect(asked).not.toContain(write);
      }
      const client = await MongoClient.connect(watched.where);
      expect(await client.db().listCollections().toArray()).toEqual([]);
      await client.close();
    });

    test('one that an instance works on: what it holds, who is there, and that its indexes are', async () => {
      let said: string[] = [];
      await used(async () => {
        said = await says(uri);
      });
      expect(said).toContain('ok: It holds 0 incidents; one instance is at work on it.');
      expect(said.at(-1)).toBe('ok: Its indexes are there.');
    });

    test('an index that somebody dropped: the command that makes it', async () => {
      await used();
      const client = await MongoClient.connect(watched.where);
      await client.db().collection('incidents').dropIndex('newest-number');
      await client.close();
      expect((await says(uri)).at(-1)).toMatch(
        /^note: 1 of its indexes is missing\. > Start Baton, .* db\.incidents\.createIndex\(\{"number":-1\}, \{"name":"newest-number"\}\)$/,
      );
    });

    test('rights: those it cannot do without, and those that somebody else may use for it', async () => {
      const holding = (...actions: string[]) =>
        watched.proxy.watch(({ name }, stage) =>
          stage === 'asked' && name === 'connectionStatus' ? { says: privileges(...actions) } : undefined,
        );
      holding('find', 'insert', 'update');
      expect((await says(uri))[1]).toMatch(
        /^wrong: The MongoDB at .* refuses this user \(it lacks remove\)\. > Check the name/,
      );
      holding('find', 'insert', 'update', 'remove');
      expect((await says(uri))[1]).toMatch(/^note: This user may not createCollection, createIndex, collMod/);
      holding('find', 'insert', 'update', 'remove', 'createCollection', 'createIndex', 'collMod');
      expect((await says(uri))[1]).toBe('ok: This user has the rights that Baton needs there.');
    });

    test('a wrong password', async () => {
      const refused = { ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'Authentication failed.' };
      watched.proxy.watch(({ name }, stage) =>
        stage === 'asked' && name.startsWith('sasl') ? { says: refused } : undefined,
      );
      const address = new URL(uri);
      address.username = 'baton';
      address.password = 'quite-secret';
      address.searchParams.set('authMechanism', 'PLAIN');
      address.searchParams.set('authSource', '$external');
      const said = await says(address.href);
      expect(said).toEqual([
        expect.stringMatching(/^wrong: The MongoDB at .* refuses this user .* > Check the name and the password/),
      ]);
    });

    test('one that is too old, was written by a newer Baton, or goes silent', async () => {
      watched.proxy.watch(({ name }, stage, answer) =>
        stage === 'answered' && name === 'hello' ? { says: { ...answer, maxWireVersion: 8 } } : undefined,
      );
      expect(await says(uri)).toEqual([
        expect.stringMatching(/^wrong: .* cannot be used .* > Baton needs MongoDB 4\.4/),
      ]);
      watched.proxy.watch(undefined);
      await used();
      const client = await MongoClient.connect(watched.where);
      await client
        .db()
        .collection<{ _id: string }>('layout')
        .updateOne({ _id: 'baton' }, { $set: { version: 1_000 } });
      await client.close();
      expect(await says(uri)).toEqual([expect.stringMatching(/^wrong: .* was written by a newer Baton/)]);
      watched.proxy.watch(({ name }) => (name === 'find' ? 'drop' : undefined));
      expect(await says(uri, 1_500)).toEqual([
        expect.stringMatching(/^wrong: The MongoDB did not answer within 1\.5 s\./),
      ]);
    });
  });
} else test('no MongoDB, no test of what the doctor says of one', () => withoutMongo('The doctor'));
