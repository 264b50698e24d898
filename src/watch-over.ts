/** What becomes of failures in a process that nobody has caught. */
import type { Log } from './core/ports.ts';

/** A promise that nobody waited for harms nobody else; an exception that nobody caught leaves a state that nobody knows. */
export function watchOver(log: Log): void {
  process.on('unhandledRejection', (error) => log.error({ error }, 'a promise failed and nobody waited for it'));
  process.on('uncaughtException', (error) => {
    log.error({ error }, 'ended by a failure that nobody caught; everything that was answered is kept');
    process.exit(1);
  });
  // As with the log: whoever read the output has gone.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
