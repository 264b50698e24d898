/** The suite of the `Jobs` port on SQLite, and on MongoDB where there is one. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { mongoBackend } from '../../../src/adapters/agenda/mongo-backend.ts';
import { sqliteBackend } from '../../../src/adapters/agenda/sqlite-backend.ts';
import { until } from '../../contracts/job-repository-database.ts';
import { jobsContract } from '../../contracts/jobs.ts';
import { benchOn, SHORT_LOCK } from '../../contracts/jobs-under-test.ts';
import { openMongo, withoutMongo } from './mongo-database.ts';
import { openDatabase, openSqliteFile } from './sqlite-file.ts';

jobsContract('SQLite', async () => {
  const { database, remove } = openSqliteFile();
  return { backend: () => sqliteBackend({ database }), close: remove };
});

test('A process that is killed leaves its clocks in SQLite to the next one, the interrupted ring too', async () => {
  const file = openSqliteFile();
  file.database.close();
  const script = new URL('killed-ring.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, file.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const clocks = JSON.parse(String(said));

  const database = openDatabase(file.path);
  const bench = benchOn({ backend: () => sqliteBackend({ database }), close: file.remove });
  const jobs = bench.jobs({ lockLifetime: SHORT_LOCK });
  await jobs.start(bench.noting);
  await jobs.keep('INC-1', clocks);
  expect(await bench.stored()).toHaveLength(3);
  await until('two clocks rang', () => bench.rung.length >= 2);
  await sleep(2 * SHORT_LOCK);
  expect(bench.rung.map(({ clock }) => clock.key).sort()).toEqual(['interrupted', 'soon']);
  expect((await bench.stored()).map((line) => line.split(' ')[2])).toEqual(['later']);
  await bench.end();
  database.close();
  await file.remove();
});

const mongo = await openMongo();
if (mongo) {
  afterAll(mongo.drop);
  jobsContract('MongoDB', async () => {
    await mongo.empty();
    return { backend: () => mongoBackend(mongo.db), close: async () => {} };
  });
} else withoutMongo('Jobs');
