/** The suite of the `Jobs` port on SQLite, and on MongoDB where there is one. */
import { afterAll } from '@jest/globals';
import { mongoBackend } from '../../../src/adapters/agenda/mongo-backend.ts';
import { sqliteBackend } from '../../../src/adapters/agenda/sqlite-backend.ts';
import { jobsContract } from '../../contracts/jobs.ts';
import { openMongo, withoutMongo } from './mongo-database.ts';
import { openSqliteFile } from './sqlite-file.ts';

jobsContract('SQLite', async () => {
  const { database, remove } = openSqliteFile();
  return { backend: () => sqliteBackend({ database }), close: remove };
});

const mongo = await openMongo();
if (mongo) {
  afterAll(mongo.drop);
  jobsContract('MongoDB', async () => {
    await mongo.empty();
    return { backend: () => mongoBackend(mongo.db), close: async () => {} };
  });
} else withoutMongo('Jobs');
