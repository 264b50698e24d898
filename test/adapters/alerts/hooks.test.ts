// Alerts come in over HTTP, through the real core and store: one incident per group, each change once, no stranger heard.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createAccess, isLocal } from '../../../src/access.ts';
import { alertHooks } from '../../../src/adapters/alerts/hooks.ts';
import { openDatabase } from '../../../src/adapters/sqlite/database.ts';
import { sqliteDirectory } from '../../../src/adapters/sqlite/directory.ts';
import { sqliteStore } from '../../../src/adapters/sqlite/store.ts';
import { announcement } from '../../../src/cards/announcement.ts';
import { wordsFor } from '../../../src/cards/words/words.ts';
import { effectsOf } from '../../../src/core/effects.ts';
import { createHandler, type Handler } from '../../../src/core/handle.ts';
import type { Log, Store } from '../../../src/core/ports.ts';
import { DEFAULTS, type Settings } from '../../../src/core/settings.ts';
import { createHttp } from '../../../src/http.ts';
import { createMetrics } from '../../../src/metrics.ts';

/** Only Anna may declare by hand: alerts declare all the same. */
const SETTINGS: Settings = {
  ...DEFAULTS,
  services: { payments: { name: 'Payments', seats: [] } },
  permissions: { declare: ['anna'] },
};

const recorded = (name: string): string =>
  readFileSync(new URL(`../../fixtures/alertmanager/${name}.json`, import.meta.url), 'utf8');

interface Line {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly message: string;
}

let folder: string;
let store: Store;
let handler: Handler;
let server: Server;
let lines: Line[];
let broken: boolean;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-hooks-'));
  const database = openDatabase(folder);
  const kept = sqliteStore(database);
  broken = false;
  lines = [];
  const keep = (facts: Line['facts'], message: string) => void lines.push({ facts, message });
  const log: Log = { info: keep, warn: keep, error: keep };
  store = {
    ...kept,
    append: async (...append) => {
      if (broken) throw new Error('the disk is full');
      return kept.append(...append);
    },
  };
  handler = createHandler({
    store,
    directory: sqliteDirectory(database),
    jobs: { keep: async () => false, start: async () => {}, stop: async () => {} },
    outlets: [],
    settings: SETTINGS,
    people: { anna: { id: 'anna', name: 'Anna' } },
    now: Date.now,
    later: () => {},
    log,
  });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await handler.settled();
  await store.stop();
  rmSync(folder, { recursive: true });
});

/** Serves the hooks, and posts to them. */
async function serve(secrets: readonly string[] = []) {
  const keep = (facts: Line['facts'], message: string) => void lines.push({ facts, message });
  const log: Log = { info: keep, warn: keep, error: keep };
  const options = { alertmanager: { secrets, serviceLabel: 'service' }, intake: handler, log, isLocal };
  const app = createHttp({
    access: createAccess({}),
    open: [alertHooks(options)],
    guarded: [],
    metrics: createMetrics(Date.now).registry,
    unready: async () => undefined,
    log,
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const { port } = server.address() as AddressInfo;
  return async (body: string, path = '/hooks/alertmanager/local', headers: Record<string, string> = {}) => {
    const request = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, request);
    return { status: response.status, headers: response.headers, said: (await response.json()) as { error?: string } };
  };
}

const alertsOf = async (id: string) =>
  (await handler.events(id)).flatMap((event) =>
    event.type === 'alert-noted' ? [`${event.name} ${event.status}`] : [],
  );

/** Somebody takes command and gives one order; the phase afterwards. */
async function command(incident: string, name: string, fields: object = {}) {
  let phase: unknown;
  for (const [order, given] of [['take-command', {}] as const, [name, fields] as const]) {
    const id = `${incident}-${order}`;
    const answer = await handler.handle({
      id,
      command: order,
      incident,
      by: 'anna',
      fields: { ...given },
      via: 'test',
    });
    if ('refusal' in answer) throw new Error(answer.refusal.refused);
    phase = answer.incident.phase;
  }
  return phase;
}

const close = (incident: string) => command(incident, 'close', { reason: 'a false alarm' });

describe('a group of alerts', () => {
  test('is one incident, however often it is delivered', async () => {
    const post = await serve();
    expect(await post(recorded('firing'))).toMatchObject({ status: 200, said: { incident: 'INC-1' } });
    for (const name of ['firing', 'second-alert', 'second-alert', 'truncated', 'firing']) {
      expect(await post(recorded(name))).toMatchObject({ status: 200, said: { incident: 'INC-1' } });
    }
    expect(await handler.list({})).toHaveLength(1);
    expect(await alertsOf('INC-1')).toEqual(['HighErrorRate firing', 'HighErrorRate firing']);
    expect(await handler.incident('INC-1')).toMatchObject({
      title: 'Payments fail for one in five customers',
      service: 'payments',
      source: { kind: 'alert', via: 'alertmanager' },
      phase: 'open',
    });
  });

  test('that recovers is evidence, and closes nothing', async () => {
    const post = await serve();
    for (const name of ['second-alert', 'partly-resolved', 'resolved', 'resolved']) await post(recorded(name));
    expect(await alertsOf('INC-1')).toEqual([
      'HighErrorRate firing',
      'HighErrorRate firing',
      'HighErrorRate resolved',
      'HighErrorRate resolved',
    ]);
    expect(await handler.incident('INC-1')).toMatchObject({ phase: 'open' });
    const ends = (await handler.events('INC-1')).flatMap((event) =>
      event.type === 'alert-noted' && event.status === 'resolved' ? [event.endedAt] : [],
    );
    expect(ends).toEqual([expect.any(Number), expect.any(Number)]);
  });

  test('is told to the room in one line that says how many', async () => {
    const post = await serve();
    for (const name of ['second-alert', 'second-alert', 'resolved']) await post(recorded(name));
    const [incident, events, world] = await Promise.all([
      handler.incident('INC-1'),
      handler.events('INC-1'),
      handler.world(),
    ]);
    if (!incident) throw new Error('no incident was opened');
    const told = events.flatMap((event) =>
      effectsOf(event, incident, world).flatMap((effect) =>
        effect.type === 'announce' && effect.event.type === 'alert-noted'
          ? [announcement(effect.event, wordsFor({ language: 'en', zone: 'UTC' }, {}, incident)).split('\n')[0]]
          : [],
      ),
    );
    expect(told).toEqual([
      expect.stringMatching(/^Alert from alertmanager: HighErrorRate.* one more alert/),
      expect.stringMatching(/^Alert from alertmanager is over: HighErrorRate/),
    ]);
  });

  test('delivered many times at once ends in one incident with each alert once', async () => {
    const post = await serve();
    const bodies = Array.from({ length: 12 }, (_, n) => recorded(n % 2 ? 'firing' : 'second-alert'));
    const answers = await Promise.all(bodies.map((body) => post(body)));
    expect(answers.map(({ status, said }) => [status, said])).toEqual(bodies.map(() => [200, { incident: 'INC-1' }]));
    expect(await handler.list({})).toHaveLength(1);
    expect(await alertsOf('INC-1')).toEqual(['HighErrorRate firing', 'HighErrorRate firing']);
  });

  test('that fires again is noted again', async () => {
    const post = await serve();
    await post(recorded('firing'));
    await post(recorded('resolved'));
    const again = recorded('firing').replace(/"startsAt":\s*"[^"]+"/, '"startsAt":"2026-11-24T01:00:00Z"');
    expect(await post(again)).toMatchObject({ said: { incident: 'INC-1' } });
    expect(await alertsOf('INC-1')).toHaveLength(3);
  });

  test('beside another group is another incident', async () => {
    const post = await serve();
    await post(recorded('firing'));
    expect(await post(recorded('bare'))).toMatchObject({ said: { incident: 'INC-2' } });
    expect(await handler.incident('INC-2')).toMatchObject({ title: 'DiskFull' });
  });

  test('that recovers without ever having fired here opens nothing', async () => {
    const post = await serve();
    expect(await post(recorded('resolved'))).toMatchObject({ status: 202, said: { incident: null } });
    expect(await handler.list({})).toEqual([]);
  });
});

describe('after the incident was closed', () => {
  test('a group that fires is a new incident that remembers the old one', async () => {
    const post = await serve();
    await post(recorded('firing'));
    expect(await close('INC-1')).toBe('closed');
    expect(await post(recorded('firing'))).toMatchObject({ status: 200, said: { incident: 'INC-2' } });
    expect(await handler.incident('INC-2')).toMatchObject({ resembles: 'INC-1' });
    expect(await alertsOf('INC-1')).toHaveLength(1);
  });

  test('a late recovery is still evidence of its record', async () => {
    const post = await serve();
    await post(recorded('firing'));
    await close('INC-1');
    expect(await post(recorded('resolved'))).toMatchObject({ status: 200, said: { incident: 'INC-1' } });
    expect(await alertsOf('INC-1')).toEqual(['HighErrorRate firing', 'HighErrorRate resolved']);
    expect(await handler.list({})).toEqual([]);
  });
});

test('alerts of an incident that was merged go on to where it was merged', async () => {
  const post = await serve();
  await post(recorded('firing'));
  await close('INC-1');
  expect(await post(recorded('firing'))).toMatchObject({ said: { incident: 'INC-2' } });
  expect(await command('INC-2', 'merge-into', { into: 'INC-1' })).toBe('closed');
  await handler.settled();
  expect(await post(recorded('second-alert'))).toMatchObject({ said: { incident: 'INC-1' } });
  expect(await handler.incident('INC-1')).toMatchObject({ phase: 'open' });
});

test('a service that the house does not know is left out, and the operator told', async () => {
  const post = await serve();
  await post(recorded('firing').replaceAll('"payments"', '"unheard-of"'));
  expect(await handler.incident('INC-1')).not.toHaveProperty('service');
  expect(lines).toContainEqual(expect.objectContaining({ facts: expect.objectContaining({ service: 'unheard-of' }) }));
});

test('what cannot be kept is asked for again, and is then kept once', async () => {
  const post = await serve();
  broken = true;
  const refused = await post(recorded('firing'));
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(JSON.stringify(refused.said)).not.toContain('disk');
  broken = false;
  expect(await post(recorded('firing'))).toMatchObject({ status: 200 });
  expect(await alertsOf('INC-1')).toHaveLength(1);
});

describe('a request that is none', () => {
  test.each<[string, string, number, string]>([
    ['half an object', '{"version": "4"', 400, 'The body is not JSON'],
    ['nothing', '', 400, 'This is not what alertmanager sends'],
    ['another shape', '{"version":"4","groupKey":"g"}', 400, 'alerts: '],
    ['too much', JSON.stringify({ fill: 'x'.repeat(1024 * 1024) }), 413, 'at most 1024 KiB'],
  ])('with %s is answered in plain words', async (_what, body, status, said) => {
    const post = await serve();
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.said.error).toContain(said);
    expect(await handler.list({})).toEqual([]);
  });

  test('in another type is told which', async () => {
    const post = await serve();
    const path = '/hooks/alertmanager/local';
    expect(await post(recorded('firing'), path, { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
  });
});

describe('with a secret', () => {
  const basic = (password: string) => `Basic ${Buffer.from(`baton:${password}`).toString('base64')}`;

  test.each<[string, string, Record<string, string>]>([
    ['in the address', '/hooks/alertmanager/first-secret', {}],
    ['in the address, the second of two', '/hooks/alertmanager/second-secret', {}],
    ['as a bearer token', '/hooks/alertmanager', { authorization: 'Bearer first-secret' }],
    ['as a basic password', '/hooks/alertmanager', { authorization: basic('second-secret') }],
  ])('%s a source is let in', async (_how, path, headers) => {
    const post = await serve(['first-secret', 'second-secret']);
    expect(await post(recorded('firing'), path, headers)).toMatchObject({ status: 200 });
  });

  test.each<[string, string, Record<string, string>]>([
    ['none', '/hooks/alertmanager', {}],
    ['the name for none', '/hooks/alertmanager/local', {}],
    ['another', '/hooks/alertmanager/first-secre', {}],
    ['another as a bearer token', '/hooks/alertmanager', { authorization: 'Bearer x' }],
    ['another as a basic password', '/hooks/alertmanager', { authorization: basic('') }],
    ['its user name', '/hooks/alertmanager', { authorization: `Basic ${btoa('first-secret:x')}` }],
  ])('%s is turned away unread, and no log has it', async (_what, path, headers) => {
    const post = await serve(['first-secret']);
    const answer = await post('{', path, headers);
    expect(answer.status).toBe(401);
    expect(answer.said.error).toContain('The secret is wrong or missing');
    expect(JSON.stringify(lines)).not.toContain('first-secre');
  });
});

describe('without a secret', () => {
  test('the operator is told that only this machine is heard, and where', async () => {
    await serve();
    expect(lines[0]?.facts).toEqual({ source: 'alertmanager', address: '/hooks/alertmanager/local' });
  });

  test.each<[string, string, Record<string, string>]>([
    ['at another address', '/hooks/alertmanager/guess', {}],
    ['through a proxy', '/hooks/alertmanager/local', { 'x-forwarded-for': '203.0.113.7' }],
  ])('a request %s is turned away', async (_what, path, headers) => {
    const post = await serve();
    expect(await post(recorded('firing'), path, headers)).toMatchObject({ status: 403 });
    expect(await handler.list({})).toEqual([]);
  });
});

test('alerts are delivered, not fetched', async () => {
  await serve();
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/hooks/alertmanager/local`);
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('POST');
});
