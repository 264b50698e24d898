/** A process for a test to kill while it rings a clock: says which clocks it keeps, and never ends the ring. */
import { createJobs } from '../../../src/adapters/agenda/jobs.ts';
import { sqliteBackend } from '../../../src/adapters/agenda/sqlite-backend.ts';
import { openDatabase } from './sqlite-file.ts';

const [path = ''] = process.argv.slice(2);
const quiet = { info() {}, warn() {}, error() {} };
const jobs = createJobs({ backend: sqliteBackend({ database: openDatabase(path) }), log: quiet });
const now = Date.now();
const clocks = [
  { policy: 'nag', key: 'interrupted', at: now },
  // Late enough not to be in the memory of this process, and due when the next one has started.
  { policy: 'nag', key: 'soon', at: now + 3_000 },
  { policy: 'nag', key: 'later', at: now + 600_000 },
];
await jobs.start(async () => {
  process.stdout.write(JSON.stringify(clocks));
  await new Promise(() => {});
});
await jobs.keep('INC-1', clocks);
