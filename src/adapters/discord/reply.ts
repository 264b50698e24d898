/** One interaction's answer: the first one within three seconds, deferred if need be, and a message when it is too late. */
import { InteractionResponseType, MessageFlags } from 'discord.js';
import type { Log } from '../../core/ports.ts';
import type { Api, Message } from './api.ts';
import { bareWords } from './desk.ts';
import { nonceOf } from './ids.ts';
import { DEFER_AFTER, FIRST_ANSWER_ATTEMPTS, FIRST_ANSWER_RETRY } from './limits.ts';
import { mention, plain } from './markdown.ts';
import { textMessage } from './render.ts';
import type { Time } from './time.ts';
import { troubleIn } from './trouble.ts';

export interface Reply {
  /** Opens a modal; false when something else was the first answer already. */
  modal(data: Message): Promise<boolean>;
  /** Shows a message to whoever asked, or to all when it is not ephemeral; in place of an ephemeral one that was pressed. */
  show(message: Message): Promise<void>;
  /** Shows a message where nothing else was answered, or will be. */
  instead(message: Message): Promise<void>;
  /** Answers so that nothing is seen. */
  quiet(): Promise<void>;
  /** Exchanges what was shown. */
  change(message: Message): Promise<void>;
  /** Says one thing more; false where it could not be, as after a modal. */
  also(message: Message): Promise<boolean>;
}

export interface Asking {
  readonly id: string;
  readonly token: string;
  readonly application: string;
  readonly channel: string | undefined;
  readonly user: string;
  /** A press on a message: of everybody's, or one that only the presser sees. */
  readonly pressed?: 'public' | 'own' | undefined;
}

interface Means {
  readonly api: Api;
  readonly time: Time;
  readonly log: Log;
  /** The house's, for what is said in the room. */
  readonly language: string;
}

export function createReply({ api, time, log, language }: Means, asking: Asking): Reply {
  const { id, token, application, pressed } = asking;
  let state: 'fresh' | 'deferred' | 'answered' = 'fresh';
  let asks = false;
  let deferring: Promise<void> | undefined;

  const timer = setTimeout(() => {
    if (state !== 'fresh') return;
    state = 'deferred';
    deferring = respond(
      pressed === 'own'
        ? { type: InteractionResponseType.DeferredMessageUpdate }
        : { type: InteractionResponseType.DeferredChannelMessageWithSource, data: { flags: MessageFlags.Ephemeral } },
    ).then(
      () => undefined,
      (error) => log.warn({ error: String(error) }, 'an interaction could not be deferred'),
    );
  }, DEFER_AFTER);
  timer.unref();

  /** Resolves to whether this was the first answer: an answer that was lost on its way back counts. */
  async function respond(body: Message): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await api.respond(id, token, body);
        return true;
      } catch (error) {
        const trouble = troubleIn(error);
        if (trouble === 'answered') return false;
        if (trouble !== 'again' || attempt >= FIRST_ANSWER_ATTEMPTS) throw error;
        await time.wait(FIRST_ANSWER_RETRY);
      }
    }
  }

  async function edit(message: Message): Promise<void> {
    await api.editResponse(application, token, withoutEphemeral(message));
  }

  /** The token is dead: whoever asked is told all the same, so that nothing is lost without a word. */
  async function fallBack(message: Message, error: unknown): Promise<void> {
    const trouble = troubleIn(error);
    if (trouble !== 'expired' && trouble !== 'again') throw error;
    log.warn(
      { interaction: id, error: String(error) },
      'an interaction could not be answered in time; a message says it',
    );
    if ((Number(message.flags ?? 0) & MessageFlags.Ephemeral) === 0) return inRoom(message, nonceOf(id));
    try {
      await api.post(await api.openDirect(asking.user), withoutEphemeral(message), nonceOf(id));
    } catch (refused) {
      // What is for one reader, a code among it, is never said where others read.
      log.info({ interaction: id, error: String(refused) }, 'could not be reached in a direct message');
      await inRoom(textMessage(plain(bareWords({ language }).t('discord.unshown'))), nonceOf(id, 'unshown'));
    }
  }

  /** Where they asked, by name. */
  async function inRoom(message: Message, nonce: string): Promise<void> {
    if (asking.channel === undefined) return;
    const components = [{ type: 10, content: mention(asking.user) }, ...((message.components ?? []) as unknown[])];
    await api.post(
      asking.channel,
      { ...message, components, allowed_mentions: { parse: [], users: [asking.user] } },
      nonce,
    );
  }

  async function show(message: Message): Promise<void> {
    clearTimeout(timer);
    const first = state === 'fresh';
    state = 'answered';
    await deferring;
    try {
      if (!first) return await edit(message);
      const type =
        pressed === 'own' ? InteractionResponseType.UpdateMessage : InteractionResponseType.ChannelMessageWithSource;
      const data = pressed === 'own' ? withoutEphemeral(message) : message;
      if (!(await respond({ type, data }))) await edit(message);
    } catch (error) {
      await fallBack(message, error);
    }
  }

  return {
    async modal(data) {
      if (state !== 'fresh') return false;
      state = 'answered';
      asks = true;
      clearTimeout(timer);
      await respond({ type: InteractionResponseType.Modal, data });
      return true;
    },
    show,
    async instead(message) {
      if (state !== 'answered') await show(message);
    },
    async quiet() {
      clearTimeout(timer);
      const first = state === 'fresh';
      state = 'answered';
      await deferring;
      try {
        if (first) await respond({ type: InteractionResponseType.DeferredMessageUpdate });
        else if (pressed !== 'own') await api.deleteResponse(application, token);
      } catch (error) {
        // What was pressed is done, and the card shows it.
        log.info({ interaction: id, error: String(error) }, 'a press could not be acknowledged');
      }
    },
    async change(message) {
      try {
        await edit(message);
      } catch (error) {
        log.info({ interaction: id, error: String(error) }, 'an answer could not be completed');
      }
    },
    async also(message) {
      if (state !== 'answered' || asks) return false;
      try {
        await api.followUp(application, token, message);
        return true;
      } catch (error) {
        log.info({ interaction: id, error: String(error) }, 'nothing could be added to an answer');
        return false;
      }
    },
  };
}

/** Whether only one person sees it is settled by the first answer. */
function withoutEphemeral(message: Message): Message {
  return { ...message, flags: Number(message.flags ?? 0) & ~MessageFlags.Ephemeral };
}
