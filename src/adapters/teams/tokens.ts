/** The bot's own tokens, for the connector and for Graph: by its password, or by the managed identity of its machine. */
import { z } from 'zod';
import type { Instant } from '../../core/units.ts';
import type { Addresses, Identity } from './gate.ts';
import { SLOWEST_ANSWER } from './limits.ts';
import { PlatformError } from './trouble.ts';

export const CONNECTOR = 'https://api.botframework.com';
export const GRAPH = 'https://graph.microsoft.com';

/** Resolves to a bearer token for a resource. Rejects with a `PlatformError` that holds no secret. */
export type Tokens = (resource: string) => Promise<string>;

/** A token is taken for gone this long before it is, in milliseconds. */
const EARLY = 5 * 60_000;

const Token = z.object({
  access_token: z.string().min(1),
  /** Seconds, as a number or, from a managed identity, as text. */
  expires_in: z.coerce.number().optional(),
});

export function createTokens(
  identity: Identity,
  { login = 'https://login.microsoftonline.com' }: Addresses,
  environment: Readonly<Record<string, string | undefined>>,
  now: () => Instant,
): Tokens {
  const kept = new Map<string, { readonly token: Promise<string>; until: Instant }>();
  return (resource) => {
    const found = kept.get(resource);
    if (found && found.until > now()) return found.token;
    const entry = { token: Promise.resolve(''), until: Number.POSITIVE_INFINITY };
    entry.token = ask(identity, login, resource, environment).then(
      ({ access_token, expires_in = 3_600 }) => {
        entry.until = now() + Math.max(expires_in * 1_000 - EARLY, 0);
        return access_token;
      },
      (error) => {
        kept.delete(resource);
        throw error;
      },
    );
    kept.set(resource, entry);
    return entry.token;
  };
}

async function ask(
  identity: Identity,
  login: string,
  resource: string,
  environment: Readonly<Record<string, string | undefined>>,
) {
  const what = `a token for ${resource}`;
  const [address, init] =
    identity.type === 'UserAssignedMSI'
      ? managed(identity, resource, environment)
      : byPassword(identity, login, resource);
  let response: Response;
  try {
    response = await fetch(address, { ...init, redirect: 'error', signal: AbortSignal.timeout(SLOWEST_ANSWER) });
  } catch (error) {
    throw new PlatformError(what, 0, '', (error as Error).message);
  }
  const body: unknown = await response.json().catch(() => undefined);
  const token = Token.safeParse(body).data;
  // The answer of a login may repeat what it was asked with: only its own name for the error is passed on.
  const code = z.object({ error: z.string().max(100) }).safeParse(body).data?.error ?? '';
  if (!response.ok || !token) throw new PlatformError(what, response.ok ? 502 : response.status, code, '');
  return token;
}

function byPassword({ appId, tenant, password }: Identity, login: string, resource: string) {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: password ?? '',
    scope: `${resource}/.default`,
  });
  return [`${login}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body: form }] as const;
}

/** Where a machine of Azure tells who it is: App Service and Container Apps say so themselves, virtual machines always there. */
function managed({ appId }: Identity, resource: string, environment: Readonly<Record<string, string | undefined>>) {
  const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header } = environment;
  const query = { resource, client_id: appId };
  if (endpoint && header) {
    const address = `${endpoint}?${new URLSearchParams({ 'api-version': '2019-08-01', ...query })}`;
    return [address, { headers: { 'x-identity-header': header } }] as const;
  }
  const address = `http://169.254.169.254/metadata/identity/oauth2/token?${new URLSearchParams({ 'api-version': '2018-02-01', ...query })}`;
  return [address, { headers: { metadata: 'true' } }] as const;
}
