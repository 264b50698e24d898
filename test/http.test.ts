// Everything over HTTP meets the same doors: names, other sites' pages, the token; and every answer is plain and closed.
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import express, { type RequestHandler } from 'express';
import { type AccessOptions, createAccess } from '../src/access.ts';
import type { Log } from '../src/core/ports.ts';
import { createHttp, INSTANCE } from '../src/http.ts';
import { createMetrics } from '../src/metrics.ts';

const TOKEN = 'a-token-of-some-length';

let server: Server | undefined;
let lines: string[];

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((done) => server?.close(done) ?? done(undefined));
  server = undefined;
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

type Send = (
  path: string,
  more?: { method?: string; headers?: Record<string, string>; body?: string },
) => Promise<Answer>;

/** Serves a house with one room that anybody reaches, and one that is guarded. */
async function serve(options: AccessOptions = {}, unready?: string): Promise<Send> {
  lines = [];
  const keep = (facts: object, message: string) => void lines.push(JSON.stringify({ ...facts, message }));
  const log: Log = { info: keep, warn: keep, error: keep };
  const access = createAccess(options);
  const open = express.Router();
  open.post('/enter', express.json(), access.enter);
  open.post('/open', express.json({ limit: 1024 }), (_request, response) => void response.json({ done: true }));
  const fails: RequestHandler = () => {
    throw new Error('a secret detail');
  };
  const guarded = express.Router();
  guarded
    .get(['/room', '/rooms/:id'], (_request, response) => void response.json({ inside: true }))
    .post('/room', fails);
  const app = createHttp({
    access,
    open: [open],
    guarded: [guarded],
    metrics: createMetrics(Date.now).registry,
    unready: async () => unready,
    log,
  });
  server = createServer(app).listen(0, '127.0.0.1');
  const listening = server;
  await new Promise((ready) => listening.once('listening', ready));
  const { port } = server.address() as AddressInfo;
  // Not fetch: it would not let us say a false Host or Origin.
  return (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
      const sent = httpRequest({ port, path, method, headers: { host: `127.0.0.1:${port}`, ...type, ...headers } });
      sent.on('error', reject).on('response', async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
      sent.end(body);
    });
}

describe('probes', () => {
  test('are answered to anybody, under any name', async () => {
    const send = await serve({ token: TOKEN });
    const headers = { host: '10.0.0.7:3978', 'x-forwarded-for': '10.0.0.1' };
    expect(await send('/healthz', { headers })).toMatchObject({ status: 200, body: '{"alive":true}' });
    expect(await send('/readyz', { headers })).toMatchObject({ status: 200, body: '{"ready":true}' });
  });

  test('tell the doctor which instance answers', async () => {
    const send = await serve();
    const name = (await send('/healthz')).headers[INSTANCE];
    expect(name).toMatch(/^[0-9a-f-]{36}$/);
    expect((await send('/healthz')).headers[INSTANCE]).toBe(name);
  });

  test('say when no work can be taken', async () => {
    const send = await serve({}, 'store');
    expect(await send('/readyz')).toMatchObject({ status: 503, body: '{"ready":false,"reason":"store"}' });
    expect((await send('/healthz')).status).toBe(200);
  });
});

describe('on this machine, without a token', () => {
  test.each(['127.0.0.1:3978', 'localhost:3978', '[::1]:3978'])('%s is let in', async (host) => {
    const send = await serve();
    expect(await send('/room', { headers: { host } })).toMatchObject({ status: 200 });
  });

  test.each(['evil.example', 'evil.example:3978', '127.0.0.1.evil.example', 'not a host'])(
    'the false name %j is turned away',
    async (host) => {
      const send = await serve();
      const answer = await send('/room', { headers: { host } });
      expect([400, 421]).toContain(answer.status);
      expect(answer.body).not.toContain('inside');
    },
  );

  test.each<Record<string, string>>([
    { 'x-forwarded-for': '203.0.113.7' },
    { forwarded: 'for=203.0.113.7' },
    { via: '1.1 proxy' },
  ])('what came through a proxy (%j) is not from this machine', async (headers) => {
    const send = await serve();
    expect(await send('/room', { headers })).toMatchObject({ status: 403 });
  });

  test('the public name is served, but not without a token', async () => {
    const send = await serve({ publicUrl: 'https://baton.example.com' });
    const answer = await send('/room', { headers: { host: 'baton.example.com' } });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body).error).toContain('Set BATON_TOKEN');
  });
});

describe("another site's page", () => {
  test.each<[string, Record<string, string>]>([
    ['by its origin', { origin: 'https://evil.example' }],
    ['by an origin that hides', { origin: 'null' }],
    ['by a neighbour’s port', { origin: 'http://127.0.0.1:1' }],
    ['by what its browser says', { 'sec-fetch-site': 'cross-site' }],
    ['from the same site', { 'sec-fetch-site': 'same-site' }],
  ])('may not act: known %s', async (_how, headers) => {
    const send = await serve();
    expect(await send('/open', { method: 'POST', body: '{}', headers })).toMatchObject({ status: 403 });
  });

  test('may not act with the token either', async () => {
    const send = await serve({ token: TOKEN });
    const headers = { origin: 'https://evil.example', authorization: `Bearer ${TOKEN}` };
    expect(await send('/room', { method: 'POST', headers })).toMatchObject({ status: 403 });
  });

  test('is told apart from ours, and from no page at all', async () => {
    const send = await serve({ publicUrl: 'https://baton.example.com' });
    const { port } = (server as Server).address() as AddressInfo;
    const lawful: Record<string, string>[] = [
      {},
      { origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' },
      { origin: 'https://baton.example.com', 'sec-fetch-site': 'same-origin' },
    ];
    for (const headers of lawful) {
      expect(await send('/open', { method: 'POST', body: '{}', headers })).toMatchObject({
        status: 200,
      });
    }
  });
});

describe('with a token', () => {
  test('nobody is let in without it, this machine included', async () => {
    const send = await serve({ token: TOKEN });
    const wrong: Record<string, string>[] = [{}, { authorization: 'Bearer wrong' }, { cookie: `baton=${TOKEN}` }];
    for (const headers of wrong) {
      const answer = await send('/room', { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect((await send('/metrics', { headers })).status).toBe(401);
    }
  });

  test('it opens as a bearer token, under any name', async () => {
    const send = await serve({ token: TOKEN });
    const headers = { authorization: `Bearer ${TOKEN}`, host: '10.0.0.7:3978' };
    expect(await send('/room', { headers })).toMatchObject({ status: 200 });
  });

  test('it is exchanged for a cookie that does not tell it', async () => {
    const send = await serve({ token: TOKEN, publicUrl: 'https://baton.example.com' });
    expect(await send('/enter', { method: 'POST', body: '{"token":"wrong"}' })).toMatchObject({ status: 403 });
    const entered = await send('/enter', { method: 'POST', body: JSON.stringify({ token: TOKEN }) });
    const [cookie = ''] = entered.headers['set-cookie'] as string[];
    expect(cookie).toMatch(/^baton=[\w-]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/);
    expect(cookie).not.toContain(TOKEN);
    const headers = { cookie: `other=1; ${cookie.split(';')[0]}` };
    expect(await send('/room', { headers })).toMatchObject({ status: 200 });
    const elsewhere = await serveAnother({ token: 'another-token-of-length' });
    expect(await elsewhere('/room', { headers })).toMatchObject({ status: 401 });
  });
});

/** A second house, after the first is closed. */
async function serveAnother(options: AccessOptions): Promise<Send> {
  server?.closeAllConnections();
  await new Promise((done) => server?.close(done));
  return serve(options);
}

describe('an answer', () => {
  test('is never run, framed, sniffed or kept', async () => {
    const send = await serve();
    for (const path of ['/room', '/nowhere', '/healthz', '/metrics']) {
      expect((await send(path)).headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
    }
    expect((await send('/room')).headers).not.toHaveProperty('x-powered-by');
  });

  test('to an unknown address says so', async () => {
    const send = await serve();
    expect(await send('/nowhere?secret=1', { method: 'PUT' })).toMatchObject({
      status: 404,
      body: '{"error":"There is nothing at PUT /nowhere."}',
    });
  });

  test.each<[string, string, number, string]>([
    ['{"a":', 'broken JSON', 400, 'The body is not JSON as it should be.'],
    [`"${'x'.repeat(2000)}"`, 'too much', 413, 'The body is too large: at most 1 KiB are taken.'],
  ])('to %.8s is in plain words', async (body, _what, status, error) => {
    const send = await serve();
    expect(await send('/open', { method: 'POST', body })).toMatchObject({ status, body: JSON.stringify({ error }) });
  });

  test('to an address that cannot be read is in plain words', async () => {
    const send = await serve();
    expect((await send('/rooms/%E0%A4%A')).status).toBe(400);
  });

  test('to a fault tells nothing of it but where the log has it', async () => {
    const send = await serve();
    const answer = await send('/room', { method: 'POST' });
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('secret detail');
    const [, id = 'none'] = /under ([\w-]+)\./.exec(JSON.parse(answer.body).error) ?? [];
    expect(lines.join()).toContain(id);
  });
});

test('metrics are there for Prometheus', async () => {
  const send = await serve();
  const answer = await send('/metrics');
  expect(answer.headers['content-type']).toContain('text/plain');
  for (const name of [
    'events_appended_total',
    'orders_total',
    'refusals_total',
    'rings_total',
    'ring_lateness_seconds',
  ]) {
    expect(answer.body).toContain(`# HELP baton_${name} `);
  }
});
