/** The tables, as the steps that led to them: append a step to change them, never edit one that was released. */

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** Step n brings the schema to version n, counted from 1. */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: 'incidents, attachments and people',
    // Instants are REAL because they are JavaScript numbers: nothing is rounded on the way in.
    // closed_at stands for the phase: NULL means not closed, and that is what the indexes ask.
    sql: `
      CREATE TABLE incidents (
        number INTEGER PRIMARY KEY,
        version INTEGER NOT NULL,
        declared_at REAL NOT NULL,
        closed_at REAL,
        key TEXT,
        summary TEXT NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX one_open_incident_per_key ON incidents (key) WHERE closed_at IS NULL AND key IS NOT NULL;
      CREATE INDEX open_incidents ON incidents (declared_at) WHERE closed_at IS NULL;
      CREATE INDEX closed_incidents ON incidents (closed_at, declared_at) WHERE closed_at IS NOT NULL;

      CREATE TABLE events (
        incident INTEGER NOT NULL REFERENCES incidents,
        seq INTEGER NOT NULL,
        event TEXT NOT NULL,
        PRIMARY KEY (incident, seq)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE cursors (
        incident INTEGER NOT NULL REFERENCES incidents,
        outlet TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (incident, outlet)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE remembered (
        incident INTEGER NOT NULL REFERENCES incidents,
        outlet TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (incident, outlet, key)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE attachments (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        type TEXT NOT NULL,
        content TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE people (
        id TEXT NOT NULL UNIQUE,
        person TEXT NOT NULL
      ) STRICT;
    `,
  },
  {
    name: 'what outlets remember beyond any one incident',
    sql: `
      CREATE TABLE memory (
        outlet TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (outlet, key)
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    name: 'when attachments were kept',
    sql: 'ALTER TABLE attachments ADD COLUMN kept_at REAL NOT NULL DEFAULT 0;',
  },
];
