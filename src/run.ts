/** Baton as a process: configuration in, one line with the address out, signals and failures to their ends. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from './adapters/log/log.ts';
import { StorageError } from './adapters/sqlite/storage-error.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import type { Log } from './core/ports.ts';
import { whyNotListening } from './listening.ts';
import { type Running, start } from './start.ts';

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

async function startOr(config: Config, log: Log): Promise<Running> {
  try {
    return await start(config, log);
  } catch (error) {
    throw listeningProblem(error, config) ?? error;
  }
}

/** What keeps Baton from starting, in words that say what to do. */
class StartError extends Error {}

function listeningProblem(error: unknown, { host, port }: Config): StartError | undefined {
  const { code, syscall } = error as { code?: string; syscall?: string };
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return undefined;
  return new StartError(whyNotListening(code, host, port));
}

async function linesFor(error: unknown): Promise<readonly string[]> {
  if (error instanceof ConfigError) return [...error.problems, 'Baton has not started.'];
  // Loaded only now, because the driver comes with it.
  const { DatabaseError } = await import('./adapters/mongodb/database-error.ts');
  if (error instanceof StorageError || error instanceof DatabaseError || error instanceof StartError) {
    return [`${error.message} Baton has not started.`];
  }
  return [`Baton has not started, and this is a fault in it: ${(error as Error).stack ?? String(error)}`];
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

/** A promise that nobody waited for harms nobody else; an exception that nobody caught leaves a state that nobody knows. */
function watchOver(log: Log): void {
  process.on('unhandledRejection', (error) => log.error({ error }, 'a promise failed and nobody waited for it'));
  process.on('uncaughtException', (error) => {
    log.error({ error }, 'ended by a failure that nobody caught; everything that was answered is kept');
    process.exit(1);
  });
  // As with the log: whoever read the output has gone.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
