// What the doctor says of the port and of PUBLIC_URL: who answers there, and whether it is the Baton of this machine.

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, createServer as createListener } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type BatonProcess, readyAt, startBaton } from '../durability/baton-process.ts';
import { doctorSays, of } from '../support/doctor.ts';

let folder: string;
let batons: BatonProcess[];
let servers: { close(): unknown; closeAllConnections?(): void }[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-doctor-test-'));
  batons = [];
  servers = [];
});
afterEach(async () => {
  for (const baton of batons) baton.kill('SIGKILL');
  await Promise.all(batons.map(({ ended }) => ended));
  for (const server of servers) {
    server.close();
    server.closeAllConnections?.();
  }
  rmSync(folder, { recursive: true });
});

/** Resolves to its port. */
async function baton(name: string, environment: Record<string, string> = {}): Promise<string> {
  const port = await freePort();
  const started = startBaton({
    folder,
    port: Number(port),
    environment: { DATA_DIR: join(folder, name), ...environment },
  });
  batons.push(started);
  await readyAt(started);
  return port;
}
async function freePort(): Promise<string> {
  const server = createListener().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}
async function listening(server: Server | ReturnType<typeof createListener>): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return String((server.address() as AddressInfo).port);
}
const answering = (status: number, body: string) =>
  listening(createServer((_request, response) => response.writeHead(status).end(body)));
const says = async (environment: Record<string, string>, patience?: number) =>
  of(await doctorSays(environment, patience), 'Console and HTTP');

test('a port that is free stays free', async () => {
  const port = await freePort();
  expect((await says({ PORT: port }))[0]).toBe(`ok: Port ${port} on 127.0.0.1 is free; no Baton runs here now.`);
});

test('a Baton that runs is recognised, and says whether it takes work', async () => {
  const port = await baton('one');
  expect(await says({ PORT: port })).toEqual([
    `ok: Baton runs at http://127.0.0.1:${port}/ and is ready.`,
    expect.stringMatching(/^unset: PUBLIC_URL is not set/),
  ]);
});

test('a port that something else has, also where it says nothing', async () => {
  const other = await answering(200, 'Something else');
  const said = `wrong: Port ${other} on 127.0.0.1 is taken. > Stop what listens there (another Baton?), or set PORT to another.`;
  expect((await says({ PORT: other }))[0]).toBe(said);
  const silent = await listening(createListener());
  expect((await says({ PORT: silent }, 300))[0]).toMatch(
    /^wrong: Port \d+ on 127\.0\.0\.1 did not answer within 0\.3 s\./,
  );
});

test('an address that this machine does not have', async () => {
  const token = 'a-token-that-is-long-enough';
  expect((await says({ PORT: '0', HOST: '192.0.2.1', BATON_TOKEN: token }))[0]).toMatch(/any free port/);
  expect((await says({ PORT: '45999', HOST: '192.0.2.1', BATON_TOKEN: token }))[0]).toBe(
    'wrong: This machine does not have the address 192.0.2.1. > Set HOST to one that it has, or leave it out.',
  );
});

test('PUBLIC_URL leads here, to another Baton, to something else, or nowhere', async () => {
  const proxied = await proxy();
  const outside = `http://localhost:${proxied.port}`;
  const mine = await baton('one', { PUBLIC_URL: outside });
  const given = { PORT: mine, PUBLIC_URL: outside };
  proxied.to = mine;
  expect((await says(given)).at(-1)).toBe(`ok: ${outside} leads to this Baton.`);
  proxied.to = await baton('two');
  expect((await says(given)).at(-1)).toMatch(/^note: .* leads to a Baton, but not to the one on this machine\./);
  expect((await says({ ...given, PORT: '0' })).at(-1)).toMatch(/not to the one on this machine, where none runs\./);
  proxied.to = await answering(404, 'Nothing here');
  expect((await says(given)).at(-1)).toBe(
    `wrong: ${outside}/healthz answers 404, and it is not Baton. > Let the proxy there lead to http://127.0.0.1:${mine}.`,
  );
  expect((await says({ ...given, PORT: '0' })).at(-1)).toMatch(/^note: .* > Start Baton, then look again/);
  expect((await says({ ...given, PUBLIC_URL: 'http://localhost:2' })).at(-1)).toMatch(
    /^wrong: http:\/\/localhost:2 refuses the connection: nobody listens there \(ECONNREFUSED\)\./,
  );
});

test('PUBLIC_URL without TLS, or without a token', async () => {
  const said = await says({ PUBLIC_URL: 'http://baton.invalid' });
  expect(said.slice(1, 3)).toEqual([
    expect.stringMatching(/^note: PUBLIC_URL is http:\/\/baton\.invalid, without TLS/),
    expect.stringMatching(/^note: People who open PUBLIC_URL are turned away, because there is no BATON_TOKEN\./),
  ]);
  expect(said[3]).toMatch(/^wrong: http:\/\/baton\.invalid (is not known by this name|cannot be found)/);
});

/** Hands on what it is asked, with its headers, to wherever it is told. */
async function proxy() {
  const proxied = { port: '', to: '' };
  const server = createServer((asked, response) => {
    const { method, url, headers } = asked;
    const on = request({ host: '127.0.0.1', port: proxied.to, path: url, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    on.on('error', () => response.destroy());
    asked.pipe(on);
  });
  proxied.port = await listening(server);
  return proxied;
}
