/** What Discord keeps: a guild with its channels, messages, members and the bot's permissions, within Discord's limits. */
import { PermissionFlagsBits as Bit } from 'discord.js';
import type { Overwrite } from '../../src/adapters/discord/closing.ts';
import { heldIn } from '../../src/adapters/discord/permissions.ts';

export type Json = Record<string, unknown>;

export interface ChannelOf extends Json {
  readonly id: string;
  readonly type: number;
  name: string;
  topic?: string | null;
  parent_id?: string | null;
  permission_overwrites: Overwrite[];
}

export interface MessageOf extends Json {
  readonly id: string;
  readonly channel_id: string;
  content: string;
  flags: number;
  components: Json[];
  readonly nonce?: string;
  readonly allowed_mentions?: { readonly users?: readonly string[] };
  readonly ephemeralFor?: string;
  pinned: boolean;
  edits: number;
}

export interface UserOf {
  readonly id: string;
  readonly username: string;
  readonly global_name: string | null;
  readonly discriminator: string;
  readonly avatar: null;
  readonly bot?: boolean;
}

/** What Discord answers instead. */
export class Refused extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: Json | undefined;
  constructor(status: number, code: number, message: string, errors?: Json) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export const MAX_IN_CATEGORY = 50;
export const MAX_IN_GUILD = 500;
const NONCES_LAST = 5 * 60_000;

let counter = 0;
/** Snowflakes of now. */
export function snowflake(): string {
  counter = (counter + 1) % 4_096;
  return String((BigInt(Date.now() - 1_420_070_400_000) << 22n) | BigInt(counter));
}

export const EVERYTHING =
  Bit.ViewChannel |
  Bit.SendMessages |
  Bit.ManageChannels |
  Bit.ManageRoles |
  Bit.PinMessages |
  Bit.ReadMessageHistory |
  Bit.Connect;

export class GuildDouble {
  readonly id = snowflake();
  readonly bot: UserOf = {
    id: snowflake(),
    username: 'Baton',
    global_name: null,
    discriminator: '0',
    avatar: null,
    bot: true,
  };
  readonly channels = new Map<string, ChannelOf>();
  readonly messages = new Map<string, MessageOf>();
  readonly users = new Map<string, UserOf>();
  /** By user: the voice channel they are in. */
  readonly voice = new Map<string, string>();
  readonly direct = new Map<string, string>();
  /** Users who take no messages of bots. */
  readonly closed = new Set<string>();
  permissions: bigint = EVERYTHING;
  readonly general: ChannelOf;

  constructor() {
    this.general = this.addChannel({ type: 0, name: 'general' });
    this.users.set(this.bot.id, this.bot);
  }

  addChannel(body: Json): ChannelOf {
    const channel = {
      // What says nothing of its own is as its category is when it is made.
      permission_overwrites: [...(this.channels.get(String(body.parent_id))?.permission_overwrites ?? [])],
      position: this.channels.size,
      parent_id: null,
      ...body,
      id: snowflake(),
      guild_id: this.id,
    } as unknown as ChannelOf;
    this.channels.set(channel.id, channel);
    return channel;
  }

  addUser(name: string): UserOf {
    const user = {
      id: snowflake(),
      username: name.toLowerCase().replace(/\W+/g, '.'),
      global_name: name,
      discriminator: '0',
      avatar: null,
    };
    this.users.set(user.id, user);
    return user;
  }

  /** What somebody without roles may do in a channel. */
  held(user: string, channel?: string): bigint {
    const overwrites = this.channels.get(channel ?? '')?.permission_overwrites ?? [];
    return heldIn(this.permissions, overwrites, { guild: this.id, roles: [], user });
  }

  need(bit: bigint, channel?: string): void {
    const held = this.held(this.bot.id, channel);
    if (channel !== undefined && (held & Bit.ViewChannel) === 0n) throw new Refused(403, 50001, 'Missing Access');
    if ((held & bit) === 0n) throw new Refused(403, 50013, 'Missing Permissions');
  }

  channel(id: string): ChannelOf {
    const found = this.channels.get(id);
    if (!found) throw new Refused(404, 10003, 'Unknown Channel');
    return found;
  }

  message(channel: string, id: string): MessageOf {
    if (!this.isDirect(channel)) {
      this.channel(channel);
      this.need(Bit.ViewChannel, channel);
    }
    const found = this.messages.get(id);
    if (!found || found.channel_id !== channel) throw new Refused(404, 10008, 'Unknown Message');
    return found;
  }

  isDirect(channel: string): boolean {
    return [...this.direct.values()].includes(channel);
  }

  createChannel(body: Json): ChannelOf {
    this.need(Bit.ManageChannels);
    if (this.channels.size >= MAX_IN_GUILD)
      throw new Refused(400, 30013, 'Maximum number of guild channels reached (500)');
    this.roomIn(body.parent_id as string | undefined);
    return this.addChannel(body);
  }

  roomIn(parent: string | null | undefined): void {
    if (!parent) return;
    const inside = [...this.channels.values()].filter(({ parent_id }) => parent_id === parent).length;
    if (inside < MAX_IN_CATEGORY) return;
    throw new Refused(400, 50035, 'Invalid Form Body', {
      parent_id: {
        _errors: [
          { code: 'CHANNEL_PARENT_MAX_CHANNELS', message: 'Maximum number of channels in category reached (50)' },
        ],
      },
    });
  }

  post(channel: string, body: Json): MessageOf {
    if (this.isDirect(channel)) {
      const [user] = [...this.direct].find(([, id]) => id === channel) ?? [''];
      if (this.closed.has(user)) throw new Refused(403, 50007, 'Cannot send messages to this user');
    } else {
      this.channel(channel);
      this.need(Bit.SendMessages, channel);
    }
    const { nonce } = body as { nonce?: string };
    const now = Date.now();
    // A nonce is unique per author, over all channels.
    const same = [...this.messages.values()].find(
      (one) => nonce !== undefined && one.nonce === nonce && now - Number(one.at) < NONCES_LAST,
    );
    return same ?? this.keep(channel, body);
  }

  keep(channel: string, body: Json, ephemeralFor?: string): MessageOf {
    const message = {
      content: '',
      components: [],
      ...body,
      flags: Number(body.flags ?? 0),
      id: snowflake(),
      channel_id: channel,
      author: this.bot,
      at: Date.now(),
      pinned: false,
      edits: 0,
      ...(ephemeralFor === undefined ? {} : { ephemeralFor }),
    } as unknown as MessageOf;
    this.messages.set(message.id, message);
    return message;
  }

  edit(message: MessageOf, body: Json): void {
    // Components V2 cannot be taken back.
    if ((message.flags & (1 << 15)) !== 0 && body.content) throw new Refused(400, 50035, 'Invalid Form Body');
    if (body.components) message.components = body.components as Json[];
    if (typeof body.content === 'string') message.content = body.content;
    if (body.flags !== undefined) message.flags = (message.flags & 64) | Number(body.flags);
    message.edits += 1;
  }

  /** As the gateway describes it. */
  create(): Json {
    const member = (user: UserOf): Json => ({
      user,
      nick: null,
      roles: [],
      joined_at: '2026-01-01T00:00:00Z',
      deaf: false,
      mute: false,
      flags: 0,
    });
    return {
      id: this.id,
      name: 'House',
      owner_id: '1',
      member_count: this.users.size,
      unavailable: false,
      large: false,
      roles: [
        {
          id: this.id,
          name: '@everyone',
          permissions: String(this.permissions),
          position: 0,
          color: 0,
          colors: { primary_color: 0 },
          hoist: false,
          managed: false,
          mentionable: false,
          flags: 0,
        },
      ],
      channels: [...this.channels.values()],
      threads: [],
      emojis: [],
      features: [],
      members: [member(this.bot)],
      presences: [],
      stage_instances: [],
      guild_scheduled_events: [],
      voice_states: [...this.voice].map(([user_id, channel_id]) => ({
        user_id,
        channel_id,
        session_id: 's',
        deaf: false,
        mute: false,
        self_deaf: false,
        self_mute: false,
        self_video: false,
        suppress: false,
      })),
      preferred_locale: 'en-US',
      premium_tier: 0,
      nsfw_level: 0,
      system_channel_flags: 0,
      verification_level: 0,
      default_message_notifications: 0,
      explicit_content_filter: 0,
      mfa_level: 0,
      afk_timeout: 300,
      application_id: null,
    };
  }
}
