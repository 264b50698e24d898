// A database that is away for long: who asks meanwhile is not kept waiting for what others have waited for in vain.
import { expect, test } from '@jest/globals';
import { clientFor, openMongo } from '../../../src/adapters/mongodb/database.ts';
import { QUIET, TEST_URI, withoutMongo } from './test-database.ts';
import { watchedDatabase } from './watched-database.ts';

/**
 * A database that has gone away, and for which somebody has looked in vain.
 * @param finding how long they looked for a server, in milliseconds
 */
async function away(finding = 1_500) {
  const watched = await watchedDatabase();
  watched.through.searchParams.set('serverSelectionTimeoutMS', String(finding));
  const database = await openMongo(watched.through.href, QUIET);
  const look = () => database.attempt(() => database.collections.people.findOne({}));
  watched.proxy.set('cut');
  await expect(look()).rejects.toMatchObject({ fault: 'unreachable' });
  return {
    ...watched,
    look,
    async stop() {
      await database.close();
      await watched.drop();
    },
  };
}

if (TEST_URI) {
  test('of those in a line each is told before one who looks alone has given up', async () => {
    const { look, through, stop } = await away(8_000);
    const alone = clientFor(through.href).client;
    try {
      const line = (async () => {
        for (let n = 0; n < 3; n += 1) await expect(look()).rejects.toMatchObject({ fault: 'unreachable' });
        return 'line';
      })();
      const one = alone.connect().catch(() => 'alone');
      await expect(Promise.race([line, one])).resolves.toBe('line');
      await one;
    } finally {
      await alone.close();
      await stop();
    }
  }, 60_000);

  test('who asks when it is back is answered, however long it was away', async () => {
    const { look, proxy, stop } = await away();
    try {
      await expect(look()).rejects.toMatchObject({ fault: 'unreachable' });
      proxy.set('passing');
      const asked = (): Promise<unknown> => look().catch(asked);
      await expect(asked()).resolves.toBeNull();
      await expect(look()).resolves.toBeNull();
    } finally {
      await stop();
    }
  }, 60_000);

  test('nothing is begun for whom there is no server, so nothing comes of it later', async () => {
    const { look, proxy, stop } = await away();
    try {
      const heard: string[] = [];
      proxy.watch(({ name }, stage) => {
        if (stage === 'asked' && name === 'find') heard.push(name);
        return undefined;
      });
      await expect(look()).rejects.toMatchObject({ fault: 'unreachable' });
      proxy.set('passing');
      const asked = (): Promise<unknown> => look().catch(asked);
      await asked();
      expect(heard).toEqual(['find']);
    } finally {
      await stop();
    }
  }, 60_000);
} else test('no MongoDB, no test of its outages', () => withoutMongo('Outages'));
