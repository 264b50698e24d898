/** What keeps Baton from starting, in lines that say what to do about it. */
import { StorageError } from './adapters/sqlite/storage-error.ts';
import { type Config, ConfigError } from './config.ts';
import { whyNotListening } from './listening.ts';
import { type Running, start } from './start.ts';

/** Starts Baton. @throws with words for whoever starts it, as far as `linesFor` has any */
export async function startOr(...given: Parameters<typeof start>): Promise<Running> {
  try {
    return await start(...given);
  } catch (error) {
    throw listeningProblem(error, given[0]) ?? error;
  }
}

/** What keeps Baton from starting, in words that say what to do. */
class StartError extends Error {}

function listeningProblem(error: unknown, { host, port }: Config): StartError | undefined {
  const { code, syscall } = error as { code?: string; syscall?: string };
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return undefined;
  return new StartError(whyNotListening(code, host, port));
}

/** What to say on the way out; each line says what to do. */
export async function linesFor(error: unknown): Promise<readonly string[]> {
  if (error instanceof ConfigError) return [...error.problems, 'Baton has not started.'];
  // Loaded only now, because the driver comes with it.
  const { DatabaseError } = await import('./adapters/mongodb/database-error.ts');
  if (error instanceof StorageError || error instanceof DatabaseError || error instanceof StartError) {
    return [`${error.message} Baton has not started.`];
  }
  return [`Baton has not started, and this is a fault in it: ${(error as Error).stack ?? String(error)}`];
}
