/** Removes what was closed long enough ago, as the house has set it; nothing is removed where nothing is set. */
import type { Attachments, Log, Store } from './ports.ts';
import type { Duration, IncidentId, Instant } from './units.ts';

/** How long after closing it is kept. Absent: for ever. */
export interface Retention {
  /** The whole incident: its events and what surfaces remember of it. */
  readonly incidents?: Duration;
  /** The files of its evidence, which may have to go sooner; with the incident they always go. */
  readonly attachments?: Duration;
}

export interface Retained {
  readonly store: Store;
  readonly attachments: Attachments;
  readonly log: Log;
  /** Lets everybody else have their turn: a run reads many incidents. */
  readonly breathe: () => Promise<void>;
}

const DAY: Duration = 24 * 3_600_000;

/** Shortest that may be set: until then an outlet that was down may still have to deliver. */
export const SHORTEST_RETENTION: Duration = DAY;

/** A file kept (again) within this may belong to an order that is not kept yet. */
const JUST_KEPT: Duration = DAY;

/** So long ahead it is said in the log what will go, so that records can still be exported. */
const NOTICE: Duration = 7 * DAY;

/** One run. Files go before their incident, so that a run that is cut short leaves nothing that nobody would find again. */
export async function retain(house: Retained, { incidents, attachments }: Retention, now: Instant): Promise<void> {
  const { store, log } = house;
  const least = Math.min(incidents ?? Number.POSITIVE_INFINITY, attachments ?? Number.POSITIVE_INFINITY);
  if (least === Number.POSITIVE_INFINITY) return;
  await removeFiles(house, now - least, now - JUST_KEPT);
  if (incidents === undefined) return;
  const gone: IncidentId[] = [];
  for (const id of await store.closedBefore(now - incidents)) {
    if (await store.remove(id, now - incidents)) gone.push(id);
    await house.breathe();
  }
  if (gone.length > 0) log.info({ incidents: gone }, 'removed, as retention.incidents says');
  const next = await store.closedBefore(now - incidents + NOTICE);
  if (next.length === 0) return;
  log.info({ incidents: next }, 'will be removed within 7 days; export what is wanted: /incidents/{id}/record.json');
}

/** Files of incidents that were closed before `closedBefore`, unless an incident that stays names them too. */
async function removeFiles(house: Retained, closedBefore: Instant, keptBefore: Instant): Promise<void> {
  const { store, attachments, log } = house;
  // It stays however long ago it was closed. Asked first: one that is made meanwhile must not make this one nobody's.
  const newest = `INC-${await store.newest()}`;
  const ending = new Set<string>();
  for (const id of await store.closedBefore(closedBefore)) {
    for (const file of await filesOf(house, id)) ending.add(file);
  }
  if (ending.size === 0) return;
  const staying = (await store.versions({ closedAfter: closedBefore })).map(({ id }) => id);
  for (const id of [newest, ...staying]) {
    for (const file of await filesOf(house, id)) ending.delete(file);
  }
  const removed = await attachments.remove([...ending], keptBefore);
  if (removed > 0) log.info({ files: removed }, 'files of evidence were removed, as retention says');
}

async function filesOf({ store, breathe }: Retained, id: IncidentId): Promise<readonly string[]> {
  const { events = [] } = (await store.load(id)) ?? {};
  await breathe();
  return events.flatMap((event) => (event.type === 'evidence-kept' ? (event.attachment ?? []) : []));
}
