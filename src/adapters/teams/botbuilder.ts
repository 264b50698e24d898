/** The one file that touches botbuilder: it checks that an activity was sent by Teams, to this bot, from where it says. */
import {
  type Activity,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import type { Addresses, Gate, Identity, Turned } from './gate.ts';

/** The channel that keys have to be endorsed for. */
const CHANNEL = 'msteams';

/** Seconds of difference between clocks that are forgiven; what botbuilder itself forgives. */
const LEEWAY = 300;

/** @param now seconds are compared with the token's own, for tokens that are not valid yet */
export function createGate(identity: Identity, addresses: Addresses, now: () => number): Gate {
  const authentication = authenticationFor(identity, addresses);
  return async (activity, authorization) => {
    // Keys are endorsed for channels: any other channel's name would be let in by a key without endorsements.
    if (activity.channelId !== CHANNEL) return turned(401, `the channel is "${activity.channelId}"`);
    if (!/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/.test(authorization)) return turned(401, 'there is no token');
    let claim: (name: string) => string | null;
    try {
      const { claimsIdentity } = await authentication.authenticateRequest(activity as Activity, authorization);
      claim = (name) => claimsIdentity.getClaimValue(name);
    } catch (error) {
      return refusal(error as { readonly name?: string; readonly message?: string; readonly statusCode?: number });
    }
    // A token for bots and emulators vouches for no address: it may not name one where answers go.
    const vouched = claim('serviceurl');
    if (!vouched || vouched !== activity.serviceUrl) return turned(401, 'the token does not vouch for the serviceUrl');
    const notBefore = Number(claim('nbf') ?? 0);
    if (notBefore * 1_000 > now() + LEEWAY * 1_000) return turned(401, 'the token is not valid yet');
    return undefined;
  };
}

function authenticationFor(identity: Identity, addresses: Addresses): ConfigurationBotFrameworkAuthentication {
  const { appId, tenant, type, password } = identity;
  const credentials = new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: appId,
    MicrosoftAppType: type,
    MicrosoftAppTenantId: tenant,
    ...(password === undefined ? {} : { MicrosoftAppPassword: password }),
  });
  const settings = {
    ...(addresses.channelMetadata && { ToBotFromChannelOpenIdMetadataUrl: addresses.channelMetadata }),
    ...(addresses.emulatorMetadata && { ToBotFromEmulatorOpenIdMetadataUrl: addresses.emulatorMetadata }),
    ...(addresses.channelIssuer && { ToBotFromChannelTokenIssuer: addresses.channelIssuer }),
  };
  return new ConfigurationBotFrameworkAuthentication(settings, credentials, { requiredEndorsements: [CHANNEL] });
}

/**
 * Whatever is wrong with a token ends here as 401, whichever library noticed. Only when the keys themselves could not be
 * had is it no fault of the token: then Teams is asked to come again.
 */
function refusal({ name, message = '', statusCode }: { name?: string; message?: string; statusCode?: number }): Turned {
  const unreachable = name === 'FetchError' || name === 'AbortError' || (statusCode ?? 0) >= 500;
  return unreachable ? turned(503, `the signing keys cannot be had: ${message}`) : turned(401, message);
}

function turned(status: Turned['status'], reason: string): Turned {
  return { status, reason };
}
