/** A process for a test to kill: begins a job that never ends, with another one saved that is not due yet. */
import { Agenda } from 'agenda';
import { sqliteBackend } from '../../../src/adapters/agenda/sqlite-backend.ts';
import { openDatabase } from './sqlite-file.ts';

const [path = ''] = process.argv.slice(2);
const agenda = new Agenda({ backend: sqliteBackend({ database: openDatabase(path) }), processEvery: 20 });
agenda.define('remind', async (job) => {
  process.stdout.write(`running ${job.attrs.data}\n`);
  await new Promise(() => {});
});
await agenda.start();
await agenda.schedule(new Date(Date.now() + 1500), 'remind', 'waiting');
await agenda.now('remind', 'interrupted');
