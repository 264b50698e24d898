// Connections that the other side closes, at whatever moment: everybody is answered, and the server is found again.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { openMongo } from '../../../src/adapters/mongodb/database.ts';
import { QUIET, TEST_URI, withoutMongo } from './test-database.ts';
import { watchedDatabase } from './watched-database.ts';

/** How often they are closed, and how many use them meanwhile. */
const TIMES = 12;
const PEOPLE = 40;

if (TEST_URI) {
  test('of many who ask while connections are closed again and again nobody waits for ever', async () => {
    const { through, proxy, drop } = await watchedDatabase();
    const { attempt, collections, close } = await openMongo(through.href, QUIET);
    let going = true;
    let answered = 0;
    const look = () => attempt(() => collections.people.findOne({}));
    const people = Array.from({ length: PEOPLE }, async () => {
      while (going) {
        await look().catch(() => {});
        answered += 1;
        await sleep(Math.random() * 5);
      }
    });
    try {
      for (let n = 0; n < TIMES; n += 1) {
        await sleep(700);
        proxy.set('cut');
        // Mostly it is back at once; now and then whoever looks for it meanwhile is turned away.
        await sleep(n % 3 === 0 ? 1_500 : 5);
        proxy.set('passing');
      }
      going = false;
      await Promise.all(people);
      expect(answered).toBeGreaterThan(PEOPLE);
      await expect(look()).resolves.toBeNull();
    } finally {
      await close();
      await drop();
    }
  }, 120_000);
} else test('no MongoDB, no test of its connections', () => withoutMongo('Closed connections'));
