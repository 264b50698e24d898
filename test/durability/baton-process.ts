/** The real Baton as a process of its own, to be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import packed from '../../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
/** As `npm start` has it, without npm. */
const PROGRAM = packed.scripts.start
  .split(' ')
  .slice(1)
  .map((part) => (part.endsWith('.ts') ? join(ROOT, part) : part));

/** How a process ended: by itself with a code, or by a signal. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface BatonProcess {
  readonly pid: number;
  readonly spawnedAt: number;
  /** Where it listens, as soon as it has said so; undefined when it ended before. */
  readonly ready: Promise<URL | undefined>;
  readonly ended: Promise<Ending>;
  kill(signal: NodeJS.Signals): void;
  /** Everything it wrote. */
  output(): string;
}

export interface Start {
  /** Its working directory; the data go into `data` in there. */
  readonly folder: string;
  readonly config?: string;
  /** Default: any that is free. */
  readonly port?: number;
  /** Told at once, before the driver does anything else. */
  readonly onReady?: (address: URL) => void;
  /** A program that starts it, with its arguments: what limits it. */
  readonly through?: readonly string[];
  /** More of its environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

const running = new Set<ChildProcess>();
// Whatever becomes of the driver, it leaves no Baton behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function startBaton({ folder, config, port = 0, onReady, through = [], environment = {} }: Start): BatonProcess {
  const [program = '', ...parameters] = [...through, process.execPath, ...PROGRAM];
  const { PATH = '', HOME = '', TZ = 'UTC' } = process.env;
  const spawnedAt = Date.now();
  const child = spawn(program, parameters, {
    cwd: folder,
    env: {
      PATH,
      HOME,
      TZ,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: join(folder, 'data'),
      LOG_LEVEL: 'warn',
      ...(config === undefined ? {} : { BATON_CONFIG: config }),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  const { promise: ready, resolve } = Promise.withResolvers<URL | undefined>();
  let told = false;
  const listen = (text: string) => {
    output += text;
    const address = told ? undefined : /^Baton is ready at (\S+)$/m.exec(output)?.[1];
    if (address === undefined) return;
    told = true;
    onReady?.(new URL(address));
    resolve(new URL(address));
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', listen);
  child.on('error', (error) => listen(`${error}\n`));
  // Closed rather than ended: everything it wrote has been read by then.
  const ended = once(child, 'close').then(([code, signal]): Ending => {
    running.delete(child);
    resolve(undefined);
    return { code, signal };
  });
  return { pid: child.pid ?? 0, spawnedAt, ready, ended, kill: (signal) => child.kill(signal), output: () => output };
}

/** Rejects with what it wrote when it does not come up. */
export async function readyAt(baton: BatonProcess): Promise<URL> {
  const address = await baton.ready;
  if (address === undefined) throw new Error(`Baton did not start: ${baton.output()}`);
  return address;
}

/** Asks until the answer is no longer undefined or false. */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false> | T | undefined | false) {
  const patience = Date.now() + 60_000;
  while (Date.now() < patience) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer as T;
    await sleep(20);
  }
  throw new Error(`waited a minute for ${what}`);
}
