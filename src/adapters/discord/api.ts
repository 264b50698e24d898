/** Speaks to Discord's REST API: what does no harm when it is repeated is tried again, everything else is tried once. */
import { type REST, Routes } from 'discord.js';
import type { Log } from '../../core/ports.ts';
import { FIRST_RETRY, LONGEST_RETRY, MOST_ATTEMPTS } from './limits.ts';
import type { Time } from './time.ts';
import { retryAfter, Silenced, troubleIn } from './trouble.ts';

/** A message as Discord takes it. */
export type Message = Readonly<Record<string, unknown>>;

export interface Posted {
  readonly id: string;
  readonly content?: string;
}

export interface Channel {
  readonly id: string;
  readonly type: number;
  readonly name?: string | null;
  readonly topic?: string | null;
  readonly parent_id?: string | null;
  readonly permission_overwrites?: readonly {
    readonly id: string;
    readonly allow: string;
    readonly deny: string;
    readonly type: number;
  }[];
}

export interface Api {
  /** Resolves to the message that has the nonce: this one, or the one that an earlier attempt made. */
  post(channel: string, message: Message, nonce: string): Promise<Posted>;
  /** One attempt, which rejects instead of waiting when the rate is reached: its caller has something newer by then. */
  editOnce(channel: string, message: string, body: Message): Promise<void>;
  edit(channel: string, message: string, body: Message): Promise<void>;
  pin(channel: string, message: string): Promise<void>;
  channels(guild: string): Promise<readonly Channel[]>;
  /** One attempt: made twice there would be two. Look whether it is there before the next. */
  createChannel(guild: string, body: Message): Promise<Channel>;
  changeChannel(channel: string, body: Message): Promise<void>;
  deleteChannel(channel: string): Promise<void>;
  /** The direct channel with somebody; the same one every time. */
  openDirect(user: string): Promise<string>;
  member(guild: string, user: string): Promise<Member>;
  putCommands(application: string, guild: string | undefined, commands: unknown): Promise<void>;
  application(): Promise<{ readonly id: string }>;
  /** The bot's own account. */
  me(): Promise<User>;
  /** One attempt at an interaction's first answer. */
  respond(interaction: string, token: string, body: Message): Promise<void>;
  /** Changes or fills in the first answer. */
  editResponse(application: string, token: string, body: Message): Promise<void>;
  deleteResponse(application: string, token: string): Promise<void>;
  /** A further message after the first answer. One attempt: made twice there would be two. */
  followUp(application: string, token: string, body: Message): Promise<void>;
}

export interface User {
  readonly id: string;
  readonly username: string;
  readonly global_name?: string | null;
  readonly bot?: boolean;
}
export interface Member {
  readonly user?: User;
  readonly nick?: string | null;
}

/** @param answers speaks for interactions, whose tokens are all that they need */
export function createApi(rest: REST, time: Time, log: Log, answers = rest): Api {
  /** @param work does no harm when it is carried out twice */
  async function repeated<T>(what: string, work: () => Promise<unknown>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await work()) as T;
      } catch (error) {
        if (troubleIn(error) !== 'again' || error instanceof Silenced || attempt >= MOST_ATTEMPTS) throw error;
        const grown = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** (attempt - 1));
        const delay = (retryAfter(error) ?? grown / 2) + (grown / 2) * time.random();
        if (attempt > 1) log.info({ what, attempt, delay: Math.round(delay), error: String(error) }, 'trying again');
        await time.wait(delay);
      }
    }
  }

  const messageRoute = (channel: string, message: string) => Routes.channelMessage(channel, message);
  const patch = (channel: string, message: string, body: Message) =>
    rest.patch(messageRoute(channel, message), { body });

  return {
    post: (channel, message, nonce) =>
      repeated('a message', () =>
        rest.post(Routes.channelMessages(channel), { body: { ...message, nonce, enforce_nonce: true } }),
      ),
    async editOnce(channel, message, body) {
      await patch(channel, message, body);
    },
    edit: (channel, message, body) => repeated('an edit', () => patch(channel, message, body)),
    pin: (channel, message) => repeated('a pin', () => rest.put(Routes.channelMessagesPin(channel, message))),
    channels: (guild) => repeated('the channels', () => rest.get(Routes.guildChannels(guild))),
    createChannel: (guild, body) => rest.post(Routes.guildChannels(guild), { body }) as Promise<Channel>,
    changeChannel: (channel, body) =>
      repeated('a change of a channel', () => rest.patch(Routes.channel(channel), { body })),
    deleteChannel: (channel) => repeated('the end of a channel', () => rest.delete(Routes.channel(channel))),
    async openDirect(user) {
      const body = { recipient_id: user };
      return (await repeated<{ id: string }>('a direct channel', () => rest.post(Routes.userChannels(), { body }))).id;
    },
    member: (guild, user) => repeated('a member', () => rest.get(Routes.guildMember(guild, user))),
    async putCommands(application, guild, commands) {
      const route =
        guild === undefined
          ? Routes.applicationCommands(application)
          : Routes.applicationGuildCommands(application, guild);
      await repeated('the commands', () => rest.put(route, { body: commands }));
    },
    application: () => repeated('the application', () => rest.get(Routes.currentApplication())),
    me: () => repeated('the bot', () => rest.get(Routes.user())),
    async respond(interaction, token, body) {
      // Its token is all that an answer needs; with the bot's own, a refused answer would count against the bot.
      await answers.post(Routes.interactionCallback(interaction, token), { body, auth: false });
    },
    editResponse: (application, token, body) =>
      repeated('an answer', () => answers.patch(Routes.webhookMessage(application, token), { body, auth: false })),
    deleteResponse: (application, token) =>
      repeated('an answer', () => answers.delete(Routes.webhookMessage(application, token), { auth: false })),
    async followUp(application, token, body) {
      await answers.post(Routes.webhook(application, token), { body, auth: false });
    },
  };
}
