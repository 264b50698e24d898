// The MongoDB store keeps the promises of every store, where there is a MongoDB.
import { fileURLToPath } from 'node:url';
import { test } from '@jest/globals';
import { storeContract } from '../../contracts/store.ts';
import { dropDatabase, freshDatabase, open, TEST_URI, withoutMongo } from './test-database.ts';

if (TEST_URI) {
  storeContract({
    name: 'MongoDB',
    fresh: freshDatabase,
    open,
    remove: dropDatabase,
    module: fileURLToPath(new URL('./test-database.ts', import.meta.url)),
  });
} else test('no MongoDB, no test of its store', () => withoutMongo('The store'));
