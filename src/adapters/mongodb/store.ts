/** Keeps incidents in MongoDB: one document each, appended to by one version-checked update. */
import type { Filter } from 'mongodb';
import type { Recorded } from '../../core/events.ts';
import type { Appended, Listed, Store, Summary } from '../../core/ports.ts';
import type { IncidentId, Instant } from '../../core/units.ts';
import { mongoAtHand } from './at-hand.ts';
import type { IncidentDocument } from './collections.ts';
import type { MongoDatabase } from './database.ts';
import { isDuplicate } from './database-error.ts';
import { fieldName, fromStored, textOf, toStored } from './field-names.ts';
import { bytesOf, FULL, movedEvents, removeLoosePages, turnPage } from './pages.ts';

/** How often an append is tried again whose key was freed or taken, or whose page was turned, while it looked. */
const MOST_TRIES = 10;

/** More events than any document has. */
const ALL = 2 ** 30;

/** `stop` closes the connection, so it comes last of everything that uses it. */
export function mongoStore(database: MongoDatabase): Store {
  const { attempt, collections } = database;
  const { incidents } = collections;
  const atHand = mongoAtHand(collections, numberOf);

  async function tryAppend(
    id: IncidentId,
    version: number,
    events: readonly Recorded[],
    summary: Summary,
  ): Promise<Appended | undefined> {
    const stored = events.map(toStored) as Document[];
    const places = placesOf(summary);
    const absent = Object.fromEntries(
      Object.entries(places).flatMap(([name, value]) => (value === undefined ? [[name, '' as const]] : [])),
    );
    const update = {
      $set: { version: version + events.length, summary: toStored(summary), ...places },
      ...(Object.keys(absent).length === 0 ? {} : { $unset: absent }),
      $push: { events: { $each: stored } },
      $inc: { bytes: bytesOf(stored) },
      $currentDate: { changedAt: true as const },
      ...(version === 0 ? { $setOnInsert: { number: numberOf(id), moved: 0, cursors: {}, remembered: {} } } : {}),
    };
    const here: Filter<IncidentDocument> =
      version === 0 ? { _id: id, version } : { _id: id, version, bytes: { $lt: FULL } };
    try {
      const { matchedCount, upsertedCount } = await incidents.updateOne(here, update as object, {
        upsert: version === 0,
      });
      if (matchedCount + upsertedCount === 1) return 'appended';
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      if (version === 0 && (await incidents.countDocuments({ _id: id }, { limit: 1 })) === 1) return 'conflict';
      const holder = summary.key === undefined ? undefined : await holderOf(summary.key);
      return holder === undefined || holder === id ? undefined : { duplicate: holder };
    }
    const standing = await incidents.findOne({ _id: id }, { projection: { version: 1 } });
    if (standing?.version !== version) return 'conflict';
    await turnPage(collections, id);
    return undefined;
  }

  async function holderOf(key: string): Promise<IncidentId | undefined> {
    return (await incidents.findOne({ key, open: true }, { projection: { _id: 1 } }))?._id;
  }

  /** Newest declared first. */
  function find(which: Filter<IncidentDocument>, projection: object, limit = 0): Promise<IncidentDocument[]> {
    return attempt(() =>
      incidents.find(which, { projection }).sort({ declaredAt: -1, number: -1 }).limit(limit).toArray(),
    );
  }

  /** @throws when nobody has made the incident */
  async function change(id: IncidentId, update: object): Promise<void> {
    existing(id);
    const { matchedCount } = await attempt(() => incidents.updateOne({ _id: id }, update));
    if (matchedCount === 0) throw new Error(`${id} is not there, so nothing can be kept of it`);
  }

  async function past(instant: Instant): Promise<IncidentId[]> {
    const [{ number: newest = 0 } = {}] = await incidents
      .find({}, { projection: { number: 1 } })
      .sort({ number: -1 })
      .limit(1)
      .toArray();
    const found = await incidents
      .find({ open: false, closedAt: { $lt: instant }, number: { $lt: newest } }, { projection: { _id: 1 } })
      .sort({ number: 1 })
      .toArray();
    return found.map(({ _id }) => _id);
  }

  return {
    async load(id, after = 0) {
      const found = await attempt(async () => {
        const [document] = await incidents
          .aggregate<Pick<IncidentDocument, 'version' | 'moved' | 'cursors' | 'events'>>([
            { $match: { _id: id } },
            {
              $project: {
                version: 1,
                moved: 1,
                cursors: 1,
                events: { $slice: ['$events', { $max: [0, { $subtract: [after, '$moved'] }] }, ALL] },
              },
            },
          ])
          .toArray();
        if (!document) return undefined;
        const older = await movedEvents(collections, id, after, document.moved);
        return { ...document, events: [...older, ...document.events] };
      });
      if (!found) return undefined;
      const cursors = Object.entries(found.cursors).map(([outlet, seq]) => [textOf(outlet), seq]);
      return {
        version: found.version,
        events: found.events.map((event) => fromStored(event) as Recorded),
        cursors: Object.fromEntries(cursors) as Record<string, number>,
      };
    },

    async append(id, version, events, summary) {
      existing(id);
      requireSequence(id, version, events);
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const outcome = await attempt(() => tryAppend(id, version, events, summary));
        if (outcome !== undefined) {
          if (outcome === 'appended') atHand.note(id, version + events.length, summary);
          return outcome;
        }
      }
      throw new Error(`${id} is changed so often by others that nothing could be appended`);
    },

    async list({ closedAfter, limit }) {
      if (limit === 0) return [];
      return (await find(openOr(closedAfter), { version: 1, summary: 1 }, limit)).map(listedOf);
    },

    async versions({ closedAfter }) {
      const found = await find(openOr(closedAfter), { version: 1 });
      return found.map(({ _id, version }) => ({ id: _id, version }));
    },

    async closedSince(instant) {
      return (await find(closedAt(instant), { version: 1, summary: 1 })).map(listedOf);
    },

    async newest() {
      const [found] = await attempt(() =>
        incidents
          .find({}, { projection: { number: 1 } })
          .sort({ number: -1 })
          .limit(1)
          .toArray(),
      );
      return found?.number ?? 0;
    },

    withKey: (key) => attempt(() => holderOf(key)),

    closedBefore: (instant) => attempt(() => past(instant)),

    async remove(id, closedBefore) {
      existing(id);
      return attempt(async () => {
        if (!(await past(closedBefore)).includes(id)) return false;
        const closed = { _id: id, open: false, closedAt: { $lt: closedBefore } };
        const { deletedCount } = await incidents.deleteOne(closed);
        if (deletedCount === 0) return false;
        atHand.forget(id);
        // After its incident, and those of earlier ones too, in case somebody was killed in between.
        await removeLoosePages(collections);
        return true;
      });
    },

    delivered: (id, outlet, seq) => change(id, { $max: { [`cursors.${fieldName(outlet)}`]: seq } }),

    async remember(id, outlet, key, value) {
      const field = `remembered.${fieldName(outlet)}.${fieldName(key)}`;
      await change(id, value === undefined ? { $unset: { [field]: '' } } : { $set: { [field]: value } });
    },

    async recall(id, outlet) {
      const field = `remembered.${fieldName(outlet)}`;
      const found = await attempt(() => incidents.findOne({ _id: id }, { projection: { [field]: 1 } }));
      return fromStored(found?.remembered?.[fieldName(outlet)] ?? {}) as Record<string, string>;
    },

    people: () => attempt(() => atHand.people()),
    open: () => attempt(() => atHand.open()),
    stop: () => database.close(),
  };
}

type Document = Record<string, unknown>;

const ID = /^INC-([1-9]\d{0,14})$/;

function numberOf(id: IncidentId): number {
  return Number(ID.exec(id)?.[1]);
}

function existing(id: IncidentId): void {
  if (!ID.test(id)) throw new Error(`"${id}" is no incident's id: one looks like INC-1`);
}

function closedAt(orAfter: Instant): Filter<IncidentDocument> {
  return { open: false, closedAt: { $gte: orAfter } };
}

function openOr(closedAfter: Instant | undefined): Filter<IncidentDocument> {
  return closedAfter === undefined ? { open: true } : { $or: [{ open: true }, closedAt(closedAfter)] };
}

function listedOf({ _id, version, summary }: IncidentDocument): Listed {
  return { ...(fromStored(summary) as Summary), id: _id, version };
}

/** A gap or a doubled number would make every later reading of the incident wrong. */
function requireSequence(id: IncidentId, version: number, events: readonly Recorded[]): void {
  if (events.length === 0) throw new Error(`${id}: nothing to append`);
  events.forEach(({ seq }, index) => {
    if (seq !== version + index + 1) {
      throw new Error(`${id}: event ${seq} was to be appended as number ${version + index + 1}`);
    }
  });
}

/** The fields with an index. `closedAt` is absent exactly while it is not closed. */
function placesOf(summary: Summary) {
  const { phase, declaredAt, closedAt, key } = summary;
  const open = phase !== 'closed';
  return { open, declaredAt, closedAt: open ? undefined : (closedAt ?? declaredAt), key };
}
