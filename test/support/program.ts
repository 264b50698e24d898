/** Programs of Baton as processes of their own: what they say and how they end. None outlives its test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Program {
  readonly out: () => string;
  readonly errors: () => string;
  readonly hasEnded: () => boolean;
  /** Its exit code; null where a signal ended it. */
  readonly exit: () => Promise<number | null>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

const running: ChildProcess[] = [];

/** @param environment all that it has, beside the path */
export function runProgram(
  file: string,
  options: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Program {
  const child = spawn(process.execPath, [file, ...options], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const said = { out: '', errors: '' };
  child.stdout.on('data', (text) => {
    said.out += String(text);
  });
  child.stderr.on('data', (text) => {
    said.errors += String(text);
  });
  const closed = once(child, 'close');
  return {
    out: () => said.out,
    errors: () => said.errors,
    hasEnded: () => child.exitCode !== null,
    exit: async () => ((await closed) as [number | null])[0],
    kill: (signal) => void child.kill(signal),
  };
}

/** For after each test. */
export async function endPrograms(): Promise<void> {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
