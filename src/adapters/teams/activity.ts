/** What Teams sends, as far as Baton reads it: everything else is let through unread. */
import { z } from 'zod';

const Account = z.looseObject({
  id: z.string().min(1).max(500),
  name: z.string().max(500).nullish(),
  aadObjectId: z.string().max(100).nullish(),
  /** Rosters name the same thing differently. */
  objectId: z.string().max(100).nullish(),
  email: z.string().max(500).nullish(),
  tenantId: z.string().max(100).nullish(),
});
export type ActivityAccount = z.infer<typeof Account>;

const Named = z.looseObject({ id: z.string().max(500).nullish(), name: z.string().max(500).nullish() });

const Attached = z.looseObject({
  contentType: z.string().max(200).nullish(),
  contentUrl: z.string().max(10_000).nullish(),
  name: z.string().max(1_000).nullish(),
  content: z.unknown().optional(),
});

export const ActivityShape = z.looseObject({
  type: z.string().min(1).max(100),
  id: z.string().max(500).nullish(),
  name: z.string().max(200).nullish(),
  channelId: z.string().max(100),
  serviceUrl: z.string().max(2_000),
  text: z.string().nullish(),
  textFormat: z.string().nullish(),
  locale: z.string().max(50).nullish(),
  replyToId: z.string().max(500).nullish(),
  action: z.string().max(100).nullish(),
  from: Account.nullish(),
  recipient: Account.nullish(),
  conversation: z.looseObject({
    id: z.string().min(1).max(1_000),
    name: z.string().max(500).nullish(),
    conversationType: z.string().max(50).nullish(),
    tenantId: z.string().max(100).nullish(),
  }),
  channelData: z
    .looseObject({
      tenant: Named.nullish(),
      team: Named.extend({ aadGroupId: z.string().max(100).nullish() }).nullish(),
      channel: Named.nullish(),
      meeting: Named.nullish(),
      eventType: z.string().max(100).nullish(),
    })
    .nullish(),
  entities: z.array(z.looseObject({ type: z.string() })).nullish(),
  attachments: z.array(Attached).nullish(),
  membersAdded: z.array(Account).nullish(),
  membersRemoved: z.array(Account).nullish(),
  value: z.unknown().optional(),
});
export type Activity = z.infer<typeof ActivityShape>;

/** Where an activity happened, and where answers to it go. */
export interface Place {
  /** Root of the connector's address; only ever one that a token vouched for. */
  readonly service: string;
  readonly conversation: string;
  readonly kind: 'personal' | 'groupChat' | 'channel';
  readonly tenant?: string;
  /** Group id of the team, for links. */
  readonly team?: string;
}

export function placeOf(activity: Activity): Place {
  const { conversation, channelData, serviceUrl } = activity;
  const tenant = tenantOf(activity);
  const team = channelData?.team?.aadGroupId ?? undefined;
  const kind =
    channelData?.team || conversation.conversationType === 'channel' ? 'channel' : conversation.conversationType;
  return {
    service: serviceUrl,
    conversation: conversation.id,
    kind: kind === 'channel' || kind === 'groupChat' ? kind : 'personal',
    ...(tenant === undefined ? {} : { tenant }),
    ...(team === undefined ? {} : { team }),
  };
}

export function tenantOf({ conversation, channelData }: Activity): string | undefined {
  return channelData?.tenant?.id ?? conversation.tenantId ?? undefined;
}

const MentionShape = z.looseObject({
  type: z.literal('mention'),
  text: z.string().nullish(),
  mentioned: Account,
});
export type Mention = z.infer<typeof MentionShape>;

export function mentionsOf({ entities }: Activity): readonly Mention[] {
  return (entities ?? []).flatMap((entity) => MentionShape.safeParse(entity).data ?? []);
}

/**
 * What somebody typed: the mention of the bot left out, other people written as `@name`, spaces of the editor made plain.
 * @param nameOf what a mentioned person is called in a line
 */
export function lineOf(activity: Activity, nameOf: (mention: Mention) => string): string {
  let line = activity.text ?? '';
  for (const mention of mentionsOf(activity)) {
    const marked = mention.text ?? '';
    if (marked === '') continue;
    const own = mention.mentioned.id === activity.recipient?.id;
    line = own ? line.split(marked).join(' ') : line.replace(marked, () => nameOf(mention));
  }
  return line
    .replace(/<\/?at[^>]*>/gi, '')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/[\u200b\u2060]/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .trim();
}
