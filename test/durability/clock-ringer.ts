/** A process for a test to kill. The first of its kind takes two clocks and rings one without end; the next says what it rings. */
import { createJobs } from '../../src/adapters/agenda/jobs.ts';
import { sqliteBackend } from '../../src/adapters/agenda/sqlite-backend.ts';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';

/** Longer than the test waits for anything. */
const NEVER = 3_600_000;
/** Looks so far ahead that it takes at once what the usual look takes within a second of its time. */
const FAR = 60_000;

const [directory = '', which] = process.argv.slice(2);
const log = { info() {}, warn() {}, error() {} };
const { connection } = openDatabase(directory);
const jobs = createJobs({
  backend: sqliteBackend({ database: connection, alone: true }),
  log,
  lockLifetime: NEVER,
  ...(which === 'first' ? { lookEvery: FAR } : {}),
});
const until = async (sql: string, wanted: number) => {
  while (connection.prepare(sql).get()?.jobs !== wanted) await new Promise((done) => setTimeout(done, 10));
};

if (which === 'first') {
  await jobs.start(() => new Promise(() => {}));
  const now = Date.now();
  await jobs.keep('INC-1', [
    { policy: 'nag', key: 'ringing', at: now },
    { policy: 'nag', key: 'ahead', at: now + 2_000 },
  ]);
  await until('SELECT count(*) AS jobs FROM agenda_jobs WHERE lockedAt IS NOT NULL', 2);
  process.stdout.write('both are taken\n');
} else {
  await jobs.start(async (_incident, { key }) => void process.stdout.write(`${key}\n`));
  await until('SELECT count(*) AS jobs FROM agenda_jobs', 0);
  process.stdout.write('none is left\n');
}
