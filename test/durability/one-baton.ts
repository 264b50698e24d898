/** One Baton at a time in a folder of its own, for stories about its lives: started, told, killed and started again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recorded } from '../../src/core/events.ts';
import { type BatonProcess, readyAt, type Start, startBaton, until } from './baton-process.ts';

export interface OneBaton {
  readonly folder: string;
  readonly process: BatonProcess;
  start(options?: Partial<Start>): Promise<void>;
  /** Starts it though it may not come up. */
  try(options?: Partial<Start>): BatonProcess;
  kill(): Promise<void>;
  /** The address of a path. */
  at(path: string): URL;
  /** Posts an order by its id; resolves to status and answer. */
  order(id: string, by: string, command: string, fields?: object, incident?: string): Promise<Reply>;
  events(incident: string): Promise<readonly Recorded[]>;
  /** The first event of a type, as soon as it is there. */
  event<T extends Recorded['type']>(incident: string, type: T): Promise<Recorded<T>>;
  end(): Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** @param yaml the whole configuration */
export function oneBaton(yaml: string): OneBaton {
  const folder = mkdtempSync(join(tmpdir(), 'baton-lives-'));
  const config = join(folder, 'baton.yaml');
  writeFileSync(config, yaml);
  let baton: BatonProcess | undefined;
  let address: URL | undefined;
  const running = () => {
    if (!baton) throw new Error('no Baton was started');
    return baton;
  };

  async function events(incident: string): Promise<readonly Recorded[]> {
    const response = await fetch(one.at(`/incidents/${incident}/record.json`));
    return ((await response.json()) as { events: Recorded[] }).events;
  }

  const one: OneBaton = {
    folder,
    get process() {
      return running();
    },
    try(options = {}) {
      baton = startBaton({ folder, config, ...options });
      return baton;
    },
    async start(options) {
      address = await readyAt(one.try(options));
    },
    async kill() {
      running().kill('SIGKILL');
      await running().ended;
    },
    at: (path) => new URL(path, address),
    async order(id, by, command, fields = {}, incident) {
      const response = await fetch(one.at(`/console/orders?as=${by}`), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id, data: { command, fields, ...(incident === undefined ? {} : { incident }) } }),
      });
      return { status: response.status, body: (await response.json()) as Reply['body'] };
    },
    events,
    event: <T extends Recorded['type']>(incident: string, type: T) =>
      until(type, async () => (await events(incident)).find((event) => event.type === type) as Recorded<T> | undefined),
    async end() {
      baton?.kill('SIGKILL');
      await baton?.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return one;
}
