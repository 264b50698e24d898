/** What is in the database after a clean stop, read by its own SQL and not by the store that wrote it. */
import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Clock, World } from '../../src/core/contract.ts';
import type { Recorded } from '../../src/core/events.ts';
import { evolve, replay } from '../../src/core/evolve.ts';
import type { Incident } from '../../src/core/incident.ts';
import type { Settings } from '../../src/core/settings.ts';
import { summaryOf } from '../../src/core/summary.ts';
import type { People, PersonId } from '../../src/core/units.ts';

export interface Kept {
  readonly id: string;
  readonly version: number;
  readonly summary: unknown;
  readonly events: readonly Recorded[];
  /** After all events; undefined when they do not load. */
  readonly incident: Incident | undefined;
  /** The state after each event, by its `seq`; none for 0. */
  readonly states: readonly (Incident | undefined)[];
  readonly jobs: readonly Clock[];
}

export interface Ledger {
  readonly incidents: readonly Kept[];
  /** Events of incidents that no Baton can read any more, by incident: what was sent because of them has its reason. */
  readonly unreadable: ReadonlyMap<string, readonly Recorded[]>;
  /** Ids by name. */
  readonly people: ReadonlyMap<string, PersonId>;
  /** Attachments whose bytes are as they were when they were kept, by id. */
  readonly attachments: ReadonlySet<string>;
  readonly world: World;
  /** What is wrong with the file itself; `ok` when nothing is. */
  readonly integrity: string;
}

type Row = Readonly<Record<string, string | number | null>>;

export function readLedger(dataDir: string, settings: Settings, configured: People): Ledger {
  const database = new DatabaseSync(join(dataDir, 'baton.db'), { readOnly: true });
  try {
    const all = (sql: string) => database.prepare(sql).all() as Row[];
    const events = Map.groupBy(all('SELECT incident, event FROM events ORDER BY incident, seq'), (row) => row.incident);
    const jobs = Map.groupBy(
      all(`SELECT name, data ->> 'incident' AS incident, data ->> 'key' AS key, data ->> 'at' AS at FROM agenda_jobs`),
      (row) => row.incident,
    );
    const incidents = all('SELECT number, version, summary FROM incidents ORDER BY number').map((row): Kept => {
      const id = `INC-${row.number}`;
      const recorded = (events.get(row.number ?? 0) ?? []).map(({ event }) => JSON.parse(String(event)) as Recorded);
      const states: (Incident | undefined)[] = [undefined];
      for (const event of recorded) states[event.seq] = evolve(states[event.seq - 1], event, id);
      return {
        id,
        version: Number(row.version),
        summary: JSON.parse(String(row.summary)),
        events: recorded,
        incident: replay(id, recorded),
        states,
        jobs: (jobs.get(id) ?? []).map(({ name, key, at }) => ({
          policy: String(name),
          key: String(key),
          at: Number(at),
        })),
      };
    });
    const joined = all('SELECT id, person FROM people').map(({ id, person }) => {
      return [String(JSON.parse(String(person)).name), String(id)] as const;
    });
    const attachments = all('SELECT id, content FROM attachments').filter(({ content }) => {
      const path = join(dataDir, 'attachments', String(content));
      return existsSync(path) && hash('sha256', readFileSync(path)) === content;
    });
    const integrity = String(Object.values(database.prepare('PRAGMA integrity_check').get() ?? {})[0]);
    const resting = Object.assign({}, ...incidents.map(({ incident }) => incident && summaryOf(incident).resting));
    return {
      incidents,
      unreadable: new Map(),
      people: new Map(joined),
      attachments: new Set(attachments.map(({ id }) => String(id))),
      world: { settings, people: configured, commanded: {}, resting, closed: [] },
      integrity,
    };
  } finally {
    database.close();
  }
}
