// The lives of a Baton: what came due while it was dead, a first start that is cut short, an end that is told, a disk that is full.
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CAN_LIMIT, CAN_MOUNT, limitFiles } from '../adapters/sqlite/elsewhere.ts';
import { until } from './baton-process.ts';
import { type OneBaton, oneBaton } from './one-baton.ts';

jest.setTimeout(180_000);

const PEOPLE = 'people: {anna: {name: Anna Example}, ben: {name: Ben Example}}\n';

let baton: OneBaton;
afterEach(() => baton.end());

describe('what came due while it was dead', () => {
  beforeEach(() => {
    baton = oneBaton(`${PEOPLE}
seats: {commander: {name: Incident commander, chain: [anna]}, database: {name: Database, chain: [ben]}}
services: {payments: {name: Payments, seats: [database]}}
acknowledgement: {callOut: 1s, giveAway: 2s}
paging: {repeat: 1s, escalate: 30s}
severities: {SEV-2: {round: 2s}}
`);
  });

  test('runs once, at start, however often it would have run meanwhile', async () => {
    await baton.start();
    await baton.order('1', 'anna', 'declare', { title: 'Nobody can pay', service: 'payments' });
    await baton.order('2', 'anna', 'join-call', {}, 'INC-1');
    await baton.order('3', 'anna', 'take-command', {}, 'INC-1');
    await baton.order('4', 'anna', 'delegate', { owner: 'ben', what: 'Look at the queue' }, 'INC-1');
    await baton.kill();
    const before = await read();
    const died = before.at(-1)?.at ?? 0;
    // Both reminders of the delegation, three rounds, and six pages.
    await sleep(6_500);

    await baton.start();
    const start = await until('the round that was due', async () => {
      const events = (await baton.events('INC-1')).slice(before.length);
      return events.some(({ type }) => type === 'round-opened') ? events : undefined;
    });
    const first = start[0]?.at ?? 0;
    const atStart = start.filter(({ at }) => at - first < 900).map(({ type }) => type);
    expect(first - died).toBeGreaterThan(6_000);
    for (const type of ['owner-called-out', 'activity-unclaimed', 'round-opened', 'person-paged'] as const) {
      expect(atStart.filter((one) => one === type)).toEqual([type]);
    }
    // From here on everything goes its usual way, and what is said once stays said.
    const later = await until('the next round', async () => {
      const events = await baton.events('INC-1');
      return events.filter(({ type }) => type === 'round-opened').length > 1 ? events : undefined;
    });
    for (const type of ['owner-called-out', 'activity-unclaimed'] as const) {
      expect(later.filter((event) => event.type === type)).toHaveLength(1);
    }
    const rounds = later.filter((event) => event.type === 'round-opened');
    expect(rounds.map(({ round }) => round)).toEqual([1, 2]);
    expect((rounds[1]?.at ?? 0) - (rounds[0]?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  async function read() {
    const database = new DatabaseSync(join(baton.folder, 'data', 'baton.db'));
    const rows = database.prepare('SELECT event FROM events ORDER BY seq').all();
    database.close();
    return rows.map(({ event }) => JSON.parse(String(event)) as { at: number });
  }
});

test('a first start that is cut short at any moment leaves nothing that keeps the next from starting', async () => {
  baton = oneBaton(PEOPLE);
  const started = baton.try();
  await started.ready;
  const lasted = Date.now() - started.spawnedAt;
  await baton.kill();
  for (let cut = 0; cut < 8; cut += 1) {
    await baton.end();
    baton = oneBaton(PEOPLE);
    baton.try();
    // The database is made towards the end of a start.
    await sleep(lasted * (0.5 + cut / 12));
    await baton.kill();
  }
  await baton.start();
  expect((await baton.order('1', 'anna', 'declare', { title: 'It is up' })).body).toMatchObject({ outcome: 'done' });
});

describe('told to stop', () => {
  test('it answers what it was asked, ends with 0 while a pager hangs and a browser listens, and pages at the next start', async () => {
    let hangs = true;
    const pages: string[] = [];
    const pager = createServer((request, response) => {
      pages.push(String(request.headers['idempotency-key']));
      if (!hangs) response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(pager, 'listening');
    const { port } = pager.address() as AddressInfo;
    baton = oneBaton(`${PEOPLE}
seats: {commander: {name: Incident commander, chain: [anna]}}
pagers: {webhook: {url: "http://127.0.0.1:${port}/", secret: shared}}
`);
    try {
      await baton.start();
      await baton.order('1', 'anna', 'declare', { title: 'Nobody can pay' });
      await until('the page', () => pages.length > 0);
      const stream = await fetch(baton.at('/console/stream?as=anna&incident=INC-1&after=0'));
      expect(stream.status).toBe(200);
      const asked = Array.from({ length: 20 }, (_, n) =>
        baton.order(`n${n}`, 'ben', 'note', { text: `Note ${n}` }, 'INC-1'),
      );
      const told = Date.now();
      baton.process.kill('SIGTERM');
      // Readiness turns first, so that nobody is sent here any more; whoever comes all the same is answered.
      const turned = await until('readiness to turn', async () => {
        const response = await fetch(baton.at('/readyz'));
        return response.status === 503 && response.json();
      });
      expect(turned).toEqual({ ready: false, reason: 'stopping' });
      const late = await baton.order('late', 'ben', 'note', { text: 'Late' }, 'INC-1');
      expect(late.body).toMatchObject({ outcome: 'done' });
      const answers = await Promise.allSettled(asked);
      expect(await baton.process.ended).toEqual({ code: 0, signal: null });
      // Whoever runs it waits ten seconds and then kills.
      expect(Date.now() - told).toBeLessThan(10_000);
      await stream.body?.cancel().catch(() => {});

      hangs = false;
      const [key] = pages;
      await baton.start();
      await until('the page again', () => pages.length > 1 && pages.every((one) => one === key));
      const kept = (await baton.events('INC-1')).flatMap((event) => (event.type === 'note-kept' ? [event.order] : []));
      const done = answers.flatMap((answer, n) =>
        answer.status === 'fulfilled' && answer.value.body.outcome === 'done' ? [`n${n}`] : [],
      );
      expect(kept).toContain('late');
      expect(done.filter((order) => !kept.includes(order))).toEqual([]);
      expect(new Set(kept).size).toBe(kept.length);
    } finally {
      pager.close();
      pager.closeAllConnections();
    }
  });
});

(CAN_LIMIT ? describe : describe.skip)('a disk that is full', () => {
  const readiness = async () =>
    (await fetch(baton.at('/readyz'))).json() as Promise<{ ready: boolean; reason?: string }>;
  const limit = (bytes: number | 'unlimited') => limitFiles(baton.process.pid, bytes);

  test('while it runs: what is not kept is not acknowledged, and is carried out once when there is space', async () => {
    baton = oneBaton(PEOPLE);
    await baton.start();
    await baton.order('1', 'anna', 'declare', { title: 'Nobody can pay' });
    expect(await readiness()).toEqual({ ready: true });
    limit(1_024);
    await until('it not to be ready', async () => (await readiness()).reason === 'store-failed');
    const refused = await baton.order('2', 'anna', 'note', { text: 'Is this kept?' }, 'INC-1');
    expect(refused).toEqual({ status: 503, body: { problem: 'not-kept' } });
    expect((await fetch(baton.at('/healthz'))).status).toBe(200);
    limit('unlimited');
    await until('it to be ready again', async () => (await readiness()).ready);
    expect(await baton.order('2', 'anna', 'note', { text: 'Is this kept?' }, 'INC-1')).toMatchObject({
      status: 200,
      body: { outcome: 'done', repeated: false },
    });
    await baton.kill();
    await baton.start();
    const notes = (await baton.events('INC-1')).filter(({ type }) => type === 'note-kept');
    expect(notes).toHaveLength(1);
  });

  const CRAMPED = { through: ['prlimit', '--fsize=0:'] };

  test('at start, with nothing there yet: it says so and stops, and starts when there is space', async () => {
    baton = oneBaton(PEOPLE);
    const cramped = baton.try(CRAMPED);
    expect(await cramped.ended).toEqual({ code: 1, signal: null });
    expect(cramped.output()).toContain(join(baton.folder, 'data'));
    expect(cramped.output()).toMatch(/Baton has not started\.\n$/);
    await baton.start();
    expect((await baton.order('1', 'anna', 'declare', { title: 'It is up' })).body).toMatchObject({ outcome: 'done' });
  });

  test('at start, with an incident there: it shows what it has, acknowledges nothing, and goes on when there is space', async () => {
    baton = oneBaton(`${PEOPLE}command: {askAfter: 1s}\n`);
    await baton.start();
    await baton.order('1', 'anna', 'declare', { title: 'Nobody can pay' });
    await baton.kill();
    await sleep(1_100);
    await baton.start(CRAMPED);
    const before = await baton.events('INC-1');
    expect(before[0]).toMatchObject({ title: 'Nobody can pay' });
    expect(await baton.order('2', 'anna', 'note', { text: 'Is this kept?' }, 'INC-1')).toMatchObject({ status: 503 });
    limit('unlimited');
    expect((await baton.order('2', 'anna', 'note', { text: 'Is this kept?' }, 'INC-1')).body).toMatchObject({
      outcome: 'done',
    });
    // What came due while it was dead, and could not be kept at start, comes now.
    await baton.event('INC-1', 'commander-sought');
    const after = await baton.events('INC-1');
    expect(after.filter(({ type }) => type === 'note-kept')).toHaveLength(1);
    expect(after.filter(({ type }) => type === 'commander-sought')).toHaveLength(1);
  });
});

(CAN_MOUNT ? test : test.skip)('a disk that may only be read: it says so and stops', async () => {
  baton = oneBaton(PEOPLE);
  await baton.start();
  await baton.order('1', 'anna', 'declare', { title: 'Nobody can pay' });
  await baton.kill();
  const files = readdirSync(join(baton.folder, 'data'));
  const mounted = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"';
  const readOnly = baton.try({
    through: ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', mounted, join(baton.folder, 'data')],
  });
  expect(await readOnly.ended).toEqual({ code: 1, signal: null });
  expect(readOnly.output()).toMatch(/Baton has not started\.\n$/);
  expect(readOnly.output()).toContain('DATA_DIR');
  expect(readdirSync(join(baton.folder, 'data'))).toEqual(files);
  await baton.start();
  expect((await baton.events('INC-1'))[0]).toMatchObject({ title: 'Nobody can pay' });
});
