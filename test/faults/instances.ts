/** Several Batons on one MongoDB, each behind a stretch of network of its own, as one address to ask. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BatonProcess, readyAt, startBaton, until } from '../durability/baton-process.ts';
import type { Random } from '../durability/random.ts';
import { type Stretch, startStretch } from './proxy.ts';

export interface Instance {
  readonly proxy: Stretch;
  /** Resolves when the process is gone. */
  kill(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Sets its clock so many milliseconds further ahead than it was at first. */
  setClock(further: number): void;
}

export interface Instances {
  readonly all: readonly Instance[];
  start(one: Instance): Promise<void>;
  /** The address of any that serves. */
  readonly anywhere: () => URL | undefined;
  /** Resolves when each that runs says that it is ready, or each that it is not. */
  untilAll(ready: boolean): Promise<void>;
  /** Tells all to end; rejects when one does not end well. */
  stop(): Promise<void>;
  startAll(): Promise<void>;
  /** What they wrote. */
  output(): string;
  /** Leaves nothing running. */
  clear(): Promise<void>;
}

export interface InstancesOptions {
  readonly uri: string;
  readonly folder: string;
  readonly config: string;
  /** How far the clock of each is ahead, in milliseconds: as many as there are instances. */
  readonly clocks: readonly number[];
  readonly random: Random;
}

const SKEWED = join(import.meta.dirname, 'skewed-clock.ts');

interface Running extends Instance {
  process: BatonProcess | undefined;
  address: URL | undefined;
}

export async function startInstances({ uri, folder, config, clocks, random }: InstancesOptions): Promise<Instances> {
  const database = new URL(uri);
  const written: string[] = [];
  const clockOf = (n: number) => join(folder, `clock-${n}`);
  const all: Running[] = [];
  for (const [n, ahead] of clocks.entries()) {
    const clock = clockOf(n);
    writeFileSync(clock, String(ahead));
    const proxy = await startStretch(database.hostname, Number(database.port || 27_017));
    const one: Running = {
      proxy,
      process: undefined,
      address: undefined,
      async kill() {
        one.process?.kill('SIGKILL');
        await one.process?.ended;
      },
      signal: (signal) => one.process?.kill(signal),
      setClock(further) {
        writeFileSync(clock, String(ahead + further));
        one.process?.kill('SIGUSR2');
      },
    };
    all.push(one);
  }

  async function start(given: Instance): Promise<void> {
    const n = all.indexOf(given as Running);
    const one = all[n] as Running;
    const own = join(folder, `instance-${n}`);
    mkdirSync(own, { recursive: true });
    const through = new URL(uri);
    through.host = `127.0.0.1:${one.proxy.port}`;
    through.searchParams.set('directConnection', 'true');
    const started = startBaton({
      folder: own,
      config,
      environment: { MONGODB_URI: through.href, CLOCK_FILE: clockOf(n), NODE_OPTIONS: `--import ${SKEWED}` },
    });
    one.process = started;
    void started.ended.then(() => {
      written.push(started.output());
      if (one.process === started) one.address = undefined;
    });
    one.address = await readyAt(started);
  }

  async function stop(): Promise<void> {
    for (const { process } of all) process?.kill('SIGTERM');
    for (const { process } of all) {
      const { code, signal } = (await process?.ended) ?? { code: 0, signal: null };
      if (code !== 0) throw new Error(`an instance was told to stop and ended with ${code ?? signal}`);
    }
  }

  return {
    all,
    start,
    startAll: async () => void (await Promise.all(all.map(start))),
    anywhere() {
      const serving = all.flatMap(({ address }) => address ?? []);
      return serving.length === 0 ? undefined : random.of(serving);
    },
    async untilAll(ready) {
      let said: readonly string[] = [];
      const asked = until(ready ? 'all to be ready' : 'nobody to be ready', async () => {
        const addresses = all.flatMap(({ address }) => address ?? []);
        const answers = await Promise.all(addresses.map((address) => fetch(new URL('/readyz', address))));
        said = await Promise.all(answers.map((answer) => answer.text()));
        return answers.every(({ ok }) => ok === ready);
      });
      await asked.catch((error) => {
        throw new Error(`${error.message}; they said ${said.join(' and ')}`);
      });
    },
    stop,
    output: () => [...written, ...all.map(({ process }) => process?.output() ?? '')].join(''),
    async clear() {
      for (const one of all) {
        one.signal('SIGCONT');
        await one.kill();
        await one.proxy.stop();
      }
    },
  };
}
