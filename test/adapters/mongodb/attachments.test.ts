// GridFS keeps the promises of all attachments, where there is a MongoDB.
import { fileURLToPath } from 'node:url';
import { test } from '@jest/globals';
import { attachmentsContract } from '../../contracts/attachments.ts';
import { dropDatabase, freshDatabase, openAttachments, TEST_URI, withoutMongo } from './test-database.ts';

if (TEST_URI) {
  attachmentsContract({
    name: 'MongoDB',
    fresh: freshDatabase,
    open: openAttachments,
    remove: dropDatabase,
    module: fileURLToPath(new URL('./test-database.ts', import.meta.url)),
  });
} else test('no MongoDB, no test of its attachments', () => withoutMongo('Attachments'));
