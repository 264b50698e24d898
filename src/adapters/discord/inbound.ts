/** Takes interactions off the gateway: each once, from people of the served guilds, to the part that answers it. */
import {
  type APIInteraction,
  type APIUser,
  ApplicationCommandType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from 'discord.js';
import type { FieldValue } from '../../core/contract.ts';
import { offered } from '../../desk/offered.ts';
import { houseWords, wordsOf } from '../../desk/reading.ts';
import { answer, type Question } from './answer.ts';
import { completions } from './autocomplete.ts';
import { bareWords, type Desk, keepAtHand } from './desk.ts';
import { copied } from './evidence.ts';
import { orderId } from './ids.ts';
import { plain } from './markdown.ts';
import { createMenu } from './menu.ts';
import { tellNamesake } from './namesake.ts';
import { type Asker, createOrders, incidentOf } from './orders.ts';
import { createPresses } from './presses.ts';
import { textMessage } from './render.ts';
import { createReply, type Reply } from './reply.ts';
import type { Rooms } from './rooms.ts';
import { readSlash, type Slash } from './slash.ts';

type Asking = Exclude<
  APIInteraction,
  { readonly type: InteractionType.Ping | InteractionType.ApplicationCommandAutocomplete }
>;

export interface Inbound {
  take(interaction: APIInteraction): Promise<void>;
}

/** @param served whether a guild is one of those that Baton works for */
export function createInbound(desk: Desk, rooms: Rooms, served: (guild: string) => boolean): Inbound {
  const orders = createOrders(desk, rooms);
  const presses = createPresses(desk, rooms, orders);
  const menu = createMenu(desk, rooms, orders);
  const taken = new Map<string, true>();

  async function take(interaction: APIInteraction): Promise<void> {
    if (interaction.type === InteractionType.Ping || taken.has(interaction.id)) return;
    keepAtHand(taken, interaction.id, true);
    if (interaction.type === InteractionType.ApplicationCommandAutocomplete) return complete(interaction);
    const reply = replyTo(interaction);
    try {
      const question = await ask(interaction, reply);
      if (!question) return;
      await answered(interaction, question);
      await tellNamesake(desk, question);
    } catch (error) {
      // An order whose answer was lost on the way may be kept all the same.
      const said = textMessage(plain(bareWords(desk).t('discord.failed')), { ephemeral: true });
      await reply.instead(said).catch((lost) => desk.log.warn({ error: lost }, 'nobody could be told of a failure'));
      throw error;
    }
  }

  async function answered(interaction: Asking, question: Question): Promise<void> {
    switch (interaction.type) {
      case InteractionType.ApplicationCommand:
        if (interaction.data.type === ApplicationCommandType.ChatInput) return slash(interaction.data, question);
        if (interaction.data.type === ApplicationCommandType.Message) return menu.chosen(interaction.data, question);
        return question.reply.quiet();
      case InteractionType.MessageComponent:
        return presses.pressed(interaction, question);
      case InteractionType.ModalSubmit:
        return (await menu.submitted(interaction, question)) ? undefined : presses.submitted(interaction, question);
    }
  }

  /** Starts the clock of the answer. */
  function replyTo(interaction: Asking): Reply {
    const message = messageOf(interaction);
    return createReply(desk, {
      id: interaction.id,
      token: interaction.token,
      application: interaction.application_id,
      channel: interaction.channel?.id,
      user: userOf(interaction).id,
      pressed: message && (message.own ? 'own' : 'public'),
    });
  }

  /** Who asks what from where; undefined when they are turned away. */
  async function ask(interaction: Asking, reply: Reply): Promise<Question | undefined> {
    const user = userOf(interaction);
    const channel = interaction.channel?.id;
    const message = messageOf(interaction);
    const world = await desk.intake.world();
    const { guild_id: guild } = interaction;
    // A direct message may come from anybody in the world: there only people of the house are heard.
    const welcome = guild === undefined ? desk.crew.known(user.id, world.people) !== undefined : served(guild);
    if (!welcome) {
      const words = wordsOf(desk, world, '');
      await reply.show(textMessage(plain(words.t('discord.elsewhere')), { ephemeral: true }));
      return undefined;
    }
    const by = await desk.crew.personOf(user, interaction.member, interaction.locale);
    const origin = guild === undefined || channel === undefined ? undefined : { guild, channel };
    const asker: Asker = { by, origin, world: await desk.intake.world() };
    return {
      id: interaction.id,
      user: user.id,
      channel,
      message: message?.id,
      own: message?.own ?? false,
      asker,
      reply,
    };
  }

  async function slash(data: Parameters<typeof readSlash>[0], question: Question): Promise<void> {
    const { asker, channel } = question;
    const read = readSlash(data, (user) => desk.crew.known(user, asker.world.people));
    if (!read) return answer.unknown(desk, question);
    const { incident, several } = await incidentOf(desk, channel, undefined);
    if (answer.needsOne(read.command) && !incident && several.length > 0)
      return answer.which(desk, orders, several, question);
    const filed: Slash['fields'] = read.file
      ? await copied(read.file, desk, houseWords(desk, asker.world, incident))
      : {};
    const fields: Record<string, FieldValue> = { ...filed, ...read.fields };
    // What somebody says of a file does not hide that there is no copy of it.
    if (filed.text && read.fields.text && !filed.attachment) fields.text = `${read.fields.text}: ${filed.text}`;
    const command = offered(read.command);
    // A modal must be the first answer: what is plainly missing is asked for before anything else is tried.
    const outcome =
      command && (command.opens || incident) && orders.lacks(command, fields, incident, asker)
        ? orders.form(command, fields, incident, asker)
        : await orders.give({ id: orderId(question.id), command: read.command, fields, incident, typed: true }, asker);
    await answer.give(desk, rooms, outcome, question);
  }

  /** Completion has no second chance: what cannot be had at once is left out. */
  async function complete(
    interaction: Extract<APIInteraction, { readonly type: InteractionType.ApplicationCommandAutocomplete }>,
  ) {
    const user = userOf(interaction);
    const { guild_id: guild } = interaction;
    const world = await desk.intake.world();
    const by = desk.crew.known(user.id, world.people) ?? '';
    const read = readSlash(interaction.data, () => undefined);
    const { incident } = await incidentOf(desk, interaction.channel?.id, undefined);
    const words = wordsOf(desk, world, by, incident);
    const welcome = guild === undefined ? by !== '' : served(guild);
    const choices = read && welcome ? completions(read, { incident, by, world, words }) : [];
    const body = { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } };
    await desk.api.respond(interaction.id, interaction.token, body);
  }

  return { take };
}

function userOf({ member, user }: Exclude<APIInteraction, { readonly type: InteractionType.Ping }>): APIUser {
  return member?.user ?? (user as APIUser);
}

/** The message that was pressed, and whether only its presser sees it. */
function messageOf(interaction: Asking): { readonly id: string; readonly own: boolean } | undefined {
  const { message } = interaction as { readonly message?: { readonly id: string; readonly flags?: number } };
  return message && { id: message.id, own: ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0 };
}
