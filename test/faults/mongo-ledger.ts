/** What is in a MongoDB after a clean stop, read by the driver alone and not by the store that wrote it. */
import { GridFSBucket, MongoClient } from 'mongodb';
import { fromStored } from '../../src/adapters/mongodb/field-names.ts';
import type { Recorded } from '../../src/core/events.ts';
import { evolve, replay } from '../../src/core/evolve.ts';
import type { Incident } from '../../src/core/incident.ts';
import type { Settings } from '../../src/core/settings.ts';
import { summaryOf } from '../../src/core/summary.ts';
import type { People, Person } from '../../src/core/units.ts';
import type { Kept, Ledger } from '../durability/ledger.ts';

interface Stored {
  readonly _id: string;
  readonly version: number;
  readonly summary: unknown;
  readonly events: readonly unknown[];
}

/** @param poisoned incidents that no Baton can read any more */
export async function readMongoLedger(
  uri: string,
  settings: Settings,
  configured: People,
  poisoned: ReadonlySet<string>,
): Promise<Ledger> {
  const client = await MongoClient.connect(uri);
  try {
    const db = client.db();
    const jobs = await db.collection('agendaJobs').find().toArray();
    const found = await db.collection<Stored>('incidents').find().sort({ number: 1 }).toArray();
    const incidents: Kept[] = [];
    const unreadable = new Map<string, readonly Recorded[]>();
    for (const { _id: id, version, summary, events } of found) {
      const pages = await db.collection<Stored>('events').find({ incident: id }).sort({ from: 1 }).toArray();
      const recorded = [...pages.flatMap((page) => page.events), ...events].map(fromStored) as Recorded[];
      if (poisoned.has(id)) {
        unreadable.set(id, recorded);
        continue;
      }
      const states: (Incident | undefined)[] = [undefined];
      for (const event of recorded) states[event.seq] = evolve(states[event.seq - 1], event, id);
      incidents.push({
        id,
        version,
        summary: fromStored(summary),
        events: recorded,
        incident: replay(id, recorded),
        states,
        jobs: jobs
          .filter(({ data }) => data.incident === id)
          .map(({ name, data }) => ({ policy: String(name), key: String(data.key), at: Number(data.at) })),
      });
    }
    const people = await db.collection('people').find().toArray();
    const joined = people.map(({ person }) => fromStored(person) as Person);
    const attachments = new Set<string>();
    const bucket = new GridFSBucket(db, { bucketName: 'attachments' });
    for (const file of await bucket.find().toArray()) {
      const chunks: Buffer[] = [];
      for await (const chunk of bucket.openDownloadStream(file._id)) chunks.push(chunk);
      if (Buffer.concat(chunks).length === file.length) attachments.add(String(file.metadata?.id));
    }
    const resting = Object.assign({}, ...incidents.map(({ incident }) => incident && summaryOf(incident).resting));
    return {
      incidents,
      unreadable,
      people: new Map(joined.map(({ id, name }) => [name, id])),
      attachments,
      world: { settings, people: configured, commanded: {}, resting, closed: [] },
      integrity: 'ok',
    };
  } finally {
    await client.close();
  }
}
