/** Moves an incident's older events out of its document before it grows large, and reads them back. */
import { BSON, type Document } from 'mongodb';
import type { IncidentId } from '../../core/units.ts';
import type { Collections } from './collections.ts';
import { isDuplicate } from './database-error.ts';

/**
 * Bytes of events after which they move. Far from MongoDB's 16 MiB, so that there is room for whatever one append and the
 * outlets bring; and small enough that an append to a long incident costs what one to a short one does, because a
 * database rewrites the whole document each time. Most incidents never get there.
 */
export const FULL = 256 * 1024;

export function bytesOf(events: readonly Document[]): number {
  return events.reduce((sum, event) => sum + BSON.calculateObjectSize(event, { ignoreUndefined: true }), 0);
}

/** Events after `after` that have moved, in order. */
export async function movedEvents(
  { pages }: Collections,
  incident: IncidentId,
  after: number,
  moved: number,
): Promise<readonly Document[]> {
  if (after >= moved) return [];
  const found = await pages
    .find({ incident, to: { $gt: after }, from: { $lte: moved } })
    .sort({ from: 1 })
    .toArray();
  return found.flatMap(({ events }) => events.filter((event) => event.seq > after));
}

/**
 * Moves all events of a full document. First the page is there, then the document lets go of them, so that a reader and
 * a crash in between find them in one place or the other. While it is full nobody appends, so whoever else moves them
 * writes the same page.
 */
export async function turnPage({ incidents, pages }: Collections, incident: IncidentId): Promise<void> {
  const found = await incidents.findOne(
    { _id: incident, bytes: { $gte: FULL } },
    { projection: { version: 1, moved: 1, events: 1 } },
  );
  if (!found) return;
  const { version, moved, events } = found;
  const page = { _id: `${incident}/${moved + 1}-${version}`, incident, from: moved + 1, to: version, events };
  try {
    await pages.insertOne(page);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  await incidents.updateOne({ _id: incident, version, moved }, { $set: { events: [], bytes: 0, moved: version } });
}

/** Removes the pages of incidents that are not there any more. Only long incidents have pages, so there are few to ask about. */
export async function removeLoosePages({ incidents, pages }: Collections): Promise<void> {
  const named = await pages.distinct('incident');
  const there = await incidents.find({ _id: { $in: named } }, { projection: { _id: 1 } }).toArray();
  const loose = new Set(named);
  for (const { _id } of there) loose.delete(_id);
  if (loose.size > 0) await pages.deleteMany({ incident: { $in: [...loose] } });
}
