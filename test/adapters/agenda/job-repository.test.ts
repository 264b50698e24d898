/** The suite of Agenda's backends on SQLite, and on MongoDB where there is one. */
import { afterAll } from '@jest/globals';
import { sqliteBackend } from '../../../src/adapters/agenda/sqlite-backend.ts';
import { jobRepositoryContract } from '../../contracts/job-repository.ts';
import { openMongo, withoutMongo } from './mongo-database.ts';
import { openSqliteFile } from './sqlite-file.ts';

jobRepositoryContract('SQLite', async () => {
  const file = openSqliteFile();
  return { backend: () => sqliteBackend({ database: file.database, indexed: ['incident'] }), close: file.remove };
});

const mongo = await openMongo();
if (mongo) {
  afterAll(mongo.drop);
  jobRepositoryContract('MongoDB', async () => {
    await mongo.empty();
    return { backend: mongo.backend, close: async () => {} };
  });
} else withoutMongo("Agenda's jobs");
