// Told to stop, an instance leaves its place to others at once, also when a receiver hangs so long that it cannot end in order.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { dropDatabase, freshDatabase, TEST_URI, withoutMongo } from '../adapters/mongodb/test-database.ts';
import { type BatonProcess, readyAt, startBaton, until } from '../durability/baton-process.ts';

if (TEST_URI) {
  describe('told to stop', () => {
    let where: string;
    let folder: string;
    let pager: Server;
    let pages: number;
    let answers: boolean;
    let running: BatonProcess[];
    let client: MongoClient;

    beforeEach(async () => {
      where = await freshDatabase();
      client = await MongoClient.connect(where);
      folder = mkdtempSync(join(tmpdir(), 'baton-leaving-'));
      [pages, answers, running] = [0, false, []];
      pager = createServer((_request, response) => {
        pages += 1;
        if (answers) response.end('{}');
      }).listen(0, '127.0.0.1');
      await once(pager, 'listening');
      const { port } = pager.address() as AddressInfo;
      writeFileSync(
        join(folder, 'baton.yaml'),
        `people: {anna: {name: Anna}}
seats: {commander: {name: Incident commander, chain: [anna]}}
pagers: {webhook: {url: "http://127.0.0.1:${port}/", secret: shared}}
`,
      );
    });
    afterEach(async () => {
      for (const one of running) one.kill('SIGKILL');
      await Promise.all(running.map((one) => one.ended));
      pager.close();
      pager.closeAllConnections();
      await client.close();
      await dropDatabase(where);
      rmSync(folder, { recursive: true });
    });

    async function instance(): Promise<{ process: BatonProcess; address: URL }> {
      const config = join(folder, 'baton.yaml');
      const one = startBaton({ folder, config, environment: { MONGODB_URI: where } });
      running.push(one);
      return { process: one, address: await readyAt(one) };
    }
    const alive = () => client.db().collection('instances').countDocuments();
    const kept = () =>
      client
        .db()
        .collection('incidents')
        .countDocuments({ keeper: { $exists: true } });

    async function declare(address: URL): Promise<void> {
      const body = JSON.stringify({ id: 'one', data: { command: 'declare', fields: { title: 'Down' } } });
      const headers = { 'content-type': 'application/json' };
      await fetch(new URL('/console/orders?as=anna', address), { method: 'POST', body, headers });
      await until('a page', () => pages > 0);
      expect(await kept()).toBe(1);
    }

    test.each([
      ['in order', true],
      ['while a pager hangs', false],
    ])('%s: it ends within ten seconds, and no sign of it is left', async (_how, works) => {
      answers = works;
      const { process: one, address } = await instance();
      await declare(address);
      expect(await alive()).toBe(1);
      const told = Date.now();
      one.kill('SIGTERM');
      expect(await one.ended).toEqual({ code: 0, signal: null });
      expect(Date.now() - told).toBeLessThan(10_000);
      expect([await alive(), await kept()]).toEqual([0, 0]);
    });

    test('what it was about to send is sent by the other instance, once that has noticed', async () => {
      const { process: one, address } = await instance();
      await declare(address);
      await instance();
      one.kill('SIGTERM');
      await one.ended;
      const before = pages;
      answers = true;
      await until('the page from the other', () => pages > before);
    });
  });
} else test('no MongoDB, no test of leaving it', () => withoutMongo('Leaving'));
