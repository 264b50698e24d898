/** Opens a MongoDB to keep Baton's data in. In a file of its own, so that nobody else loads the driver. */
import { mongoBackend } from './adapters/agenda/mongo-backend.ts';
import { mongoAttachments } from './adapters/mongodb/attachments.ts';
import { openMongo } from './adapters/mongodb/database.ts';
import { mongoDirectory } from './adapters/mongodb/directory.ts';
import { mongoMemory } from './adapters/mongodb/memory.ts';
import { mongoSharing } from './adapters/mongodb/sharing.ts';
import { mongoStore } from './adapters/mongodb/store.ts';
import type { Log } from './core/ports.ts';

/** @throws DatabaseError when the MongoDB cannot be used */
export async function openMongoStorage(uri: string, log: Log) {
  const database = await openMongo(uri, log);
  try {
    const backend = mongoBackend(database.db);
    const sharing = await mongoSharing(database, { log });
    return {
      store: mongoStore(database),
      attachments: await mongoAttachments(database),
      directory: mongoDirectory(database),
      memory: mongoMemory(database),
      // What keeps it from being used is for the operator, as everywhere else.
      backend: { ...backend, connect: () => database.attempt(() => backend.connect()) },
      sharing,
      now: sharing.now,
      close: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
