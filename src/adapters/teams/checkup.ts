/** Looks at what Baton has in Teams, by reading alone: its token, the keys of Teams, what Graph allows, and the app package. */
import { type Check, type Finding, type Found, note, ok, unset, wrong } from '../../doctor/finding.ts';
import { type Reach, unlessUnreached } from '../../doctor/reach.ts';
import { CONNECTOR } from './connector.ts';
import type { Addresses, Identity } from './gate.ts';
import { GRAPH } from './graph.ts';
import { missingIn } from './graph-permissions.ts';
import { MANIFEST_VERSION } from './manifest.ts';
import { appPackage } from './package.ts';
import { createTokens, type Tokens } from './tokens.ts';
import { PlatformError } from './trouble.ts';

export interface Checked {
  readonly identity: Identity;
  readonly addresses: Addresses;
  readonly organizer?: string | undefined;
  readonly team?: string | undefined;
  readonly publicUrl?: string | undefined;
  readonly version: string;
  readonly reach: Reach;
}

/** Where Teams publishes the keys that it signs with, in the public cloud; botbuilder knows it by itself. */
const METADATA = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

const GUIDE = 'deploy/teams/README.md says how it is set up.';

export function teamsCheckup(options: Checked): readonly Check[] {
  const tokens = createTokens(options.identity, options.addresses);
  return [
    { of: "Microsoft's login", look: () => connectorFinding(tokens, options) },
    { of: 'The address of the signing keys', look: (signal) => keyFinding(options, signal) },
    { of: "Microsoft's login, asked for Graph,", look: () => graphFindings(tokens, options) },
    { of: 'The app package', look: () => packageFinding(options) },
  ];
}

async function connectorFinding(tokens: Tokens, { identity, addresses }: Checked): Promise<Finding> {
  try {
    await tokens(addresses.connector ?? CONNECTOR);
    const by = identity.type === 'UserAssignedMSI' ? 'managed identity' : 'MicrosoftAppPassword';
    return ok(`The login gives the bot a token for its ${by}.`);
  } catch (error) {
    return refused('The login gives the bot no token', error);
  }
}

/** What the login's own numbers mean to whoever has set it up. */
const REMEDIES: Readonly<Record<string, string>> = {
  AADSTS7000215: 'Set MicrosoftAppPassword to the value of a client secret, not to its id.',
  AADSTS7000222: 'Make a new client secret, and set MicrosoftAppPassword to its value.',
  AADSTS700016: 'Set MicrosoftAppId and MicrosoftAppTenantId to those of one registration.',
  AADSTS90002: 'Set MicrosoftAppTenantId to the id of the tenant that the bot is registered in.',
};

function refused(what: string, error: unknown): Finding {
  const { status, code } = error instanceof PlatformError ? error : { status: 0, code: (error as Error).message };
  if (status === 0) return wrong(`${what}: it does not answer (${code}).`, 'Let this machine reach it, over https.');
  const known = Object.entries(REMEDIES).find(([number]) => code.includes(number))?.[1];
  const mostly = 'Check MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId against the registration.';
  return wrong(`${what}: ${status} ${code}.`, known ?? mostly);
}

function keyFinding({ addresses, reach }: Checked, signal: AbortSignal): Promise<Finding> {
  const address = addresses.channelMetadata ?? METADATA;
  const without = 'Let this machine reach it: without the keys Baton lets nobody in from Teams.';
  return unlessUnreached(
    async () => {
      const response = await reach.get(address, signal);
      const { jwks_uri } = (await response.json().catch(() => ({}))) as { jwks_uri?: unknown };
      if (typeof jwks_uri !== 'string')
        return wrong(`${address} answers ${response.status}, and names no keys.`, without);
      const keys = await reach.get(jwks_uri, signal);
      const found = (await keys.json().catch(() => ({}))) as { keys?: readonly unknown[] };
      if (!found.keys?.length) return wrong(`${jwks_uri} answers ${keys.status}, and holds no keys.`, without);
      return ok('The keys that Teams signs with can be had.');
    },
    (why) => wrong(`${new URL(address).host} ${why}.`, without),
  );
}

async function graphFindings(tokens: Tokens, { addresses, organizer, team }: Checked): Promise<Found> {
  if (organizer === undefined && team === undefined) {
    return unset('Graph is not used: neither teams.organizer nor teams.team is set.');
  }
  let token: string;
  try {
    token = await tokens(addresses.graph ?? GRAPH);
  } catch (error) {
    return refused('The login gives no token for Graph', error);
  }
  const missing = missingIn(token, { organizer, team });
  if (missing === undefined) return ok('The login gives a token for Graph, which does not tell what it allows.');
  if (missing.length === 0) return ok('Graph allows all that Baton uses.');
  return missing.map(({ permission, setting, without }) => {
    const said = `Graph does not allow ${permission}: ${without}.`;
    if (setting === undefined) return note(said, `Have an administrator grant ${permission}, or live without.`);
    return wrong(said, `Have an administrator grant ${permission}, or unset teams.${setting}.`);
  });
}

function packageFinding({ identity: { appId }, publicUrl = '', version }: Checked): Finding {
  const made = appPackage({ appId, publicUrl, version });
  if ('bytes' in made) {
    return ok(`The app package can be made: version ${version}, manifest ${MANIFEST_VERSION} (npm run teams:package).`);
  }
  return note(`The app package cannot be made. ${made.problems.join(' ')}`, GUIDE);
}
