// GridFS keeps the promises of all attachments, where there is a MongoDB.
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { mongoAttachments } from '../../../src/adapters/mongodb/attachments.ts';
import { openMongo } from '../../../src/adapters/mongodb/database.ts';
import { attachmentsContract } from '../../contracts/attachments.ts';
import type { Stage } from '../../faults/proxy.ts';
import { WRITES } from '../../faults/steps.ts';
import { dropDatabase, freshDatabase, openAttachments, QUIET, TEST_URI, withoutMongo } from './test-database.ts';
import { watchedDatabase } from './watched-database.ts';

if (TEST_URI) {
  attachmentsContract({
    name: 'MongoDB',
    fresh: freshDatabase,
    open: openAttachments,
    remove: dropDatabase,
    module: fileURLToPath(new URL('./test-database.ts', import.meta.url)),
  });

  const UNCONFIRMED = { code: 64, codeName: 'WriteConcernTimeout', errmsg: 'waiting for replication timed out' };
  const REFUSED = { ok: 0, code: 14031, codeName: 'OutOfDiskSpace', errmsg: 'no space' };

  test.each<Stage>(['asked', 'answered'])(
    'whichever write fails when it is %s, a file that is kept again is there as it was',
    async (failing) => {
      const { through, proxy, drop } = await watchedDatabase();
      const database = await openMongo(through.href, QUIET);
      const { keep, fetch } = await mongoAttachments(database);
      try {
        for (let failed = true, n = 0; failed; n += 1) {
          const bytes = new TextEncoder().encode(`Evidence ${n} `.repeat(40_000));
          const file = { name: `${n}.txt`, type: 'text/plain', bytes };
          failed = false;
          let writes = 0;
          proxy.watch(({ name, collection }, stage, says) => {
            if (stage !== failing || !WRITES.has(name) || !collection.startsWith('attachments')) return undefined;
            writes += 1;
            if (writes !== n + 1) return undefined;
            failed = true;
            return { says: stage === 'asked' ? REFUSED : { ...says, writeConcernError: UNCONFIRMED } };
          });
          if (n === 0) await expect(keep(file)).rejects.toThrow('MongoDB');
          else await keep(file).catch(() => {});
          proxy.watch(undefined);
          await expect(fetch(await keep(file))).resolves.toEqual(file);
        }
      } finally {
        await database.close();
        await drop();
      }
    },
    60_000,
  );
} else test('no MongoDB, no test of its attachments', () => withoutMongo('Attachments'));
