/** Baton as a process: configuration in, one line with the address out, signals and failures to their ends. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from './adapters/log/log.ts';
import { readConfig } from './config.ts';
import type { Log } from './core/ports.ts';
import { linesFor, startOr } from './not-started.ts';
import type { Running } from './start.ts';
import { watchOver } from './watch-over.ts';

/** Orchestrators usually wait ten seconds before they kill. Whatever is not delivered by then is at the next start. */
const DRAIN = 7_000;
/** Within which other instances are then told to take over; where that fails too they find out by the silence. */
const LEAVE = 2_000;

/** Resolves once it serves; ends the process, with lines that say why, when it cannot. */
export async function run(): Promise<void> {
  try {
    await begin();
  } catch (error) {
    for (const line of await linesFor(error)) process.stderr.write(`${line}\n`);
    process.exit(1);
  }
}

async function begin(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  watchOver(log);
  const running = await startOr(config, log);
  // First, because whoever reads that it is ready may tell it to end at once.
  endOnSignal(running, log);
  process.stdout.write(`Baton is ready at ${running.address}\n`);
  log.info({ address: running.address, dataDir: config.dataDir, config: config.file ?? 'defaults' }, 'started');
}

/** A second signal ends at once: everything that was answered is kept already. */
function endOnSignal(running: Running, log: Log): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(0);
    stopping = true;
    log.info({ signal }, 'stopping');
    const late = setTimeout(async () => {
      log.warn(
        {},
        'stopped without waiting for all deliveries; they are made at the next start, or by other instances',
      );
      await Promise.race([running.leave(), sleep(LEAVE)]);
      process.exit(0);
    }, DRAIN);
    running.stop().then(
      () => {
        clearTimeout(late);
        log.info({}, 'stopped');
        process.exit(0);
      },
      (error) => {
        log.error({ error }, 'stopped with a failure');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
