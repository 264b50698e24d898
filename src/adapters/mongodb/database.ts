/** Opens the connection to MongoDB, finds out what server it is, and prepares the collections. */
import { type Db, MongoClient, type MongoClientOptions } from 'mongodb';
import type { Log } from '../../core/ports.ts';
import { hearOfClosedConnections } from './closed-connections.ts';
import { type Collections, prepareCollections } from './collections.ts';
import { advice, DatabaseError, explain } from './database-error.ts';
import { createOutage } from './outage.ts';
import { lookAt } from './server.ts';

export interface MongoDatabase {
  /** For what brings its own collections: the jobs, the files. */
  readonly db: Db;
  readonly collections: Collections;
  /** Hosts and database, without credentials. */
  readonly address: string;
  /**
   * Runs `work`; what the driver throws in it comes out as a `DatabaseError`. Rejects once closed, and soon while it is
   * known that no server is to be found.
   */
  attempt<T>(work: () => Promise<T>): Promise<T>;
  /** What closes with it: run before the connection goes. */
  beforeClose(work: () => Promise<void>): void;
  /** May be called again. */
  close(): Promise<void>;
}

/** Where the address names no database. */
const DATABASE = 'baton';

/** Patience in milliseconds: shorter than a person's, and longer than the election of a new primary mostly takes. */
const FINDING = 10_000;
const CONNECTING = 5_000;
const ANSWERING = 20_000;

/** What is acknowledged survives the loss of any one member; nobody is shown what could still be taken back. */
const SETTINGS: MongoClientOptions = {
  appName: 'baton',
  writeConcern: { w: 'majority', journal: true },
  ignoreUndefined: true,
  // Numbers that were written as numbers are read as numbers.
  promoteLongs: true,
};

/** What the address may say otherwise: servers that lack something are told so there, and networks differ. */
const UNLESS_SAID: MongoClientOptions = {
  retryWrites: true,
  retryReads: true,
  readConcernLevel: 'majority',
  connectTimeoutMS: CONNECTING,
  socketTimeoutMS: ANSWERING,
  maxPoolSize: 50,
  // So that a connection that a firewall has forgotten is not the one that a page goes through.
  maxIdleTimeMS: 240_000,
};

/**
 * @throws DatabaseError when the address cannot be read, nobody answers, or the server cannot be used
 */
export async function openMongo(uri: string, log: Log): Promise<MongoDatabase> {
  const { client, address, db } = clientFor(uri);
  const outage = createOutage(db);
  const closing: (() => Promise<void>)[] = [];
  let closed = false;

  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    if (closed) throw new DatabaseError('stopped', advice('stopped', address, 'Baton is stopping'));
    try {
      return await outage.heed(work);
    } catch (error) {
      throw isFromDriver(error) ? explain(error, address) : error;
    }
  }

  try {
    await client.connect();
    await lookAt(db, address, log);
    const collections = await prepareCollections(db, address, log);
    return {
      db,
      collections,
      address,
      attempt,
      beforeClose: (work) => void closing.push(work),
      async close() {
        if (closed) return;
        for (const work of closing) await work();
        closed = true;
        await client.close();
      },
    };
  } catch (error) {
    await client.close();
    throw explain(error, address);
  }
}

/**
 * Not connected yet.
 * @param finding milliseconds in which a server has to be found, unless the address says otherwise
 * @throws DatabaseError when the address cannot be read
 */
export function clientFor(
  uri: string,
  finding = FINDING,
): { readonly client: MongoClient; readonly db: Db; readonly address: string } {
  const address = addressOf(uri);
  try {
    const client = new MongoClient(uri, { ...unlessSaid(uri, finding), ...SETTINGS });
    hearOfClosedConnections(client);
    return { client, db: client.db(databaseOf(uri)), address };
  } catch (error) {
    throw new DatabaseError('address', advice('address', address, (error as Error).message), error);
  }
}

function isFromDriver(error: unknown): boolean {
  return error instanceof Error && /^(Mongo|BSON)/.test(error.name);
}

const PARTS = /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/;

function databaseOf(uri: string): string {
  return decodeURIComponent(PARTS.exec(uri)?.[2] ?? '') || DATABASE;
}

/** For people: never with the password. */
function addressOf(uri: string): string {
  return `${PARTS.exec(uri)?.[1] ?? 'an address that cannot be read'}/${PARTS.exec(uri) ? databaseOf(uri) : ''}`;
}

function unlessSaid(uri: string, finding: number): MongoClientOptions {
  const said = new Set([...new URLSearchParams(PARTS.exec(uri)?.[3] ?? '').keys()].map((name) => name.toLowerCase()));
  const unless = { ...UNLESS_SAID, serverSelectionTimeoutMS: finding };
  const settings = Object.entries(unless).filter(([name]) => !said.has(name.toLowerCase()));
  return Object.fromEntries(settings) as MongoClientOptions;
}
