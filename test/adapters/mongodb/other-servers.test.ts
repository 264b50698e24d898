// Servers of other kinds: what one lacks is found when Baton opens it, and named; what Baton can do without it never asks for.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Document } from 'mongodb';
import { createJobs } from '../../../src/adapters/agenda/jobs.ts';
import { openMongo } from '../../../src/adapters/mongodb/database.ts';
import { openMongoStorage } from '../../../src/storage-mongodb.ts';
import { aClock } from '../../contracts/jobs-under-test.ts';
import { closed, declared, note, summary } from '../../contracts/sample.ts';
import { type Stretch, startStretch } from '../../faults/proxy.ts';
import type { Command } from '../../faults/wire.ts';
import { TEST_URI, withoutMongo } from './test-database.ts';
import { type WatchedDatabase, watchedDatabase } from './watched-database.ts';

const refusal = (code: number, codeName: string, errmsg: string): Document => ({ ok: 0, code, codeName, errmsg });

/** As servers say that they do not have something. */
const NO_RETRIES = refusal(
  20,
  'IllegalOperation',
  'Transaction numbers are only allowed on a replica set member or mongos',
);
const NO_TRANSACTIONS = refusal(263, 'OperationNotSupportedInTransaction', 'transactions are not supported');
const NO_STREAMS = refusal(40573, 'Location40573', 'The $changeStream stage is only supported on replica sets');
const NO_PARTIAL = refusal(67, 'CannotCreateIndex', 'The field partialFilterExpression is not supported');
const NO_VALIDATOR = refusal(115, 'CommandNotSupported', 'option validator is not supported');
const NO_CLASSES = refusal(59, 'CommandNotFound', 'no such command: collMod');

const asksForTransaction = ({ body }: Command) => body.startTransaction === true || body.autocommit === false;
const asksForStream = ({ body }: Command) =>
  [body.pipeline ?? []].flat().some((stage: Document) => '$changeStream' in stage);

if (TEST_URI) {
  describe('a server of another kind', () => {
    let watched: WatchedDatabase;
    let through: URL;
    let proxy: Stretch;
    let warned: readonly string[];
    let log: WatchedDatabase['log'];

    beforeEach(async () => {
      watched = await watchedDatabase();
      ({ proxy, through, log, warned } = watched);
    });
    afterEach(() => watched.drop());

    /** Everything that Baton does with a database: incidents, clocks, files, people, memory, leases and signs of life. */
    async function everything(): Promise<void> {
      const storage = await openMongoStorage(through.href, log);
      const { store, sharing } = storage;
      const jobs = createJobs({ backend: storage.backend, shared: true, log });
      try {
        expect(await store.append('INC-1', 0, [declared()], summary())).toBe('appended');
        expect(await store.append('INC-1', 1, [note(2)], summary())).toBe('appended');
        expect(await store.append('INC-1', 1, [note(2)], summary())).toBe('conflict');
        expect(await sharing.keeps('INC-1')).toBe('taken');
        await sharing.takeOver();
        expect(await sharing.changed()).toEqual([{ id: 'INC-1', version: 2 }]);
        await store.delivered('INC-1', 'console', 2);
        await store.remember('INC-1', 'console', 'card', '1');
        await storage.memory.remember('console', 'room', '1');
        await storage.directory.join({ id: 'anna', name: 'Anna' });
        const kept = await storage.attachments.keep({ name: 'a', type: 'text/plain', bytes: Buffer.from('a') });
        expect((await storage.attachments.fetch(kept))?.name).toBe('a');
        const rung = new Promise<string>((resolve) => void jobs.start(async (id) => resolve(id)));
        await jobs.keep('INC-1', [aClock({ at: Date.now() })]);
        expect(await rung).toBe('INC-1');
        expect(await store.append('INC-1', 2, [note(3)], closed())).toBe('appended');
        expect(await store.list({ closedAfter: 0 })).toHaveLength(1);
        await store.closedBefore(Number.MAX_SAFE_INTEGER);
      } finally {
        await jobs.stop();
        await storage.close();
      }
    }

    test('without transactions and change streams: nothing asks for them', async () => {
      const asked: string[] = [];
      let heard = 0;
      proxy.watch((command, stage) => {
        if (stage !== 'asked') return undefined;
        heard += 1;
        const says = asksForTransaction(command) ? NO_TRANSACTIONS : asksForStream(command) ? NO_STREAMS : undefined;
        if (says) asked.push(command.name);
        return says && { says };
      });
      await everything();
      expect(asked).toEqual([]);
      expect(heard).toBeGreaterThan(20);
    }, 60_000);

    test('without retryable writes: what to put into the address is said, and with it everything works', async () => {
      proxy.watch(({ body }, stage) =>
        stage === 'asked' && body.txnNumber !== undefined ? { says: NO_RETRIES } : undefined,
      );
      // As a member of a replica set that a driver would take for one that has them.
      await expect(retrying()).rejects.toThrow(/retryWrites=false/);
      through.searchParams.set('retryWrites', 'false');
      await everything();
    }, 60_000);
    async function retrying(): Promise<void> {
      const hello = { setName: 'rs0', hosts: [through.host], me: through.host, isWritablePrimary: true };
      const watching = await startStretch('127.0.0.1', proxy.port);
      watching.watch(({ name }, stage, says) =>
        stage === 'answered' && name === 'hello'
          ? { says: { ...says, ...hello, logicalSessionTimeoutMinutes: 30 } }
          : undefined,
      );
      const address = new URL(through);
      address.host = `127.0.0.1:${watching.port}`;
      try {
        await (await openMongo(address.href, log)).close();
      } finally {
        await watching.stop();
      }
    }

    test('without partial indexes: not used, because two open incidents could have one key', async () => {
      proxy.watch(({ name, body }, stage) => {
        const partial = [body.indexes ?? []].flat().some((index: Document) => index.partialFilterExpression);
        return stage === 'asked' && name === 'createIndexes' && partial ? { says: NO_PARTIAL } : undefined;
      });
      const opening = openMongo(through.href, log);
      await expect(opening).rejects.toMatchObject({ name: 'DatabaseError', fault: 'server' });
      await expect(opening).rejects.toThrow(/partialFilterExpression is not supported.*does not start without it/);
    });

    test('without the other indexes: used, and each is named with the command that makes it', async () => {
      proxy.watch(({ name, body }, stage) => {
        const needed = [body.indexes ?? []].flat().some((index: Document) => index.unique);
        return stage === 'asked' && name === 'createIndexes' && !needed ? { says: NO_PARTIAL } : undefined;
      });
      await (await openMongo(through.href, log)).close();
      const named = warned.filter((message) => message.includes('Baton will be slow'));
      expect(named).toHaveLength(7);
      for (const message of named) expect(message).toMatch(/db\.\w+\.createIndex\(\{.*\}\)$/);
    });

    test('without schemas: used, and said for each collection', async () => {
      proxy.watch(({ name }, stage) => {
        if (stage !== 'asked') return undefined;
        if (name === 'create') return { says: NO_VALIDATOR };
        return name === 'collMod' ? { says: NO_CLASSES } : undefined;
      });
      await everything();
      const said = 'documents are not checked by a schema in the database: this server takes none';
      expect(warned.filter((message) => message === said)).toHaveLength(2);
    }, 60_000);

    test('that is a sharded cluster is known for one, and lacks nothing', async () => {
      const known: object[] = [];
      proxy.watch(({ name }, stage, says) =>
        stage === 'answered' && name === 'hello'
          ? { says: { ...says, msg: 'isdbgrid', setName: undefined } }
          : undefined,
      );
      const database = await openMongo(through.href, { ...log, info: (facts) => void known.push(facts) });
      await database.close();
      expect(known).toContainEqual(expect.objectContaining({ topology: 'sharded cluster' }));
      expect(warned.filter((message) => message.includes('lacks'))).toEqual([]);
    });
  });
} else test('no MongoDB, no test of servers of other kinds', () => withoutMongo('Servers of other kinds'));
