/** Stands in for Microsoft's login, its OpenID metadata and Graph on this machine: real keys, real signatures. */
import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const APP = '00000000-0000-0000-0000-0000000000b0';
export const TENANT = '00000000-0000-0000-0000-0000000000f1';
export const ISSUER = 'https://api.botframework.com';
export const PASSWORD = 'a-client-secret-that-is-never-logged';

export interface Issuer {
  readonly url: string;
  /** A token as the Bot Connector sends it; claims and header can be exchanged. */
  token(claims?: Record<string, unknown>, header?: Record<string, unknown>, key?: KeyObject): string;
  /** A key that nobody published. */
  readonly stranger: KeyObject;
  /** A token whose signature is an HMAC made with the public key, as forgers do it. */
  confused(claims?: Record<string, unknown>): string;
  /** What the login and Graph were asked. */
  readonly asked: { readonly path: string; readonly body: string; readonly authorization: string }[];
  /** What Graph answers, by path; a number is a status; a list is one answer after the other. */
  readonly graph: Map<string, unknown>;
  /** What tokens allow, where they are to tell; else they are no text that means anything. */
  roles: readonly string[] | undefined;
  /** What the login says instead of a token. */
  refusal: { readonly error: string; readonly error_codes: readonly number[] } | undefined;
  /** The metadata cannot be had. */
  down: boolean;
  stop(): Promise<void>;
}

export async function openIssuer(options: { readonly endorsements?: readonly string[] } = {}): Promise<Issuer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  // Keys are cached by address: each issuer has a port, and so a cache, of its own.
  const kid = `key-${Math.random()}`;
  const { n, e } = publicKey.export({ format: 'jwk' });
  const state = {
    roles: undefined as Issuer['roles'],
    refusal: undefined as Issuer['refusal'],
    down: false,
    asked: [] as Issuer['asked'],
    graph: new Map<string, unknown>(),
  };

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const path = (request.url ?? '').replace(/\?.*$/, '');
    const json = (value: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (path === '/openid') {
      if (state.down) return json({}, 503);
      return json({ issuer: ISSUER, jwks_uri: `${url}/keys`, id_token_signing_alg_values_supported: ['RS256'] });
    }
    if (path === '/keys') {
      return json({ keys: [{ kty: 'RSA', use: 'sig', kid, n, e, endorsements: options.endorsements ?? ['msteams'] }] });
    }
    state.asked.push({ path, body, authorization: request.headers.authorization ?? '' });
    if (path.endsWith('/oauth2/v2.0/token')) {
      if (!body.includes(encodeURIComponent(PASSWORD)))
        return json({ error: 'invalid_client', error_description: body }, 401);
      if (state.refusal) return json(state.refusal, 401);
      const nth = state.asked.filter((one) => one.path === path).length;
      const opaque = `token-${nth} for ${new URLSearchParams(body).get('scope')}`;
      const access_token = state.roles ? `${part({})}.${part({ roles: state.roles })}.x` : opaque;
      return json({ token_type: 'Bearer', access_token, expires_in: 3_600 });
    }
    const given = state.graph.get(path);
    const answer = Array.isArray(given) && given.length > 1 ? given.shift() : Array.isArray(given) ? given[0] : given;
    if (typeof answer === 'number') return json({ error: { code: 'Forbidden', message: 'no permission' } }, answer);
    return answer === undefined ? json({ error: { code: 'NotFound', message: path } }, 404) : json(answer, 201);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claimsOf = (claims: Record<string, unknown>) => {
    const now = Math.floor(Date.now() / 1_000);
    return { iss: ISSUER, aud: APP, nbf: now - 60, exp: now + 3_600, serviceurl: '', ...claims };
  };

  return Object.assign(state, {
    url,
    stranger,
    token(claims = {}, header = {}, key = privateKey) {
      const head = { alg: 'RS256', typ: 'JWT', kid, ...header };
      const signed = `${part(head)}.${part(claimsOf(claims))}`;
      if (head.alg === 'none') return `${signed}.`;
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key).toString('base64url')}`;
    },
    confused(claims = {}) {
      const signed = `${part({ alg: 'HS256', typ: 'JWT', kid })}.${part(claimsOf(claims))}`;
      const pem = publicKey.export({ format: 'pem', type: 'pkcs1' });
      return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

/** The settings of a registered bot whose tokens come from an issuer. */
export function registered({ url }: Issuer) {
  return {
    identity: { appId: APP, type: 'SingleTenant', tenant: TENANT, password: PASSWORD },
    addresses: {
      channelMetadata: `${url}/openid`,
      emulatorMetadata: `${url}/openid`,
      channelIssuer: ISSUER,
      login: url,
      graph: url,
    },
  } as const;
}
