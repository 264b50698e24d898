/** Agenda on MongoDB, with the index that Baton's own look-ups need. */
import { MongoBackend } from '@agendajs/mongo-backend';
import type { AgendaBackend } from 'agenda';
import type { Db } from 'mongodb';

const COLLECTION = 'agendaJobs';

/**
 * On a connection that belongs to the caller. The index finds the jobs of one incident among those of all, and keeps two
 * processes that add the same clock at the same time from both adding it.
 */
export function mongoBackend(db: Db): AgendaBackend {
  const backend = new MongoBackend({ mongo: db, collection: COLLECTION });
  return {
    name: backend.name,
    ownsConnection: false,
    repository: backend.repository,
    logger: backend.logger,
    async connect() {
      await backend.connect();
      await db
        .collection(COLLECTION)
        .createIndex(
          { 'data.incident': 1, name: 1, 'data.key': 1, 'data.at': 1, 'data.about': 1 },
          { name: 'one-job-per-clock', unique: true, partialFilterExpression: { 'data.incident': { $exists: true } } },
        );
    },
    disconnect: () => backend.disconnect(),
  };
}
