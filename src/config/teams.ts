/** Reads what Teams needs: the registration by Bot Framework's own names from the environment, the rest from the file. */
import { isLoopback } from './environment.ts';
import type { Environment } from './secrets.ts';

/** `MicrosoftApp...`: the registration of the bot. */
export interface TeamsIdentity {
  /** `MicrosoftAppId` */
  readonly appId: string;
  /** `MicrosoftAppType`: how the bot proves who it is. Default SingleTenant. */
  readonly type: 'SingleTenant' | 'UserAssignedMSI';
  /** `MicrosoftAppTenantId` */
  readonly tenant: string;
  /** `MicrosoftAppPassword`: for SingleTenant. */
  readonly password?: string;
}

/** Where tokens come from and are checked; for clouds other than the public one, and for tests. */
export interface TeamsAddresses {
  /** `ToBotFromChannelOpenIdMetadataUrl` */
  readonly channelMetadata?: string;
  /** `ToBotFromEmulatorOpenIdMetadataUrl` */
  readonly emulatorMetadata?: string;
  /** `ToBotFromChannelTokenIssuer` */
  readonly channelIssuer?: string;
  /** `ToChannelFromBotLoginUrl`, without the tenant. */
  readonly login?: string;
  /** `ToChannelFromBotOAuthScope`: what tokens for the connector are for. */
  readonly connector?: string;
  /** `MicrosoftGraphUrl` */
  readonly graph?: string;
}

export interface TeamsFromEnvironment {
  /** Absent: the endpoint answers this machine alone, and only while HOST is loopback. */
  readonly identity?: TeamsIdentity;
  readonly addresses: TeamsAddresses;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const ADDRESSES: Readonly<Record<keyof TeamsAddresses, string>> = {
  channelMetadata: 'ToBotFromChannelOpenIdMetadataUrl',
  emulatorMetadata: 'ToBotFromEmulatorOpenIdMetadataUrl',
  channelIssuer: 'ToBotFromChannelTokenIssuer',
  login: 'ToChannelFromBotLoginUrl',
  connector: 'ToChannelFromBotOAuthScope',
  graph: 'MicrosoftGraphUrl',
};

/**
 * @param wanted the file has a section `teams`: somebody means to use it
 * @returns undefined where there is no Teams endpoint
 */
export function readTeams(
  environment: Environment,
  host: string,
  wanted: boolean,
  problems: string[],
): TeamsFromEnvironment | undefined {
  const given = (name: string) => environment[name]?.trim() || undefined;
  const addresses = Object.fromEntries(
    Object.entries(ADDRESSES).flatMap(([key, name]) => {
      const address = given(name)?.replace(/\/+(\.default)?$/, '');
      if (address === undefined) return [];
      if (key !== 'channelIssuer' && !URL.canParse(address))
        problems.push(`${name} is "${address}", which is no address.`);
      return [[key, address]];
    }),
  );
  const appId = given('MicrosoftAppId');
  if (appId === undefined) {
    if (given('MicrosoftAppPassword')) {
      problems.push('MicrosoftAppPassword is set without MicrosoftAppId. Set both, from the registration of the bot.');
    }
    if (isLoopback(host)) return { addresses };
    if (wanted) {
      problems.push(
        `baton.yaml has a section teams, but there is no MicrosoftAppId, and HOST is ${host}: anybody could speak as ` +
          'Teams. Set MicrosoftAppId (see deploy/teams/README.md), or leave HOST out to try it on this machine alone.',
      );
    }
    return undefined;
  }
  const identity = identityOf(appId, given, problems);
  return identity && { identity, addresses };
}

function identityOf(
  appId: string,
  given: (name: string) => string | undefined,
  problems: string[],
): TeamsIdentity | undefined {
  const before = problems.length;
  const written = given('MicrosoftAppType') ?? 'SingleTenant';
  const type = (['SingleTenant', 'UserAssignedMSI'] as const).find(
    (one) => one.toLowerCase() === written.toLowerCase(),
  );
  if (!GUID.test(appId)) {
    problems.push('MicrosoftAppId is no id of an app: it looks like 00000000-0000-0000-0000-000000000000.');
  }
  if (!type) {
    const retired = written.toLowerCase() === 'multitenant' ? ' Microsoft takes no new MultiTenant bots.' : '';
    problems.push(`MicrosoftAppType is "${written}". Set SingleTenant or UserAssignedMSI.${retired}`);
  }
  const tenant = given('MicrosoftAppTenantId');
  if (!tenant) problems.push('MicrosoftAppTenantId is missing: the tenant that the bot is registered in. Set it.');
  const password = given('MicrosoftAppPassword');
  if (type === 'SingleTenant' && !password) {
    problems.push(
      'MicrosoftAppPassword is missing: a client secret of the registration. Set it, or use UserAssignedMSI.',
    );
  }
  if (type === 'UserAssignedMSI' && password) {
    problems.push('MicrosoftAppPassword is set, but UserAssignedMSI has none. Unset it, or use SingleTenant.');
  }
  if (problems.length > before || !type || !tenant) return undefined;
  return { appId, type, tenant, ...(password === undefined ? {} : { password }) };
}
