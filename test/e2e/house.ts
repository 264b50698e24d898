// A real Baton and a real Alertmanager on loopback, each a process of its own, which deliver to one another.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type Started, startProcess, until } from './processes.ts';

const ROOT = join(import.meta.dirname, '../..');
const SECRET = 'a-secret-between-the-two';

export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt?: string;
  readonly endsAt?: string;
}

export interface Kept {
  readonly events: readonly { readonly type: string; readonly seq: number; readonly [fact: string]: unknown }[];
}

export interface House {
  /** Where Baton's console is: `http://127.0.0.1:4711` */
  readonly url: string;
  readonly managerUrl: string;
  /** Everything that every Baton started here has written. */
  output(): string;
  /** Starts Baton, as `npm start` does, and waits until it is ready. */
  startBaton(): Promise<void>;
  /** @returns its exit code; null after a signal */
  endBaton(signal: NodeJS.Signals): Promise<number | null>;
  /** Hands alerts to Alertmanager, which groups and delivers them. */
  fire(...alerts: Alert[]): Promise<void>;
  /** The record as JSON; undefined while there is no such incident. */
  record(incident: string): Promise<Kept | undefined>;
  stop(): Promise<void>;
}

/** @param config of Baton, as YAML, without `hooks` */
export async function openHouse(config: string): Promise<House> {
  const program = ['prometheus-alertmanager', 'alertmanager'].find(
    (name) => spawnSync(name, ['--version']).status === 0,
  );
  if (!program) {
    throw new Error(
      'There is no Alertmanager here. Install it (apt-get install prometheus-alertmanager) or put it on the PATH.',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'baton-e2e-'));
  const [batonPort, managerPort] = [await freePort(), await freePort()];
  const [url, managerUrl] = [batonPort, managerPort].map((port) => `http://127.0.0.1:${port}`) as [string, string];
  writeFileSync(join(folder, 'baton.yaml'), `hooks: {alertmanager: {secret: ${SECRET}}}\n${config}`);
  writeFileSync(join(folder, 'alertmanager.yml'), delivery(`${url}/hooks/alertmanager/${SECRET}`));

  const lives: Started[] = [];
  const endBaton = async (signal: NodeJS.Signals) => (await lives.at(-1)?.end(signal)) ?? null;
  const startBaton = async () => {
    const started = startProcess(process.execPath, [join(ROOT, 'src/main.ts')], {
      PORT: String(batonPort),
      DATA_DIR: join(folder, 'data'),
      BATON_CONFIG: join(folder, 'baton.yaml'),
    });
    lives.push(started);
    await until(`Baton, which said: ${started.output()}`, async () => started.output().includes('Baton is ready'));
  };
  const manager = startProcess(program, [
    `--config.file=${join(folder, 'alertmanager.yml')}`,
    `--storage.path=${join(folder, 'alertmanager')}`,
    `--web.listen-address=127.0.0.1:${managerPort}`,
    '--web.external-url=http://alertmanager.example.com',
    '--web.route-prefix=/',
    '--cluster.listen-address=',
  ]);
  const stop = async () => {
    await Promise.all([manager.end('SIGTERM'), endBaton('SIGTERM')]);
    rmSync(folder, { recursive: true });
  };
  try {
    await startBaton();
    await until('Alertmanager', async () => {
      if (manager.ended()) return true;
      return (await fetch(`${managerUrl}/-/ready`)).ok;
    });
    if (manager.ended()) throw new Error(`Alertmanager ended at once: ${manager.output()}`);
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    url,
    managerUrl,
    output: () => lives.map((life) => life.output()).join(''),
    startBaton,
    endBaton,
    async fire(...alerts) {
      const response = await fetch(`${managerUrl}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(alerts),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    async record(incident) {
      const response = await fetch(`${url}/incidents/${incident}/record.json`);
      return response.ok ? ((await response.json()) as Kept) : undefined;
    },
    stop,
  };
}

/** Everything is delivered again within seconds, grouped or alone, resolved or not. */
function delivery(to: string): string {
  return `
route:
  receiver: baton
  group_by: [alertname]
  group_wait: 500ms
  group_interval: 1s
  repeat_interval: 2s
receivers:
  - name: baton
    webhook_configs: [{url: "${to}", send_resolved: true}]
`;
}
