/** Reads where confirmed words are published: each place by one publisher, because what is confirmed goes out once. */
import type { Webhook } from './pagers.ts';
import { dotted, type Problem } from './problems.ts';
import type { ConfigDocument } from './schema.ts';
import type { ReadSecret } from './secrets.ts';

/** A page at Atlassian Statuspage. */
export interface StatuspageConfig {
  /** The API. Default https://api.statuspage.io. */
  readonly url: string;
  /** Id of the page. */
  readonly page: string;
  /** Of a user who may edit its incidents. */
  readonly key: string;
  /** The place that it is. */
  readonly place: string;
  /** Ids of the components that are hit, by service; they work again when the incident is closed. */
  readonly components: Readonly<Record<string, readonly string[]>>;
}

export interface PublishersConfig {
  /** `places`: those it serves; absent means all that no other publisher has. */
  readonly webhook?: Webhook & { readonly places?: readonly string[] };
  readonly statuspage?: StatuspageConfig;
  /** Addresses of incoming webhooks that take Slack's `text`, by place. */
  readonly chat?: Readonly<Record<string, string>>;
}

export function publishersOf(
  { publishers = {} }: ConfigDocument,
  secret: ReadSecret,
  problems: Problem[],
): PublishersConfig {
  const { webhook, statuspage, chat } = publishers;
  const channel = (place: string, written: string) => {
    const path = ['publishers', 'chat', place];
    const read = secret(written, ...path);
    if (read !== '' && !/^https?:$/.test(URL.parse(read)?.protocol ?? '')) {
      const message = `${dotted(path)} is no address of a webhook. Copy it from the channel's settings; it begins with https://.`;
      problems.push({ path, at: 'value', message });
    }
    return read;
  };
  return {
    ...(webhook && { webhook: { ...webhook, secret: secret(webhook.secret, 'publishers', 'webhook', 'secret') } }),
    ...(statuspage && {
      statuspage: { ...statuspage, key: secret(statuspage.key, 'publishers', 'statuspage', 'key') },
    }),
    ...(chat && {
      chat: Object.fromEntries(Object.entries(chat).map(([place, one]) => [place, channel(place, one)])),
    }),
  };
}

/** The places that some publisher reaches, each with where that is said; more than once where several do. */
export function placesServed({ publishers = {} }: Pick<ConfigDocument, 'publishers'>): readonly Served[] {
  const { webhook, statuspage, chat } = publishers;
  return [
    ...(statuspage
      ? [{ place: statuspage.place, path: ['publishers', 'statuspage', 'place'], at: 'value' as const }]
      : []),
    ...Object.keys(chat ?? {}).map((place) => ({ place, path: ['publishers', 'chat', place], at: 'key' as const })),
    ...(webhook?.places ?? []).map((place, index) => ({
      place,
      path: ['publishers', 'webhook', 'places', index],
      at: 'value' as const,
    })),
  ];
}

interface Served extends Pick<Problem, 'path' | 'at'> {
  readonly place: string;
}
