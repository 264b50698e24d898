// Instances that share a database: each incident has one keeper, whoever falls silent is taken over, and all have one clock.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { InstanceDocument } from '../../../src/adapters/mongodb/collections.ts';
import type { MongoDatabase } from '../../../src/adapters/mongodb/database.ts';
import { type MongoSharing, mongoSharing, type SharingOptions } from '../../../src/adapters/mongodb/sharing.ts';
import { mongoStore } from '../../../src/adapters/mongodb/store.ts';
import type { Store } from '../../../src/core/ports.ts';
import { until } from '../../contracts/job-repository-database.ts';
import { closed, declared, note, summary } from '../../contracts/sample.ts';
import { dropDatabase, freshDatabase, openDatabase, QUIET, TEST_URI, withoutMongo } from './test-database.ts';

/** Short, so that a silence passes within a test; long enough for a slow machine to give its signs of life. */
const LAPSE = 3_000;

/** What happens to an instance's signs of life on their way. */
interface Doings {
  readonly beforeRemoval?: () => Promise<void>;
  readonly beforeLook?: () => void;
  /** Resolves to what it is told of the time. */
  readonly afterBeat?: (given: InstanceDocument) => Promise<Date>;
}

function doing(real: MongoDatabase, { beforeRemoval, beforeLook, afterBeat }: Doings): MongoDatabase {
  const instances = new Proxy(real.collections.instances, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        if (name === 'find') beforeLook?.();
        if (name === 'deleteOne' && beforeRemoval) return beforeRemoval().then(() => value.apply(target, given));
        const answer = value.apply(target, given);
        if (name !== 'findOneAndUpdate' || !afterBeat) return answer;
        return answer.then(async (kept: InstanceDocument | null) => kept && { ...kept, beat: await afterBeat(kept) });
      };
    },
  });
  return { ...real, collections: { ...real.collections, instances } };
}

if (TEST_URI) {
  describe('instances that share a MongoDB', () => {
    let where: string;
    let databases: MongoDatabase[];
    let store: Store;
    beforeEach(async () => {
      where = await freshDatabase();
      databases = [];
      store = mongoStore(await another());
    });
    afterEach(async () => {
      for (const one of databases) await one.close();
      await dropDatabase(where);
    });
    async function another(): Promise<MongoDatabase> {
      const one = await openDatabase(where);
      databases.push(one);
      return one;
    }
    async function instance(options: Partial<SharingOptions> = {}, does: Doings = {}): Promise<MongoSharing> {
      const database = doing(await another(), does);
      return mongoSharing(database, { log: QUIET, beatEvery: 300, lapse: LAPSE, ...options });
    }
    async function names(): Promise<readonly string[]> {
      const { collections } = await another();
      return (await collections.instances.find().toArray()).map(({ _id }) => _id);
    }
    const make = (id: string, is = summary()) => store.append(id, 0, [declared()], is);

    test('of many that want to keep an incident at once exactly one does, and goes on doing so', async () => {
      await make('INC-1');
      const instances = await Promise.all(Array.from({ length: 8 }, () => instance()));
      const answers = await Promise.all(instances.map((one) => one.keeps('INC-1')));
      expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'elsewhere')).toHaveLength(7);
      const again = await Promise.all(instances.map((one) => one.keeps('INC-1')));
      expect(again.map((answer) => answer === 'kept')).toEqual(answers.map((answer) => answer === 'taken'));
    });

    test('nobody keeps an incident that is not there', async () => {
      expect(await (await instance()).keeps('INC-9')).toBe('elsewhere');
    });

    test('whoever stops is followed at once', async () => {
      const [first, second] = [await instance(), await instance()];
      for (const id of ['INC-1', 'INC-2']) await make(id);
      await make('INC-3', closed());
      for (const id of ['INC-1', 'INC-2', 'INC-3']) await first.keeps(id);
      expect(await second.keeps('INC-1')).toBe('elsewhere');
      await first.leave();
      expect(await first.keeps('INC-1')).toBe('elsewhere');
      let taken: readonly string[] = [];
      await until('it is taken over', async () => {
        taken = await second.takeOver();
        return taken.length > 0;
      });
      // One that is closed is taken when somebody asks for it.
      expect([...taken].sort()).toEqual(['INC-1', 'INC-2']);
      expect(await second.keeps('INC-3')).toBe('taken');
    });

    test('whoever falls silent has stopped before somebody follows, and comes back as another', async () => {
      const first = await instance({ beatEvery: 2 * LAPSE });
      const second = await instance();
      await make('INC-1');
      expect(await first.keeps('INC-1')).toBe('taken');
      let stoppedAt = Number.POSITIVE_INFINITY;
      await until('it is taken over', async () => {
        if ((await first.keeps('INC-1')) === 'elsewhere') stoppedAt = Math.min(stoppedAt, Date.now());
        return (await second.takeOver()).includes('INC-1');
      });
      expect(stoppedAt).toBeLessThan(Date.now());
      expect(await second.keeps('INC-1')).toBe('kept');
      await make('INC-2');
      await until('it is back', async () => (await first.keeps('INC-2')) === 'taken');
      expect(await first.keeps('INC-1')).toBe('elsewhere');
    });

    test('what somebody who died may have left half done is looked at by its keeper, and nothing else is', async () => {
      const [dying, other] = [await instance({ beatEvery: 100_000 }), await instance()];
      for (const id of ['INC-1', 'INC-2']) {
        await make(id);
        expect(await other.keeps(id)).toBe('taken');
      }
      const { collections } = await another();
      await collections.incidents.updateOne({ _id: 'INC-2' }, { $set: { changedAt: new Date(Date.now() - 60_000) } });
      expect(await dying.keeps('INC-1')).toBe('elsewhere');
      let found: readonly string[] = [];
      await until('the other is found dead', async () => {
        found = await other.takeOver();
        return found.length > 0;
      });
      expect(found).toEqual(['INC-1']);
      expect(await other.takeOver()).toEqual([]);
    });

    test('a machine that was suspended keeps nothing until it has given a sign of life', async () => {
      let asleep = 0;
      const first = await instance({ wallClock: () => Date.now() + asleep, beatEvery: 100_000 });
      await make('INC-1');
      expect(await first.keeps('INC-1')).toBe('taken');
      asleep = 3_600_000;
      expect(await first.keeps('INC-1')).toBe('elsewhere');
    });

    test('whoever was out of touch asks again what it keeps, and looks at all of that', async () => {
      let asleep = 0;
      await instance();
      const [other] = await names();
      const first = await instance({ wallClock: () => Date.now() + asleep });
      for (const id of ['INC-1', 'INC-2']) {
        await make(id);
        expect(await first.keeps(id)).toBe('taken');
      }
      const { collections } = await another();
      asleep = 3_600_000;
      await collections.incidents.updateOne({ _id: 'INC-1' }, { $set: { keeper: other ?? '' } });
      await until('it keeps again', async () => (await first.keeps('INC-2')) !== 'elsewhere');
      expect(await first.keeps('INC-1')).toBe('elsewhere');
      expect(await first.takeOver()).toEqual(['INC-2']);
      expect(await first.takeOver()).toEqual([]);
    });

    test('whoever is heard just as it is about to be removed is there still, and keeps what it kept', async () => {
      const { collections } = await another();
      const slow = await instance({ beatEvery: 100_000 });
      const [name = ''] = await names();
      await make('INC-1');
      expect(await slow.keeps('INC-1')).toBe('taken');
      let isHeard = false;
      let looksSince = 0;
      const other = await instance(
        {},
        {
          async beforeRemoval() {
            await collections.instances.updateOne({ _id: name }, { $currentDate: { beat: true } });
            isHeard = true;
          },
          beforeLook() {
            if (isHeard) looksSince += 1;
          },
        },
      );
      await until('it has looked again', () => looksSince > 0);
      expect(await other.takeOver()).toEqual([]);
      expect(await other.keeps('INC-1')).toBe('elsewhere');
      expect((await collections.incidents.findOne({ _id: 'INC-1' }))?.keeper).toBe(name);
    });

    test('signs of life that seem old, because the clock of the database was set, are signs of life', async () => {
      const { collections } = await another();
      let back = 0;
      let isBack = false;
      const first = await instance(
        {},
        {
          async afterBeat({ _id, beat }) {
            if (back === 0) return beat;
            await collections.instances.updateOne({ _id }, { $set: { beat: new Date(beat.getTime() - back) } });
            isBack = true;
            return beat;
          },
        },
      );
      const [name] = await names();
      await make('INC-1');
      expect(await first.keeps('INC-1')).toBe('taken');
      let looks = 0;
      const other = await instance(
        {},
        {
          beforeLook() {
            if (isBack) looks += 1;
          },
        },
      );
      back = 30_000;
      await until('the other has looked several times', () => looks > 5);
      expect(await names()).toContain(name);
      expect(await other.takeOver()).toEqual([]);
      expect(await first.keeps('INC-1')).toBe('kept');
    });

    test('whoever died is taken over in time, though its last sign of life seems to be yet to come', async () => {
      const { collections } = await another();
      const dying = await instance({ beatEvery: 100_000 });
      const [name = ''] = await names();
      await make('INC-1');
      expect(await dying.keeps('INC-1')).toBe('taken');
      await collections.instances.updateOne({ _id: name }, { $set: { beat: new Date(Date.now() + 3_600_000) } });
      const other = await instance();
      await until('it is taken over', async () => (await other.takeOver()).includes('INC-1'));
    });

    test('what was appended by anybody is told to everybody', async () => {
      const [first, second] = [await instance(), await instance()];
      await make('INC-1');
      await store.append('INC-1', 1, [note(2), note(3)], summary());
      for (const one of [first, second]) expect(await one.changed()).toContainEqual({ id: 'INC-1', version: 3 });
      await store.append('INC-1', 3, [note(4)], closed());
      for (const one of [first, second]) expect(await one.changed()).toContainEqual({ id: 'INC-1', version: 4 });
    });

    test('what was appended is told, though the clock of the database was an hour ahead for a while', async () => {
      const { collections } = await another();
      let ahead = 3_600_000;
      let looksSince = 0;
      const one = await instance(
        {},
        {
          afterBeat: async ({ beat }) => new Date(beat.getTime() + ahead),
          beforeLook() {
            if (ahead === 0) looksSince += 1;
          },
        },
      );
      await make('INC-1');
      await collections.incidents.updateOne({ _id: 'INC-1' }, { $set: { changedAt: new Date(Date.now() + ahead) } });
      expect(await one.changed()).toContainEqual({ id: 'INC-1', version: 1 });
      ahead = 0;
      // A beat that was under way may have been told the old time.
      await until('it has the time again', () => looksSince > 2);
      for (const id of ['INC-2', 'INC-3']) {
        await make(id);
        expect(await one.changed()).toContainEqual({ id, version: 1 });
      }
    });

    test('instances whose clocks are a minute apart have the same time', async () => {
      const ahead = await instance({ wallClock: () => Date.now() + 30_000 });
      const behind = await instance({ wallClock: () => Date.now() - 30_000 });
      expect(Math.abs(ahead.now() - behind.now())).toBeLessThan(5_000);
      expect(Math.abs(ahead.now() - Date.now())).toBeLessThan(5_000);
    });

    test.each([
      ['ahead', 3_600_000],
      ['back', -3_600_000],
    ])('a clock that is set an hour %s changes no time', async (_which, by) => {
      let jump = 0;
      const one = await instance({ wallClock: () => Date.now() + jump });
      jump = by;
      // Before anybody has noticed, and after.
      expect(Math.abs(one.now() - Date.now())).toBeLessThan(5_000);
      await make('INC-1');
      await until('it keeps again', async () => (await one.keeps('INC-1')) !== 'elsewhere');
      expect(Math.abs(one.now() - Date.now())).toBeLessThan(5_000);
    });
  });
} else test('no MongoDB, no test of sharing it', () => withoutMongo('Sharing'));
