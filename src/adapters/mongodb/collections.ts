/** The collections: what is in their documents, how the database checks it, and which indexes they need. */
import type {
  Collection,
  CollectionInfo,
  CreateIndexesOptions,
  Db,
  Document,
  IndexSpecification,
  ObjectId,
} from 'mongodb';
import type { Log } from '../../core/ports.ts';
import type { IncidentId, Instant, PersonId } from '../../core/units.ts';
import { advice, DatabaseError, explain, isDenied } from './database-error.ts';

/** One incident. Keys of people, outlets and what outlets remember are field names (field-names.ts). */
export interface IncidentDocument {
  readonly _id: IncidentId;
  /** The number in its id, so that they sort. */
  readonly number: number;
  /** The `seq` of its last event. */
  readonly version: number;
  /** It is not closed; then `closedAt` is absent, and present otherwise. */
  readonly open: boolean;
  readonly declaredAt: Instant;
  readonly closedAt?: Instant;
  readonly key?: string;
  readonly summary: Document;
  /** The latest events, in order. Older ones may have moved to `events` (pages.ts). */
  readonly events: readonly Document[];
  /** About how many bytes `events` has. */
  readonly bytes: number;
  /** The `seq` up to which events have moved. */
  readonly moved: number;
  readonly cursors: Readonly<Record<string, number>>;
  readonly remembered: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** When it was last appended to, by the database's clock. */
  readonly changedAt: Date;
  /** The instance that delivers and draws it (sharing.ts). */
  readonly keeper?: string;
}

/** Older events of an incident, `from` to `to`, never changed again. */
export interface PageDocument {
  readonly _id: string;
  readonly incident: IncidentId;
  readonly from: number;
  readonly to: number;
  readonly events: readonly Document[];
}

export interface PersonDocument {
  readonly _id: PersonId;
  /** Counts up, so that people come in the order they first signed in. */
  readonly since: ObjectId;
  readonly person: Document;
}

export interface MemoryDocument {
  readonly _id: { readonly outlet: string; readonly key: string };
  readonly outlet: string;
  readonly key: string;
  readonly value: string;
}

/** A process that works on this database, and when it last said so, by the database's clock. */
export interface InstanceDocument {
  readonly _id: string;
  readonly beat: Date;
}

/** Something that one instance at a time does for all, and which one it is. */
export interface LeaseDocument {
  readonly _id: string;
  readonly holder: string;
}

export interface Collections {
  readonly incidents: Collection<IncidentDocument>;
  readonly pages: Collection<PageDocument>;
  readonly people: Collection<PersonDocument>;
  readonly memory: Collection<MemoryDocument>;
  readonly instances: Collection<InstanceDocument>;
  readonly leases: Collection<LeaseDocument>;
}

/** Rises when documents change so that an older Baton would misread them. */
const LAYOUT = 1;

type Index = readonly [IndexSpecification, CreateIndexesOptions & { readonly name: string }];

/** MongoDB's code for a collection that does not exist. */
const NO_COLLECTION = 26;

/** Written out, because not every server knows the short form. */
const NUMBER = ['int', 'long', 'double'];

/** What must hold however the program errs. The events are not looked into, which would cost each append their number. */
const INCIDENT_SCHEMA = {
  bsonType: 'object',
  required: ['number', 'version', 'open', 'declaredAt', 'summary', 'events', 'bytes', 'moved', 'changedAt'],
  properties: {
    _id: { bsonType: 'string', pattern: '^INC-[1-9][0-9]*$' },
    number: { bsonType: NUMBER, minimum: 1 },
    version: { bsonType: NUMBER, minimum: 1 },
    open: { bsonType: 'bool' },
    declaredAt: { bsonType: NUMBER },
    closedAt: { bsonType: NUMBER },
    key: { bsonType: 'string' },
    summary: { bsonType: 'object', required: ['title', 'phase', 'severity'] },
    events: { bsonType: 'array' },
    bytes: { bsonType: NUMBER, minimum: 0 },
    moved: { bsonType: NUMBER, minimum: 0 },
    cursors: { bsonType: 'object' },
    remembered: { bsonType: 'object' },
    changedAt: { bsonType: 'date' },
    keeper: { bsonType: 'string' },
  },
};

const PAGE_SCHEMA = {
  bsonType: 'object',
  required: ['incident', 'from', 'to', 'events'],
  properties: {
    _id: { bsonType: 'string' },
    incident: { bsonType: 'string' },
    from: { bsonType: NUMBER, minimum: 1 },
    to: { bsonType: NUMBER, minimum: 1 },
    events: { bsonType: 'array', minItems: 1 },
  },
};

/** Without it two open incidents could have one key: Baton does not start before it is there. */
const ONE_PER_KEY: Index = [
  { key: 1 },
  {
    name: 'one-open-incident-per-key',
    unique: true,
    partialFilterExpression: { open: true, key: { $exists: true } },
  },
];

/** By collection. Without them Baton is slow. */
const FOR_SPEED: readonly (readonly [string, Index])[] = [
  [
    'incidents',
    [
      { declaredAt: -1, number: -1 },
      { name: 'open-incidents', partialFilterExpression: { open: true } },
    ],
  ],
  ['incidents', [{ closedAt: -1 }, { name: 'closed-incidents', partialFilterExpression: { open: false } }]],
  ['incidents', [{ number: -1 }, { name: 'newest-number' }]],
  ['incidents', [{ changedAt: -1 }, { name: 'what-changed' }]],
  ['incidents', [{ keeper: 1 }, { name: 'who-keeps', partialFilterExpression: { open: true } }]],
  ['events', [{ incident: 1, from: 1 }, { name: 'pages-of-an-incident' }]],
  ['memory', [{ outlet: 1 }, { name: 'memory-of-an-outlet' }]],
];

export async function prepareCollections(db: Db, address: string, log: Log): Promise<Collections> {
  await settleLayout(db, address);
  const incidents = await checked<IncidentDocument>(db, 'incidents', INCIDENT_SCHEMA, log);
  const pages = await checked<PageDocument>(db, 'events', PAGE_SCHEMA, log);
  await indexed(incidents, ONE_PER_KEY, (error) => {
    const { fault, message } = explain(error, address);
    const command = createCommand('incidents', ONE_PER_KEY);
    throw new DatabaseError(
      fault === 'failed' ? 'server' : fault,
      `${message} Baton needs this index, and does not start without it; somebody who may can run: ${command}`,
      error,
    );
  });
  const memory = db.collection<MemoryDocument>('memory');
  for (const [name, index] of FOR_SPEED) {
    await indexed(db.collection(name), index, (error) => {
      const command = createCommand(name, index);
      log.warn({ error }, `an index could not be made, so Baton will be slow; somebody who may can run: ${command}`);
    });
  }
  return {
    incidents,
    pages,
    people: db.collection('people'),
    memory,
    instances: db.collection('instances'),
    leases: db.collection('leases'),
  };
}

/** Touches nothing in a database that is ahead of this Baton. */
async function settleLayout(db: Db, address: string): Promise<void> {
  const layouts = db.collection<{ _id: string; version: number }>('layout');
  const found = await layoutOf(db, address);
  if (found === undefined) await layouts.updateOne({ _id: 'baton' }, { $max: { version: LAYOUT } }, { upsert: true });
}

/**
 * Undefined in a database that Baton has never used. Reads only.
 * @throws DatabaseError when a newer Baton has used it
 */
export async function layoutOf(db: Db, address: string): Promise<number | undefined> {
  const found = await db.collection<{ _id: string; version: number }>('layout').findOne({ _id: 'baton' });
  if (found && found.version > LAYOUT) {
    const said = `its documents have layout ${found.version}, this Baton knows up to ${LAYOUT}`;
    throw new DatabaseError('newer', advice('newer', address, said));
  }
  return found?.version;
}

/** The commands that make the indexes that are not there, the one that Baton does not start without first. Reads only. */
export async function missingIndexes(db: Db): Promise<readonly string[]> {
  const wanted = [['incidents', ONE_PER_KEY] as const, ...FOR_SPEED];
  const collections = [...new Set(wanted.map(([name]) => name))];
  const there = new Map(
    await Promise.all(
      collections.map(async (name) => {
        const indexes = await db
          .collection(name)
          .indexes()
          .catch((error) => (error.code === NO_COLLECTION ? [] : Promise.reject(error)));
        return [name, indexes.map((index) => index.name)] as const;
      }),
    ),
  );
  return wanted
    .filter(([name, [, options]]) => !there.get(name)?.includes(options.name))
    .map(([name, index]) => createCommand(name, index));
}

/** The collection with its schema; where the server knows none, or rights are missing, that is said and it goes on. */
async function checked<T extends Document>(db: Db, name: string, schema: Document, log: Log): Promise<Collection<T>> {
  const validation = { validator: { $jsonSchema: schema }, validationLevel: 'strict', validationAction: 'error' };
  try {
    const [there] = await db.listCollections({ name }, { nameOnly: false }).toArray();
    if (!there) {
      await db.createCollection(name, validation).catch(async (error) => {
        // Another instance was first.
        if (error.code !== 48) throw error;
      });
    } else if (JSON.stringify((there as CollectionInfo).options?.validator) !== JSON.stringify(validation.validator)) {
      await db.command({ collMod: name, ...validation });
    }
  } catch (error) {
    const reason = isDenied(error) ? 'this user may not set it (collMod)' : 'this server takes none';
    log.warn({ collection: name, error }, `documents are not checked by a schema in the database: ${reason}`);
  }
  return db.collection<T>(name);
}

async function indexed<T extends Document>(
  collection: Collection<T>,
  [fields, options]: Index,
  failed: (error: unknown) => void,
): Promise<void> {
  try {
    await collection.createIndex(fields, options);
  } catch (error) {
    const there = await collection.indexes().catch(() => []);
    if (there.some(({ name }) => name === options.name)) return;
    failed(error);
  }
}

function createCommand(collection: string, [fields, options]: Index): string {
  return `db.${collection}.createIndex(${JSON.stringify(fields)}, ${JSON.stringify(options)})`;
}
