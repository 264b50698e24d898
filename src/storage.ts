/** Opens what Baton keeps its data in: a SQLite file of its own, or a MongoDB that several instances may share. */
import { sqliteBackend } from './adapters/agenda/sqlite-backend.ts';
import { sqliteAttachments } from './adapters/sqlite/attachments.ts';
import { openDatabase } from './adapters/sqlite/database.ts';
import { sqliteDirectory } from './adapters/sqlite/directory.ts';
import { sqliteMemory } from './adapters/sqlite/memory.ts';
import { sqliteStore } from './adapters/sqlite/store.ts';
import type { Attachments, Directory, Log, Memory, Sharing, Store } from './core/ports.ts';
import type { Instant } from './core/units.ts';
import { steadyClock } from './steady-clock.ts';

export interface Storage {
  readonly store: Store;
  readonly attachments: Attachments;
  readonly directory: Directory;
  readonly memory: Memory;
  /** For the jobs, and for nothing else. */
  readonly backend: ReturnType<typeof sqliteBackend>;
  /** Where there may be other instances. */
  readonly sharing?: Sharing;
  /** The clock that all instances go by. */
  readonly now: () => Instant;
  /** Closes all of it; the store's `stop` does so too. */
  close(): Promise<void>;
}

/**
 * @throws StorageError when the data directory cannot be used
 * @throws DatabaseError when the MongoDB cannot be used
 */
export async function openStorage(
  { dataDir, mongodbUri }: { readonly dataDir: string; readonly mongodbUri?: string | undefined },
  log: Log,
): Promise<Storage> {
  if (mongodbUri === undefined) return onSqlite(dataDir);
  // Its driver is loaded only by whoever uses it: a quarter of a start.
  const { openMongoStorage } = await import('./storage-mongodb.ts');
  return openMongoStorage(mongodbUri, log);
}

function onSqlite(dataDir: string): Storage {
  const database = openDatabase(dataDir);
  try {
    return {
      store: sqliteStore(database),
      attachments: sqliteAttachments(database),
      directory: sqliteDirectory(database),
      memory: sqliteMemory(database),
      // Not waited for on the disk: clocks are derived from the incidents, and kept anew at every start.
      backend: sqliteBackend({ database: database.connection, transaction: database.lightly, alone: true }),
      now: steadyClock(),
      close: async () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}
