/** Keeps incidents in SQLite: a row per event, and a row per incident with what lists ask for. */
import type { Recorded } from '../../core/events.ts';
import type { Listed, Store, Summary } from '../../core/ports.ts';
import type { IncidentId, Instant } from '../../core/units.ts';
import { prepareAtHand } from './at-hand.ts';
import type { Database } from './database.ts';
import { gathered } from './gathered.ts';

/** `stop` closes the database, so it comes last of everything that uses it. */
export function sqliteStore(database: Database): Store {
  const { connection, attempt, durably, lightly, onDisk } = database;
  const atHand = attempt(() => prepareAtHand(connection, idOf));

  const standing = attempt(() =>
    connection.prepare(`
      SELECT version, declared_at IS ? AND closed_at IS ? AND key IS ? AS unmoved FROM incidents WHERE number = ?`),
  );
  const insertIncident = connection.prepare('INSERT INTO incidents VALUES (?, ?, ?, ?, ?, ?)');
  // Two ways to update, because an index is written whenever its column is named, even with the value it had.
  const updateIncident = connection.prepare('UPDATE incidents SET version = ?, summary = ? WHERE number = ?');
  const moveIncident = connection.prepare(
    'UPDATE incidents SET version = ?, summary = ?, declared_at = ?, closed_at = ?, key = ? WHERE number = ?',
  );
  const insertEvent = connection.prepare('INSERT INTO events VALUES (?, ?, ?)');
  const openWithKey = connection.prepare('SELECT number FROM incidents WHERE key = ? AND closed_at IS NULL');

  // The log comes as one text and is parsed in one go: several times faster than a row and a parse per event.
  const whole = connection.prepare(`
    SELECT version,
      (SELECT group_concat(event, ',' ORDER BY seq) FROM events WHERE incident = number AND seq > ?) AS events,
      (SELECT json_group_object(outlet, seq) FROM cursors WHERE incident = number) AS cursors
    FROM incidents WHERE number = ?`);
  // The rows to list are found in the indexes alone; only those within the limit are read.
  const listing = (columns: string) =>
    connection.prepare(`
      SELECT ${columns} FROM (
        SELECT number AS found, declared_at AS at FROM incidents WHERE closed_at IS NULL
        UNION ALL
        SELECT number, declared_at FROM incidents WHERE closed_at IS NOT NULL AND closed_at >= ?
        ORDER BY at DESC, found DESC LIMIT ?
      ) JOIN incidents ON number = found
      ORDER BY at DESC, found DESC`);
  const listed = listing('number, version, summary');
  const versions = listing('number, version');
  const lately = connection.prepare(`
    SELECT number, version, summary FROM incidents WHERE closed_at >= ? ORDER BY declared_at DESC, number DESC`);
  const newest = connection.prepare('SELECT coalesce(max(number), 0) AS number FROM incidents');

  const past = connection.prepare(`
    SELECT number FROM incidents WHERE closed_at < ? AND number < (SELECT max(number) FROM incidents) ORDER BY number`);
  // Children first, because they refer to their incident.
  const removals = [
    ...['events', 'cursors', 'remembered'].map((table) => `DELETE FROM ${table} WHERE incident = ?`),
    'DELETE FROM incidents WHERE number = ?',
  ].map((sql) => connection.prepare(sql));
  const isPast = connection.prepare(`
    SELECT 1 FROM incidents WHERE number = ? AND closed_at < ? AND number < (SELECT max(number) FROM incidents)`);

  const moveCursor = connection.prepare(`
    INSERT INTO cursors VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET seq = excluded.seq WHERE excluded.seq > seq`);
  const remember = connection.prepare(`
    INSERT INTO remembered VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value`);
  const forget = connection.prepare('DELETE FROM remembered WHERE incident = ? AND outlet = ? AND key = ?');
  const recall = connection.prepare(`
    SELECT json_group_object(key, value) AS found FROM remembered WHERE incident = ? AND outlet = ?`);

  const together = gathered(lightly);

  return {
    async load(id, after = 0) {
      const row = attempt(() => whole.get(after, numberOf(id) ?? null));
      if (!row) return undefined;
      return {
        version: row.version as number,
        events: row.events === null ? [] : (JSON.parse(`[${row.events}]`) as Recorded[]),
        cursors: JSON.parse(row.cursors as string) as Record<string, number>,
      };
    },

    async append(id, version, events, summary) {
      const number = existing(id);
      requireSequence(id, version, events);
      const text = JSON.stringify(summary);
      const { declaredAt, closedAt, key } = places(summary);
      const appended = lightly(() => {
        const row = standing.get(declaredAt, closedAt, key, number);
        if ((row?.version ?? 0) !== version) return 'conflict';
        if (closedAt === null && key !== null && !row?.unmoved) {
          const holder = openWithKey.get(key)?.number as number | undefined;
          if (holder !== undefined && holder !== number) return { duplicate: idOf(holder) };
        }
        if (!row) insertIncident.run(number, events.length, declaredAt, closedAt, key, text);
        else if (row.unmoved) updateIncident.run(version + events.length, text, number);
        else moveIncident.run(version + events.length, text, declaredAt, closedAt, key, number);
        for (const event of events) insertEvent.run(number, event.seq, JSON.stringify(event));
        return 'appended';
      });
      if (appended !== 'appended') return appended;
      // Whoever looks sees it from here on, whatever the disk will say.
      atHand.note(number, summary);
      await onDisk();
      return appended;
    },

    async list({ closedAfter, limit }) {
      return attempt(() => listed.all(closedAfter ?? null, limit ?? -1)).map(listedOf);
    },

    async versions({ closedAfter }) {
      return attempt(() => versions.all(closedAfter ?? null, -1)).map(standingOf);
    },

    async closedSince(instant) {
      return attempt(() => lately.all(instant)).map(listedOf);
    },

    async newest() {
      return attempt(() => newest.get())?.number as number;
    },

    async withKey(key) {
      const row = attempt(() => openWithKey.get(key));
      return row && idOf(row.number as number);
    },

    async closedBefore(instant) {
      return attempt(() => past.all(instant)).map(({ number }) => idOf(number as number));
    },

    async remove(id, closedBefore) {
      const number = existing(id);
      const removed = lightly(() => {
        if (!isPast.get(number, closedBefore)) return false;
        for (const removal of removals) removal.run(number);
        return true;
      });
      if (!removed) return false;
      atHand.forget(number);
      await onDisk();
      return true;
    },

    async delivered(id, outlet, seq) {
      const number = existing(id);
      // What a power cut undoes here is delivered once more, as outlets expect.
      await together(() => moveCursor.run(number, outlet, seq));
    },

    async remember(id, outlet, key, value, mayBeUndone = false) {
      const number = existing(id);
      // What is forgotten here (a room, a card) would be made twice, even after a power cut.
      const write = mayBeUndone ? lightly : durably;
      await write(() =>
        value === undefined ? forget.run(number, outlet, key) : remember.run(number, outlet, key, value),
      );
    },

    async recall(id, outlet) {
      const row = attempt(() => recall.get(numberOf(id) ?? null, outlet));
      return JSON.parse(row?.found as string) as Record<string, string>;
    },

    async people() {
      return attempt(() => atHand.people());
    },

    async open() {
      return attempt(() => atHand.open());
    },

    async stop() {
      database.close();
    },
  };
}

const ID = /^INC-([1-9]\d{0,14})$/;

/** The key of an incident's rows: its number, which SQLite finds fastest. Undefined for what is no id. */
function numberOf(id: IncidentId): number | undefined {
  const digits = ID.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function idOf(number: number): IncidentId {
  return `INC-${number}`;
}

function existing(id: IncidentId): number {
  const number = numberOf(id);
  if (number === undefined) throw new Error(`"${id}" is no incident's id: one looks like INC-1`);
  return number;
}

type Row = Readonly<Record<string, unknown>>;

function standingOf({ number, version }: Row): Pick<Listed, 'id' | 'version'> {
  return { id: idOf(number as number), version: version as number };
}

function listedOf(row: Row): Listed {
  return { ...(JSON.parse(row.summary as string) as Summary), ...standingOf(row) };
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

/** The columns with an index. Null for what is absent; `closedAt` is null exactly while it is not closed. */
function places(summary: Summary): { declaredAt: Instant; closedAt: Instant | null; key: string | null } {
  const { phase, declaredAt, closedAt, key } = summary;
  return { declaredAt, closedAt: phase === 'closed' ? (closedAt ?? declaredAt) : null, key: key ?? null };
}
