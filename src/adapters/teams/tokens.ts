/** The bot's own tokens, for the connector and for Graph: by its password, or by the managed identity of its machine. */
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  AuthError,
  ConfidentialClientApplication,
  type INetworkModule,
  ManagedIdentityApplication,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node';
import { z } from 'zod';
import type { Duration } from '../../core/units.ts';
import type { Addresses, Identity } from './gate.ts';
import { SLOWEST_ANSWER } from './limits.ts';
import { PlatformError, retryAfter } from './trouble.ts';

const LOGIN = 'https://login.microsoftonline.com';

/**
 * Resolves to a bearer token for a resource, one that is kept while it is good for some minutes more. Rejects with a
 * `PlatformError` that holds no secret, and that may pass: somebody is mending credentials, or a login is away.
 * @param fresh the one that is kept was refused
 */
export type Tokens = (resource: string, fresh?: boolean) => Promise<string>;

export function createTokens(identity: Identity, addresses: Addresses): Tokens {
  const sources = new Map<string, Source>();
  const under = new Map<string, Promise<string>>();

  async function ask(resource: string, fresh: boolean): Promise<string> {
    const source = sources.get(resource) ?? sourceOf(identity, addresses, resource);
    sources.set(resource, source);
    const attempt: Attempt = { what: `a token for ${resource}` };
    try {
      return await attempts.run(attempt, () => source(fresh));
    } catch (error) {
      // After a failure the library asks nobody for a minute. Whoever waits here backs off by themselves.
      sources.delete(resource);
      throw attempt.failure ?? failed(attempt.what, 0, error instanceof AuthError ? error.errorCode : '');
    }
  }

  return (resource, fresh = false) => {
    // Whoever asks while an answer is on its way shares it.
    const found = under.get(resource);
    if (found) return found;
    const asking = ask(resource, fresh).finally(() => under.delete(resource));
    under.set(resource, asking);
    return asking;
  };
}

type Source = (fresh: boolean) => Promise<string>;

function sourceOf(identity: Identity, addresses: Addresses, resource: string): Source {
  return identity.type === 'UserAssignedMSI' ? managed(identity, resource) : byPassword(identity, addresses, resource);
}

function byPassword(
  { appId, tenant, password = '' }: Identity,
  { login = LOGIN }: Addresses,
  resource: string,
): Source {
  const at = `${login}/${tenant}`;
  const app = new ConfidentialClientApplication({
    auth: {
      clientId: appId,
      clientSecret: password,
      // The library takes no authority without TLS. Where tokens come from is said below, so nothing is asked of it.
      authority: at.startsWith('https:') ? at : `${LOGIN}/${tenant}`,
      knownAuthorities: [new URL(at.startsWith('https:') ? at : LOGIN).host],
      authorityMetadata: JSON.stringify({
        issuer: `${at}/v2.0`,
        authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
        token_endpoint: `${at}/oauth2/v2.0/token`,
        jwks_uri: `${at}/discovery/v2.0/keys`,
      }),
    },
    system: SYSTEM,
  });
  const scopes = [`${resource}/.default`];
  return async (fresh) => {
    const answer = await app.acquireTokenByClientCredential({ scopes, skipCache: fresh });
    if (!answer) throw new Error('the login named no token');
    return answer.accessToken;
  };
}

function managed({ appId }: Identity, resource: string): Source {
  const app = new ManagedIdentityApplication({
    managedIdentityIdParams: { userAssignedClientId: appId },
    system: SYSTEM,
  });
  return async (fresh) => (await app.acquireToken({ resource, forceRefresh: fresh })).accessToken;
}

/** The library says of a failure only that there was one; what it was is remembered beside it. */
interface Attempt {
  readonly what: string;
  failure?: PlatformError;
}
const attempts = new AsyncLocalStorage<Attempt>();

async function send<T>(method: string, address: string, options: NetworkRequestOptions = {}) {
  const attempt = attempts.getStore() ?? { what: 'a token' };
  const { headers = {}, body } = options;
  try {
    const response = await fetch(address, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: 'error',
      signal: AbortSignal.timeout(SLOWEST_ANSWER),
    });
    const answer: unknown = await response.json().catch(() => ({}));
    if (!response.ok) {
      const wait = retryAfter(response.headers.get('retry-after'), Date.now());
      attempt.failure = failed(attempt.what, response.status, nameOf(answer), wait);
    }
    const { status } = response;
    return { status, headers: Object.fromEntries(response.headers), body: answer } as NetworkResponse<T>;
  } catch (error) {
    const { cause, message } = error as { cause?: { code?: string }; message: string };
    attempt.failure = failed(attempt.what, 0, cause?.code ?? message);
    throw attempt.failure;
  }
}

const SYSTEM = {
  networkClient: {
    sendGetRequestAsync: (address, options) => send('GET', address, options),
    sendPostRequestAsync: (address, options) => send('POST', address, options),
  } satisfies INetworkModule,
  disableInternalRetries: true,
};

function failed(what: string, status: number, code: string, wait?: Duration): PlatformError {
  return new PlatformError(what, status, code, '', wait, 'again');
}

const Refused = z.looseObject({ error: z.string().max(100), error_codes: z.array(z.number()).optional() });

/** An answer may repeat what it was asked with, the secret included: only its own names for the error are passed on. */
function nameOf(answer: unknown): string {
  const { error = '', error_codes = [] } = Refused.safeParse(answer).data ?? {};
  return [error, ...error_codes.map((code) => `AADSTS${code}`)].filter(Boolean).join(' ');
}
