/** Who may hand in activities: what a request has to show, and what is refused without a word more than needed. */

/** As in the environment, by Bot Framework's own names. */
export interface Identity {
  /** `MicrosoftAppId` */
  readonly appId: string;
  /** `MicrosoftAppType` */
  readonly type: 'SingleTenant' | 'UserAssignedMSI';
  /** `MicrosoftAppTenantId` */
  readonly tenant: string;
  /** `MicrosoftAppPassword`; none for a managed identity. */
  readonly password?: string;
}

/** Where tokens come from and are checked; the defaults are Microsoft's public cloud. */
export interface Addresses {
  /** `ToBotFromChannelOpenIdMetadataUrl` */
  readonly channelMetadata?: string;
  /** `ToBotFromEmulatorOpenIdMetadataUrl` */
  readonly emulatorMetadata?: string;
  /** `ToBotFromChannelTokenIssuer` */
  readonly channelIssuer?: string;
  /** `ToChannelFromBotLoginUrl`: without the tenant. */
  readonly login?: string;
  /** `ToChannelFromBotOAuthScope`: what tokens for the connector are for. */
  readonly connector?: string;
  /** `MicrosoftGraphUrl` */
  readonly graph?: string;
}

/** 401: not shown to come from Teams. 403: it does, and may not come in. 503: cannot be told now; ask again. */
export interface Turned {
  readonly status: 401 | 403 | 503;
  /** For the operator's log. */
  readonly reason: string;
}

/** Checks a request's token against the activity it carries; undefined lets it in. */
export type Gate = (
  activity: { readonly channelId: string; readonly serviceUrl: string },
  authorization: string,
) => Promise<Turned | undefined>;
