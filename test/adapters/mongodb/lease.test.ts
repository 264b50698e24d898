// What one instance at a time does for all that share a MongoDB.
import { test } from '@jest/globals';
import type { MongoDatabase } from '../../../src/adapters/mongodb/database.ts';
import { mongoSharing } from '../../../src/adapters/mongodb/sharing.ts';
import { type LeasesAtWork, leaseContract } from '../../contracts/lease.ts';
import { dropDatabase, freshDatabase, openDatabase, QUIET, TEST_URI, withoutMongo } from './test-database.ts';

/** Short, so that a silence passes within a test; long enough for a slow machine to give its signs of life. */
const LAPSE = 3_000;

async function open(): Promise<LeasesAtWork> {
  const where = await freshDatabase();
  const databases: MongoDatabase[] = [];
  return {
    async instance() {
      const real = await openDatabase(where);
      databases.push(real);
      let silent = false;
      const { instances } = real.collections;
      // Nothing but its sign of life is kept from the database: what it does with a lease that it believes in would go through.
      const mute = new Proxy(instances, {
        get(target, name) {
          if (silent && name === 'findOneAndUpdate') return () => Promise.reject(new Error('nobody hears it'));
          const value = Reflect.get(target, name);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      const database = { ...real, collections: { ...real.collections, instances: mute } };
      const sharing = await mongoSharing(database, { log: QUIET, beatEvery: 300, lapse: LAPSE });
      return {
        lease: (name) => sharing.lease(name),
        fallSilent() {
          silent = true;
        },
        wake() {
          silent = false;
        },
        stop: () => sharing.leave(),
      };
    },
    async close() {
      for (const one of databases) await one.close();
      await dropDatabase(where);
    },
  };
}

if (TEST_URI) leaseContract({ name: 'MongoDB', open });
else test('no MongoDB, no test of its leases', () => withoutMongo('Leases'));
