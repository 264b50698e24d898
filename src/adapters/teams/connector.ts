/** Speaks to the Bot Connector: posts, edits, threads, personal chats and rosters. Each call is one request, never retried here. */
import { z } from 'zod';
import type { ActivityAccount, Place } from './activity.ts';
import { LARGEST_MESSAGE, ROSTER_PAGE, SLOWEST_FILE } from './limits.ts';
import type { Asked, Send } from './request.ts';
import { PlatformError } from './trouble.ts';

/** What tokens for the connector are for, in the public cloud. */
export const CONNECTOR = 'https://api.botframework.com';

/** A message as the connector takes it. */
export type Message = Readonly<Record<string, unknown>>;

type Spot = Pick<Place, 'service' | 'conversation'>;

export interface Connector {
  /** Resolves to the message's id. */
  post(where: Spot, message: Message): Promise<string>;
  edit(where: Spot, id: string, message: Message): Promise<void>;
  /** A new thread in a channel, with its root message. */
  openThread(
    channel: Pick<Place, 'service' | 'tenant'> & { readonly channel: string },
    message: Message,
  ): Promise<Opened>;
  /** The personal chat with somebody; the same one every time. */
  openChat(service: string, tenant: string | undefined, person: string): Promise<string>;
  /** The bytes of a file in a message that came through `service`. */
  file(service: string, address: string): Promise<Response>;
  members(where: Spot): Promise<readonly ActivityAccount[]>;
  /** One of them, as the organisation's directory has them. */
  member(where: Spot, id: string): Promise<ActivityAccount>;
}

export interface Opened {
  readonly conversation: string;
  readonly message: string;
}

export interface ConnectorOptions {
  /** The bot's own account: `28:<app id>`. */
  readonly bot: { readonly id: string; readonly name: string };
  readonly send: Send;
  /** What its tokens are for; another cloud has another. */
  readonly resource?: string | undefined;
}

const Posted = z.looseObject({ id: z.string().nullish(), activityId: z.string().nullish() });

export function createConnector({ bot, send, resource = CONNECTOR }: ConnectorOptions): Connector {
  async function call(
    what: string,
    service: string,
    method: Asked['method'],
    path: string,
    message?: Message,
  ): Promise<unknown> {
    const body = message === undefined ? undefined : JSON.stringify(message);
    // Above the limit the request would only be refused after it was sent.
    if (body && Buffer.byteLength(body) > LARGEST_MESSAGE) throw new PlatformError(what, 413, 'MessageSizeTooBig', '');
    const address = `${service.replace(/\/+$/, '')}/v3/conversations${path}`;
    const response = await send({ what, method, address, resource, body });
    return response.json().catch(() => undefined);
  }

  const at = (conversation: string) => `/${encodeURIComponent(conversation)}`;

  return {
    async post({ service, conversation }, message) {
      const answer = await call('a message', service, 'POST', `${at(conversation)}/activities`, {
        ...message,
        from: bot,
      });
      return idOf(answer);
    },
    async edit({ service, conversation }, id, message) {
      const path = `${at(conversation)}/activities/${encodeURIComponent(id)}`;
      await call('an edit', service, 'PUT', path, { ...message, id, from: bot });
    },
    async openThread({ service, tenant, channel }, message) {
      const answer = await call('a thread', service, 'POST', '', {
        bot,
        isGroup: true,
        channelData: { channel: { id: channel }, ...(tenant === undefined ? {} : { tenant: { id: tenant } }) },
        ...(tenant === undefined ? {} : { tenantId: tenant }),
        activity: { ...message, from: bot },
      });
      const { id, activityId } = Posted.parse(answer);
      const root = activityId ?? /;messageid=(.+)$/.exec(id ?? '')?.[1];
      if (!id || !root) throw new PlatformError('a thread', 502, '', 'the answer names no thread');
      return { conversation: id, message: root };
    },
    async openChat(service, tenant, person) {
      const answer = await call('a personal chat', service, 'POST', '', {
        bot,
        isGroup: false,
        members: [{ id: person }],
        ...(tenant === undefined ? {} : { tenantId: tenant, channelData: { tenant: { id: tenant } } }),
      });
      return idOf(answer);
    },
    async file(service, address) {
      const url = URL.parse(address);
      const own = url !== null && url.origin === URL.parse(service)?.origin;
      // Whoever writes a message must not choose what is asked for from Baton's network, nor get its token.
      if (!own && !isSharePoint(url)) throw new PlatformError('a file', 403, 'NotAtMicrosoft', '');
      return send({ what: 'a file', method: 'GET', address, patience: SLOWEST_FILE, ...(own ? { resource } : {}) });
    },
    async member({ service, conversation }, id) {
      return Member.parse(
        await call('a member', service, 'GET', `${at(conversation)}/members/${encodeURIComponent(id)}`),
      );
    },
    async members({ service, conversation }) {
      const found: ActivityAccount[] = [];
      let from = '';
      do {
        const query = new URLSearchParams({ pageSize: String(ROSTER_PAGE), ...(from && { continuationToken: from }) });
        const answer = await call('a roster', service, 'GET', `${at(conversation)}/pagedmembers?${query}`);
        const page = Roster.parse(answer);
        found.push(...page.members);
        from = page.continuationToken ?? '';
      } while (from !== '' && found.length < ROSTER_PAGE * 10);
      return found;
    },
  };
}

/** Where Teams keeps files, in every cloud. Their addresses let in whoever has them, for some minutes. */
function isSharePoint(url: URL | null): boolean {
  return url?.protocol === 'https:' && /(^|\.)sharepoint(-mil)?\.(com|us|cn)$/.test(url.hostname);
}

const Member = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  aadObjectId: z.string().nullish(),
  objectId: z.string().nullish(),
});

const Roster = z.looseObject({
  members: z.array(z.looseObject({ id: z.string() })).default([]),
  continuationToken: z.string().nullish(),
});

function idOf(answer: unknown): string {
  const { id, activityId } = Posted.safeParse(answer).data ?? {};
  return activityId ?? id ?? '';
}
