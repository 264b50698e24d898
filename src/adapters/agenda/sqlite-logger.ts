/** Agenda's log of what became of its jobs, kept in SQLite for those who switch it on. */
import type { JobLogEntry, JobLogger, JobLogQuery } from 'agenda';
import type { Cell, Row } from './sqlite-row.ts';
import type { JobsTable } from './sqlite-table.ts';
import { decode, encode } from './sqlite-values.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS agenda_logs (
    seq INTEGER PRIMARY KEY,
    timestamp INTEGER NOT NULL,
    level TEXT NOT NULL,
    event TEXT NOT NULL,
    jobId TEXT,
    jobName TEXT NOT NULL,
    entry TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS agenda_logs_time ON agenda_logs (timestamp);
  CREATE INDEX IF NOT EXISTS agenda_logs_job ON agenda_logs (jobId, timestamp);
  CREATE INDEX IF NOT EXISTS agenda_logs_name ON agenda_logs (jobName, timestamp);
`;

const INSERT = 'INSERT INTO agenda_logs (timestamp, level, event, jobId, jobName, entry) VALUES (?, ?, ?, ?, ?, ?)';

/** Entries that a query returns when it does not say how many. */
const PAGE = 50;

/** The table is made at the first use, so that nobody has it who does not log. */
export function sqliteLogger(table: JobsTable): JobLogger {
  let made = false;
  function ready(): JobsTable {
    if (made) return table;
    table.create(SCHEMA);
    made = true;
    return table;
  }
  return {
    async log(entry) {
      const { timestamp, level, event, jobId = null, jobName } = entry;
      ready().write(INSERT, timestamp.getTime(), level, event, jobId, jobName, encode(entry));
    },
    async getLogs(query = {}) {
      const { where, cells } = condition(query);
      const order = query.sort === 'asc' ? 'ASC' : 'DESC';
      const page = `SELECT seq, entry FROM agenda_logs WHERE ${where} ORDER BY timestamp ${order}, seq ${order} LIMIT ? OFFSET ?`;
      const limit = query.limit ?? PAGE;
      const rows = ready().all(page, ...cells, limit > 0 ? limit : -1, query.offset ?? 0);
      const count = table.first(`SELECT count(*) AS total FROM agenda_logs WHERE ${where}`, ...cells);
      return { entries: rows.map(toEntry), total: Number(count?.total) };
    },
    async clearLogs(query = {}) {
      const { where, cells } = condition(query);
      return ready().write(`DELETE FROM agenda_logs WHERE ${where}`, ...cells);
    },
  };
}

function toEntry(row: Row): JobLogEntry {
  const said = Object.entries(decode(String(row.entry)) as JobLogEntry).filter(([, value]) => value !== null);
  return { ...(Object.fromEntries(said) as unknown as JobLogEntry), _id: String(row.seq) };
}

function condition(query: JobLogQuery): { where: string; cells: Cell[] } {
  const terms: [string, Cell][] = [];
  const among = (column: string, wanted: string | string[] | undefined) => {
    if (wanted) terms.push([`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify([wanted].flat())]);
  };
  if (query.jobId) terms.push(['jobId = ?', query.jobId]);
  if (query.jobName) terms.push(['jobName = ?', query.jobName]);
  among('level', query.level);
  among('event', query.event);
  if (query.from) terms.push(['timestamp >= ?', query.from.getTime()]);
  if (query.to) terms.push(['timestamp <= ?', query.to.getTime()]);
  return { where: terms.map(([term]) => term).join(' AND ') || 'TRUE', cells: terms.map(([, cell]) => cell) };
}
