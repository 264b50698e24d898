// What keeps a MongoDB from being used is said in words that help and hold no secret; documents are checked and found by index.
import { describe, expect, test } from '@jest/globals';
import { type MongoDatabase, openMongo } from '../../../src/adapters/mongodb/database.ts';
import { fieldName, fromStored, textOf, toStored } from '../../../src/adapters/mongodb/field-names.ts';
import { FULL } from '../../../src/adapters/mongodb/pages.ts';
import { mongoStore } from '../../../src/adapters/mongodb/store.ts';
import { declared, everyPlane, note, summary } from '../../contracts/sample.ts';
import { dropDatabase, freshDatabase, openDatabase, QUIET, TEST_URI } from './test-database.ts';

const opening = (uri: string) =>
  openMongo(uri, QUIET).then(
    () => {
      throw new Error('it opened');
    },
    (error) => error as Error,
  );

describe('field names', () => {
  test('any text is one, and comes back', () => {
    const texts = ['', '%', '%%', '.', 'a.b', '$set', '\0', '%2e', 'plain', '__proto__', everyPlane(500)];
    for (const text of texts) {
      expect(fieldName(text)).toMatch(/^[^.$\0]+$/);
      expect(textOf(fieldName(text))).toBe(text);
    }
    expect(new Set(texts.map(fieldName)).size).toBe(texts.length);
  });

  test('deep values come back, with keys of every kind', () => {
    const value = { 'a.b': [{ $x: 1 }, null, 'a.b'], ['__proto__']: { '': false } };
    expect(fromStored(toStored(value))).toEqual(value);
    expect(Object.keys(toStored(value) as object)).toEqual(['a%2eb', '__proto__']);
  });
});

describe('an address', () => {
  test.each(['localhost', 'mongodb://', 'mongodb://h/?maxPoolSize=many', 'http://h/'])('%s is none', async (uri) => {
    expect(await opening(uri)).toMatchObject({ name: 'DatabaseError', fault: 'address' });
  });

  test('where nobody answers is named with the database, baton by default, and without the password', async () => {
    const error = await opening('mongodb://ann:hunter2@127.0.0.1:9/?serverSelectionTimeoutMS=300');
    expect(error).toMatchObject({ name: 'DatabaseError', fault: 'unreachable' });
    expect(error.message).toContain('127.0.0.1:9/baton');
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('hunter2');
  });
});

if (TEST_URI) {
  describe('a database of MongoDB', () => {
    async function using(work: (database: MongoDatabase, where: string) => Promise<void>): Promise<void> {
      const where = await freshDatabase();
      const database = await openDatabase(where);
      try {
        await work(database, where);
      } finally {
        await database.close();
        await dropDatabase(where);
      }
    }

    test('refuses by its own schema what is no incident', () =>
      using(async ({ collections, attempt }) => {
        const wrong = { _id: 'INC-1', number: 1, version: 'one', open: true } as never;
        const inserting = attempt(() => collections.incidents.insertOne(wrong));
        await expect(inserting).rejects.toMatchObject({ fault: 'invalid' });
        const store = { _id: 'INC-1', $set: { version: -1 } };
        await expect(
          attempt(() => collections.incidents.updateOne({ _id: 'INC-1' }, { $set: store.$set }, { upsert: true })),
        ).rejects.toMatchObject({ fault: 'invalid' });
      }));

    test('has the indexes, made once', () =>
      using(async ({ collections }, where) => {
        const names = async () => (await collections.incidents.indexes()).map(({ name }) => name).sort();
        const before = await names();
        expect(before).toEqual([
          '_id_',
          'closed-incidents',
          'newest-number',
          'one-open-incident-per-key',
          'open-incidents',
          'what-changed',
          'who-keeps',
        ]);
        await (await openDatabase(where)).close();
        expect(await names()).toEqual(before);
      }));

    test('that a newer Baton wrote is left alone', () =>
      using(async ({ db }, where) => {
        await db.collection<{ _id: string }>('layout').updateOne({ _id: 'baton' }, { $set: { version: 99 } });
        expect(await opening(where)).toMatchObject({ fault: 'newer' });
      }));

    test(
      'keeps an incident of 20 MiB, more than a document may have, and gives it back from any point',
      () =>
        using(async (database) => {
          const store = mongoStore(database);
          const text = 'x'.repeat(4_000);
          let version = 1;
          await store.append('INC-1', 0, [declared()], summary());
          while (version * text.length < 20 * 1024 * 1024) {
            const events = Array.from({ length: 50 }, (_, index) => note(version + 1 + index, text));
            expect(await store.append('INC-1', version, events, summary())).toBe('appended');
            version += events.length;
          }
          const { events = [], bytes = Number.NaN } = (await database.collections.incidents.findOne({})) ?? {};
          expect(bytes).toBeLessThan(FULL + 50 * 5_000);
          expect(events.length).toBeLessThan(200);
          for (const after of [0, 1, 70, 2_500, version - 60, version - 1, version]) {
            const stored = await store.load('INC-1', after);
            expect(stored?.version).toBe(version);
            const expected = Array.from({ length: version - after }, (_, index) => after + index + 1);
            expect(stored?.events.map(({ seq }) => seq)).toEqual(expected);
          }
          // Of writers that meet the full document at once, one appends and nothing is doubled.
          const answers = await Promise.all(
            Array.from({ length: 10 }, () => store.append('INC-1', version, [note(version + 1, text)], summary())),
          );
          expect(answers.filter((answer) => answer === 'appended')).toHaveLength(1);
          expect((await store.load('INC-1', version - 1))?.events.map(({ seq }) => seq)).toEqual([
            version,
            version + 1,
          ]);
        }),
      120_000,
    );
  });
}
