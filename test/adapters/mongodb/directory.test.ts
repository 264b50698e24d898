// The MongoDB directory and memory keep the promises of every directory and memory, where there is a MongoDB.
import { test } from '@jest/globals';
import { mongoMemory } from '../../../src/adapters/mongodb/memory.ts';
import { directoryContract } from '../../contracts/directory.ts';
import { memoryContract } from '../../contracts/memory.ts';
import { dropDatabase, freshDatabase, openDatabase, openDirectory, TEST_URI, withoutMongo } from './test-database.ts';

if (TEST_URI) {
  directoryContract({ name: 'MongoDB', fresh: freshDatabase, open: openDirectory, remove: dropDatabase });
  memoryContract({
    name: 'MongoDB',
    async open() {
      const where = await freshDatabase();
      let database = await openDatabase(where);
      return {
        memory: mongoMemory(database),
        async reopen() {
          await database.close();
          database = await openDatabase(where);
          return mongoMemory(database);
        },
        async close() {
          await database.close();
          await dropDatabase(where);
        },
      };
    },
  });
} else test('no MongoDB, no test of its directory', () => withoutMongo('The directory and the memory'));
