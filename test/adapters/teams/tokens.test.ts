// The bot's own tokens: asked for once, kept, renewed, and whatever goes wrong said without a secret.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTokens } from '../../../src/adapters/teams/tokens.ts';
import { PASSWORD, TENANT } from '../../support/teams-issuer.ts';

const CONNECTOR = 'https://api.botframework.com';
const GRAPH = 'https://graph.microsoft.com';
const HEADER = 'the-secret-of-this-machine';

let server: Server;
let url: string;
let asked: { method: string; url: URL; body: URLSearchParams; headers: Record<string, unknown> }[];
/** What the login answers, and with which status. */
let answer: (n: number) => readonly [number, unknown];
let apps = 0;

beforeEach(() => {
  asked = [];
  answer = (n) => [200, { token_type: 'Bearer', access_token: `token-${n}`, expires_in: 3_600 }];
});
beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', headers } = request;
    asked.push({ method, url: new URL(request.url ?? '', url), body: new URLSearchParams(body), headers });
    const [status, said] = answer(asked.length);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** The library keeps tokens of managed identities for the whole process: each test has an identity of its own. */
function appId(): string {
  apps += 1;
  return `00000000-0000-0000-0000-${String(apps).padStart(12, '0')}`;
}
const refusalOf = (promise: Promise<unknown>) => promise.then(String, String);

describe('by password', () => {
  const tokens = (password = PASSWORD) =>
    createTokens({ appId: appId(), type: 'SingleTenant', tenant: TENANT, password }, { login: url });

  test('asks the login of the tenant as the protocol has it, for the resource alone', async () => {
    expect(await tokens()(CONNECTOR)).toBe('token-1');
    expect(asked.map(({ method, url: { pathname } }) => `${method} ${pathname}`)).toEqual([
      `POST /${TENANT}/oauth2/v2.0/token`,
    ]);
    expect(Object.fromEntries(asked[0]?.body ?? [])).toMatchObject({
      grant_type: 'client_credentials',
      client_id: expect.stringMatching(/^0{8}-/),
      client_secret: PASSWORD,
      scope: `${CONNECTOR}/.default`,
    });
  });

  test('is asked once for many who need one at once, and keeps it; another resource has its own', async () => {
    const ask = tokens();
    expect(await Promise.all([ask(CONNECTOR), ask(CONNECTOR), ask(GRAPH)])).toHaveLength(3);
    const [first, again, other] = [await ask(CONNECTOR), await ask(CONNECTOR), await ask(GRAPH)];
    expect(first).toBe(again);
    expect(other).not.toBe(first);
    expect(asked).toHaveLength(2);
  });

  test('is asked again before the one that is kept runs out, and when it was refused', async () => {
    answer = (n) => [200, { token_type: 'Bearer', access_token: `token-${n}`, expires_in: n === 1 ? 200 : 3_600 }];
    const ask = tokens();
    expect(await ask(CONNECTOR)).toBe('token-1');
    expect(await ask(CONNECTOR)).toBe('token-2');
    expect(await ask(CONNECTOR)).toBe('token-2');
    expect(await ask(CONNECTOR, true)).toBe('token-3');
    expect(await ask(CONNECTOR)).toBe('token-3');
  });

  test.each([
    ['a wrong secret', 401, { error: 'invalid_client', error_codes: [7000215] }, /401 invalid_client AADSTS7000215/],
    ['a secret that ran out', 401, { error: 'invalid_client', error_codes: [7000222] }, /AADSTS7000222/],
    ['an app of another tenant', 400, { error: 'unauthorized_client', error_codes: [700016] }, /400 .*AADSTS700016/],
    ['a login that is down', 503, {}, /a token for https:\/\/api\.botframework\.com: 503/],
  ])('%s is said by its own name, without the secret, and may pass', async (_what, status, said, expected) => {
    answer = () => [status, { ...said, error_description: `client_secret=${PASSWORD}` }];
    const ask = tokens();
    const error = await ask(CONNECTOR).catch((caught) => caught);
    expect(String(error)).toMatch(expected);
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(PASSWORD);
    // Nothing is lost while somebody mends it, and once it is mended it works.
    expect(error.trouble).toBe('again');
    answer = (n) => [200, { token_type: 'Bearer', access_token: `token-${n}`, expires_in: 3_600 }];
    expect(await ask(CONNECTOR)).toBe('token-2');
  });

  test('a login that cannot be reached, or answers nonsense, is a failure like any other', async () => {
    answer = () => [200, 'nothing'];
    expect(await refusalOf(tokens()(CONNECTOR))).toMatch(/a token for/);
    const nowhere = { appId: appId(), type: 'SingleTenant', tenant: TENANT, password: PASSWORD } as const;
    const said = await refusalOf(createTokens(nowhere, { login: 'http://127.0.0.1:1' })(CONNECTOR));
    expect(said).toMatch(/no answer ECONNREFUSED|no answer/);
  });
});

describe('as a managed identity', () => {
  const before = { ...process.env };
  beforeEach(() => {
    Object.assign(process.env, { IDENTITY_ENDPOINT: `${url}/msi/token`, IDENTITY_HEADER: HEADER });
    const expires_on = String(Math.floor(Date.now() / 1_000) + 3_600);
    answer = (n) => [200, { token_type: 'Bearer', access_token: `token-${n}`, expires_on, resource: CONNECTOR }];
  });
  afterEach(() => {
    process.env = { ...before };
  });
  const tokens = (id = appId()) => createTokens({ appId: id, type: 'UserAssignedMSI', tenant: TENANT }, {});

  test('asks the machine it runs on for that identity, and keeps the token for as long as it is said to be good', async () => {
    const id = appId();
    const ask = tokens(id);
    expect(await Promise.all([ask(CONNECTOR), ask(CONNECTOR)])).toEqual(['token-1', 'token-1']);
    expect(await ask(CONNECTOR)).toBe('token-1');
    expect(asked).toHaveLength(1);
    const [{ url: at, headers, method }] = asked as [(typeof asked)[number]];
    expect(method).toBe('GET');
    expect(Object.fromEntries(at.searchParams)).toMatchObject({ resource: CONNECTOR, client_id: id });
    expect(headers['x-identity-header']).toBe(HEADER);
  });

  test('a token that the machine gives out late in its life is not kept beyond that', async () => {
    const expires_on = String(Math.floor(Date.now() / 1_000) + 120);
    answer = (n) => [200, { token_type: 'Bearer', access_token: `token-${n}`, expires_on, resource: CONNECTOR }];
    const ask = tokens();
    expect([await ask(CONNECTOR), await ask(CONNECTOR)]).toEqual(['token-1', 'token-2']);
  });

  test('an identity that the machine does not have is said, without the machine’s secret, and may pass', async () => {
    answer = () => [400, { error: 'invalid_request', error_description: HEADER }];
    const ask = tokens();
    const error = await ask(CONNECTOR).catch((caught) => caught);
    expect(String(error)).toMatch(/a token for https:\/\/api\.botframework\.com: 400 invalid_request/);
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(HEADER);
    expect(error.trouble).toBe('again');
  });
});
