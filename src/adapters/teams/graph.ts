/** What only Microsoft Graph can do: open an online meeting, make a channel, pin a message in a chat. Plain requests. */
import { z } from 'zod';
import type { Words } from '../../cards/words/words.ts';
import type { Duration, IncidentId, Instant } from '../../core/units.ts';
import { SLOWEST_FILE } from './limits.ts';
import type { Send } from './request.ts';
import { PlatformError } from './trouble.ts';

export const GRAPH = 'https://graph.microsoft.com';

export interface Meeting {
  readonly link: string;
  /** The chat of the meeting, which its events come from. */
  readonly thread?: string;
}

export interface Graph {
  /** The same meeting however often it is asked for; absent where no organiser is set. */
  readonly openMeeting?: (id: IncidentId, subject: string, at: Instant) => Promise<Meeting>;
  /** Resolves to the new channel's id; absent where incidents are to share one. */
  readonly openChannel?: (id: IncidentId, title: string) => Promise<string>;
  pin(chat: string, message: string): Promise<void>;
  /** The bytes of a picture in a message, from the address that the message has it under. */
  picture(address: string): Promise<Response>;
  /**
   * The bytes of a file that lies in a channel's own folder, which everybody in the channel may read; rejects as refused
   * for any other.
   */
  file(team: string, channel: string, address: string): Promise<Response>;
}

export interface GraphOptions {
  readonly send: Send;
  /** Object id of the user in whose name meetings are held. */
  readonly organizer?: string | undefined;
  /** Group id of the team that gets a channel per incident. */
  readonly team?: string | undefined;
  /** Of Graph in another cloud; tokens are for that one. */
  readonly address?: string | undefined;
}

/** How long a meeting is said to last; it stays open beyond that. */
const MEETING: Duration = 24 * 3_600_000;
/** Letters of a channel's name. */
const LONGEST_CHANNEL = 50;

const Folder = z.looseObject({
  id: z.string().min(1),
  webUrl: z.string().min(1),
  parentReference: z.looseObject({ driveId: z.string().min(1) }),
});
const Item = z.looseObject({ '@microsoft.graph.downloadUrl': z.url() });

const OnlineMeeting = z.looseObject({
  joinWebUrl: z.string().min(1),
  chatInfo: z.looseObject({ threadId: z.string().nullish() }).nullish(),
});

export function createGraph({ send, organizer, team, address = GRAPH }: GraphOptions): Graph {
  async function post(what: string, path: string, body: unknown): Promise<unknown> {
    const asked = { what, method: 'POST', address: `${address}/v1.0${path}`, body: JSON.stringify(body) } as const;
    const response = await send({ ...asked, resource: address });
    return response.json().catch(() => undefined);
  }

  async function get(what: string, path: string): Promise<unknown> {
    const response = await send({ what, method: 'GET', address: `${address}/v1.0${path}`, resource: address });
    return response.json();
  }

  return {
    ...(organizer === undefined
      ? {}
      : {
          async openMeeting(id, subject, at) {
            const answer = await post(
              'an online meeting',
              `/users/${encodeURIComponent(organizer)}/onlineMeetings/createOrGet`,
              {
                externalId: `baton-${id}-${at}`,
                subject,
                startDateTime: new Date(at).toISOString(),
                endDateTime: new Date(at + MEETING).toISOString(),
              },
            );
            const meeting = OnlineMeeting.parse(answer);
            const thread = meeting.chatInfo?.threadId;
            return { link: meeting.joinWebUrl, ...(thread ? { thread } : {}) };
          },
        }),
    ...(team === undefined
      ? {}
      : {
          async openChannel(id, title) {
            const answer = await post('a channel', `/teams/${encodeURIComponent(team)}/channels`, {
              displayName: channelName(id, title),
              description: title.slice(0, 1_000),
              membershipType: 'standard',
            });
            return z.looseObject({ id: z.string().min(1) }).parse(answer).id;
          },
        }),
    async picture(picture) {
      if (!picture.startsWith(`${address}/`)) throw new PlatformError('a picture', 403, 'NotAtGraph', '');
      return send({ what: 'a picture', method: 'GET', address: picture, patience: SLOWEST_FILE, resource: address });
    },
    async file(team, channel, file) {
      const path = `/teams/${encodeURIComponent(team)}/channels/${encodeURIComponent(channel)}/filesFolder`;
      const { id, webUrl, parentReference } = Folder.parse(await get('a channel’s folder', path));
      const below = pathBelow(webUrl, file);
      // Baton may read more than whoever points at a file: it must not become their way to it.
      if (below === undefined) throw new PlatformError('a file', 403, 'NotInChannel', '');
      const drive = encodeURIComponent(parentReference.driveId);
      const item = Item.parse(await get('a file', `/drives/${drive}/items/${encodeURIComponent(id)}:/${below}`));
      // That address lets in whoever has it, for an hour: the token stays here.
      const download = item['@microsoft.graph.downloadUrl'];
      return send({ what: 'a file', method: 'GET', address: download, patience: SLOWEST_FILE });
    },
    async pin(chat, message) {
      const root = `${address}/v1.0/chats('${chat}')/messages('${message}')`;
      await post('a pin', `/chats/${encodeURIComponent(chat)}/pinnedMessages`, { 'message@odata.bind': root });
    },
  };
}

/** Where an address leads below a folder, encoded anew; undefined when it leads anywhere else. */
function pathBelow(folder: string, address: string): string | undefined {
  const [above, whole] = [URL.parse(folder), URL.parse(address)];
  if (!above || !whole || above.origin !== whole.origin) return undefined;
  const [over, parts] = [above, whole].map(({ pathname }) => segments(pathname));
  if (!over || !parts || parts.length <= over.length) return undefined;
  if (over.some((part, n) => part.toLowerCase() !== parts[n]?.toLowerCase())) return undefined;
  const below = parts.slice(over.length);
  return below.some((part) => /^\.*$|[/\\]/.test(part)) ? undefined : below.map(encodeURIComponent).join('/');
}

/** The parts of a path as people read them; undefined where they are no text. */
function segments(path: string): readonly string[] | undefined {
  try {
    return path
      .replace(/^\/|\/$/g, '')
      .split('/')
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** Why there is nothing to show of what Graph was asked for, in a sentence for people. */
export function graphSaid(error: unknown, words: Words): string {
  const code = error instanceof PlatformError ? error.code || String(error.status || '') : '';
  return code ? words.t('teams.reason.graph', { code }) : words.t('teams.reason.silent');
}

/** Teams takes no `~#%&*{}+/\:<>?|'"`, and no full stop at either end. */
function channelName(id: IncidentId, title: string): string {
  const plain = title
    .replace(/[~#%&*{}+/\\:<>?|'",.]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${id} ${plain}`.slice(0, LONGEST_CHANNEL).toWellFormed().trim();
}
