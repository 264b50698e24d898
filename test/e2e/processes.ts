// Real processes on loopback: started, waited for, killed and ended by their own ids.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** What a wait gives up after: generous, because continuous integration is slow. */
const PATIENCE = 60_000;
const POLL = 100;

export interface Started {
  /** Everything it wrote so far. */
  readonly output: () => string;
  readonly ended: () => boolean;
  /** Resolves once it has ended. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts a program; what it writes is kept for when something goes wrong. */
export function startProcess(
  program: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Started {
  let output = '';
  const child: ChildProcess = spawn(program, parameters, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (text: unknown) => {
    output += String(text);
  };
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', keep);
  child.on('error', keep);
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  return {
    output: () => output,
    ended,
    async end(signal) {
      if (ended()) return child.exitCode;
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
      return child.exitCode;
    },
  };
}

/**
 * Asks until the answer is no longer undefined or false.
 * @param patience milliseconds
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  patience = PATIENCE,
): Promise<T> {
  const before = Date.now() + patience;
  let last: unknown;
  while (Date.now() < before) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      last = error;
    }
    await new Promise((done) => setTimeout(done, POLL));
  }
  throw new Error(`waited ${patience / 1_000} s for ${what}`, { cause: last });
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}
