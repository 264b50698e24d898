// A real Prometheus Alertmanager delivers to a real Baton, which is killed meanwhile: one incident, every change once, nothing lost.
// Run with `npm run e2e:alertmanager`; wants `prometheus-alertmanager` (Debian's name) or `alertmanager` on the PATH.
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { type Alert, type House, openHouse } from './house.ts';
import { until } from './processes.ts';

interface Noted {
  readonly type: string;
  readonly name: string;
  readonly status: 'firing' | 'resolved';
  readonly fingerprint: string;
  readonly endedAt?: number;
}

let house: House;

jest.setTimeout(180_000);

beforeAll(async () => {
  house = await openHouse('services: {payments: {name: Payments}}\n');
});

afterAll(() => house?.stop());

const recordOf = (id: string) => house.record(id);

const notedIn = async (id: string) =>
  ((await recordOf(id))?.events ?? []).filter(({ type }) => type === 'alert-noted') as unknown as Noted[];

const statusesIn = async (id: string) => (await notedIn(id)).map(({ status }) => status).sort();

const now = () => new Date().toISOString();

/** How many deliveries Alertmanager has made, by its own count. */
async function deliveries(): Promise<number> {
  const text = await (await fetch(`${house.managerUrl}/metrics`)).text();
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
  await house.fire(errors('web-1'), errors('web-2'));
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
  await house.fire(errors('web-2', { endsAt: now() }));
  await until('one recovery', async () => (await notedIn('INC-1')).length === 3);
  await house.fire(errors('web-1', { endsAt: now() }));
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
    await house.fire(slow(instance));
    if (n % 4 === 2) await house.endBaton('SIGKILL');
    if (n % 4 === 0 && n > 0) await house.startBaton();
    await new Promise((done) => setTimeout(done, 300));
  }
  await house.startBaton();
  await until('every alert', async () => (await notedIn('INC-2')).length >= many.length);

  await house.endBaton('SIGKILL');
  await house.fire(...many.map((instance) => slow(instance, { endsAt: now() })));
  await new Promise((done) => setTimeout(done, 2_000));
  await house.startBaton();
  await until('every recovery', async () => (await notedIn('INC-2')).length >= 2 * many.length);

  const once = (status: string) => many.map(() => status);
  expect(await statusesIn('INC-2')).toEqual([...once('firing'), ...once('resolved')]);
  expect(new Set((await notedIn('INC-2')).map(({ fingerprint, status }) => `${fingerprint} ${status}`)).size).toBe(24);
  const sequence = (await recordOf('INC-2'))?.events.map(({ seq }) => seq) ?? [];
  expect(sequence).toEqual(sequence.map((_, index) => index + 1));
  expect(await recordOf('INC-3')).toBeUndefined();
});

test('Baton ends when it is told to, and says nothing was amiss', async () => {
  expect(await house.endBaton('SIGTERM')).toBe(0);
  expect(house.output()).not.toMatch(/"level":"(error|fatal)"/);
});
