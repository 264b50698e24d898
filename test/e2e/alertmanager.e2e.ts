// A real Prometheus Alertmanager delivers to a real Baton, which is killed meanwhile: one incident, every change once, nothing lost.
// Run with `npm run e2e:alertmanager`; wants `prometheus-alertmanager` (Debian's name) or `alertmanager` on the PATH.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { freePort, type Started, startProcess, until } from './processes.ts';

const ROOT = join(import.meta.dirname, '../..');
const SECRET = 'a-secret-between-the-two';

interface Noted {
  readonly type: string;
  readonly name: string;
  readonly status: 'firing' | 'resolved';
  readonly fingerprint: string;
  readonly endedAt?: number;
}

interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt?: string;
  readonly endsAt?: string;
}

const alertmanager = ['prometheus-alertmanager', 'alertmanager'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

let folder: string;
let batonPort: number;
let managerPort: number;
let baton: Started | undefined;
let manager: Started | undefined;

jest.setTimeout(180_000);

beforeAll(async () => {
  if (!alertmanager) {
    throw new Error(
      'There is no Alertmanager here. Install it (apt-get install prometheus-alertmanager) or put it on the PATH.',
    );
  }
  folder = mkdtempSync(join(tmpdir(), 'baton-e2e-'));
  [batonPort, managerPort] = [await freePort(), await freePort()];
  writeFileSync(
    join(folder, 'baton.yaml'),
    `hooks: {alertmanager: {secret: ${SECRET}}}\nservices: {payments: {name: Payments}}\n`,
  );
  // Everything is delivered again within seconds, grouped or alone, resolved or not.
  writeFileSync(
    join(folder, 'alertmanager.yml'),
    `
route:
  receiver: baton
  group_by: [alertname]
  group_wait: 500ms
  group_interval: 1s
  repeat_interval: 2s
receivers:
  - name: baton
    webhook_configs:
      - url: http://127.0.0.1:${batonPort}/hooks/alertmanager/${SECRET}
        send_resolved: true
`,
  );
  await startBaton();
  manager = startProcess(alertmanager, [
    `--config.file=${join(folder, 'alertmanager.yml')}`,
    `--storage.path=${join(folder, 'alertmanager')}`,
    `--web.listen-address=127.0.0.1:${managerPort}`,
    '--web.external-url=http://alertmanager.example.com',
    '--web.route-prefix=/',
    '--cluster.listen-address=',
  ]);
  await until('Alertmanager', async () => (await fetch(`http://127.0.0.1:${managerPort}/-/ready`)).ok);
});

afterAll(async () => {
  await manager?.end('SIGTERM');
  await baton?.end('SIGTERM');
  if (folder) rmSync(folder, { recursive: true });
});

async function startBaton(): Promise<void> {
  const started = startProcess(process.execPath, [join(ROOT, 'src/main.ts')], {
    PORT: String(batonPort),
    DATA_DIR: join(folder, 'data'),
    BATON_CONFIG: join(folder, 'baton.yaml'),
  });
  baton = started;
  await until(`Baton, which said: ${started.output()}`, async () => started.output().includes('Baton is ready'));
}

const recordOf = async (id: string) => {
  const response = await fetch(`http://127.0.0.1:${batonPort}/incidents/${id}/record.json`);
  return response.ok ? ((await response.json()) as { events: { type: string; seq: number }[] }) : undefined;
};

const notedIn = async (id: string) =>
  ((await recordOf(id))?.events ?? []).filter(({ type }) => type === 'alert-noted') as unknown as Noted[];

const statusesIn = async (id: string) => (await notedIn(id)).map(({ status }) => status).sort();

async function fire(...alerts: Alert[]): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${managerPort}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alerts),
  });
  if (!response.ok) throw new Error(await response.text());
}

const now = () => new Date().toISOString();

/** How many deliveries Alertmanager has made, by its own count. */
async function deliveries(): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${managerPort}/metrics`)).text();
  return Number(/^alertmanager_notifications_total\{integration="webhook"\} (\d+)/m.exec(text)?.[1] ?? 0);
}

async function afterMoreDeliveries(more: number): Promise<void> {
  const wanted = (await deliveries()) + more;
  await until(`${more} more deliveries`, async () => (await deliveries()) >= wanted);
}

const errors = (instance: string, more: Partial<Alert> = {}): Alert => ({
  labels: { alertname: 'HighErrorRate', service: 'payments', instance },
  annotations: { summary: 'Payments fail for one in five customers' },
  ...more,
});

test('a group of alerts that is delivered again and again is one incident, and each alert is noted once', async () => {
  await fire(errors('web-1'), errors('web-2'));
  await until('two alerts', async () => (await notedIn('INC-1')).length === 2);
  await afterMoreDeliveries(4);
  expect(await statusesIn('INC-1')).toEqual(['firing', 'firing']);
  expect(await recordOf('INC-2')).toBeUndefined();
  expect((await recordOf('INC-1'))?.events[0]).toMatchObject({
    type: 'incident-declared',
    title: 'Payments fail for one in five customers',
    service: 'payments',
    source: { kind: 'alert', via: 'alertmanager' },
  });
});

test('what recovers is evidence, with its end, and closes nothing', async () => {
  await fire(errors('web-2', { endsAt: now() }));
  await until('one recovery', async () => (await notedIn('INC-1')).length === 3);
  await fire(errors('web-1', { endsAt: now() }));
  await until('both recoveries', async () => (await notedIn('INC-1')).length === 4);
  expect(await statusesIn('INC-1')).toEqual(['firing', 'firing', 'resolved', 'resolved']);
  const recoveries = (await notedIn('INC-1')).filter(({ status }) => status === 'resolved');
  expect(recoveries.map(({ endedAt }) => typeof endedAt)).toEqual(['number', 'number']);
  const types = (await recordOf('INC-1'))?.events.map(({ type }) => type);
  expect(types).not.toContain('incident-closed');
  expect(types).not.toContain('incident-mitigated');
});

test('nothing is lost or doubled when Baton is killed while alerts come in', async () => {
  const many = Array.from({ length: 12 }, (_, n) => `db-${n}`);
  const slow = (instance: string, more: Partial<Alert> = {}): Alert => ({
    labels: { alertname: 'SlowQueries', instance },
    ...more,
  });
  for (const [n, instance] of many.entries()) {
    await fire(slow(instance));
    if (n % 4 === 2) await baton?.end('SIGKILL');
    if (n % 4 === 0 && n > 0) await startBaton();
    await new Promise((done) => setTimeout(done, 300));
  }
  await startBaton();
  await until('every alert', async () => (await notedIn('INC-2')).length >= many.length);

  await baton?.end('SIGKILL');
  await fire(...many.map((instance) => slow(instance, { endsAt: now() })));
  await new Promise((done) => setTimeout(done, 2_000));
  await startBaton();
  await until('every recovery', async () => (await notedIn('INC-2')).length >= 2 * many.length);

  const once = (status: string) => many.map(() => status);
  expect(await statusesIn('INC-2')).toEqual([...once('firing'), ...once('resolved')]);
  expect(new Set((await notedIn('INC-2')).map(({ fingerprint, status }) => `${fingerprint} ${status}`)).size).toBe(24);
  const sequence = (await recordOf('INC-2'))?.events.map(({ seq }) => seq) ?? [];
  expect(sequence).toEqual(sequence.map((_, index) => index + 1));
  expect(await recordOf('INC-3')).toBeUndefined();
});

test('Baton ends when it is told to, and says nothing was amiss', async () => {
  expect(await baton?.end('SIGTERM')).toBe(0);
  expect(baton?.output()).not.toMatch(/"level":"(error|fatal)"/);
});
