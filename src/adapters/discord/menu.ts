/** The two commands in a message's menu: declare from it, and keep it as evidence. */
import type { APIMessageApplicationCommandInteractionData, APIModalSubmitInteraction } from 'discord.js';
import { formCard } from '../../cards/form.ts';
import { clip } from '../../cards/words/clip.ts';
import { type Words, wordsFor } from '../../cards/words/words.ts';
import { commandNamed } from '../../core/commands/index.ts';
import { type Command, type FieldValue, LONGEST_TITLE } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import type { Outcome } from '../../desk/orders.ts';
import { houseWords, wordsOf } from '../../desk/reading.ts';
import { answer, type Question } from './answer.ts';
import { KEEP_AS_EVIDENCE } from './commands.ts';
import { type Desk, keepAtHand } from './desk.ts';
import { evidenceOf, type File, type Pointed } from './evidence.ts';
import { DISCORD, orderId } from './ids.ts';
import { filledIn, modalOf } from './modal.ts';
import { incidentOf, type Orders } from './orders.ts';
import { linkTo, type Rooms } from './rooms.ts';

/** Marks the modal of a declaration from a message: `from:<channel>:<message>`. */
const FROM = 'from';

export function createMenu(desk: Desk, rooms: Rooms, orders: Orders) {
  /** What a message said, until its declaration is submitted: it cannot be read again without a privileged intent. */
  const pointed = new Map<string, Pointed>();
  const english: Words = wordsFor({ language: 'en', zone: 'UTC' }, {});

  async function chosen(data: APIMessageApplicationCommandInteractionData, question: Question): Promise<void> {
    const message = pointedAt(data, question);
    if (!message) return answer.unknown(desk, question);
    return data.name === english.t(KEEP_AS_EVIDENCE) ? keep(message, question) : declare(message, question);
  }

  async function declare(message: Pointed, question: Question): Promise<void> {
    const { asker, channel, reply } = question;
    const words = wordsOf(desk, asker.world, asker.by);
    keepAtHand(pointed, message.id, message);
    const title = clip(message.content, LONGEST_TITLE);
    const fields: Readonly<Record<string, FieldValue>> = title === '' ? {} : { title };
    const form = formCard(
      commandNamed('declare') as Command,
      { incident: undefined, by: asker.by, world: asker.world },
      words,
      fields,
    );
    const modal = modalOf(form, { command: 'declare', fields }, words);
    const custom_id = `${FROM}:${channel ?? ''}:${message.id}`;
    if (await reply.modal({ ...modal?.data, custom_id })) return;
    const late = { card: form, command: 'declare', given: fields, incident: undefined };
    await reply.show(await answer.late(desk, late, question));
  }

  async function keep(message: Pointed, question: Question): Promise<void> {
    const { incident, several } = await incidentOf(desk, question.channel, undefined);
    if (!incident && several.length > 0) return answer.which(desk, orders, several, question);
    await answer.give(desk, rooms, await keepIn(incident, message, question), question);
  }

  /** One order per message and file: kept twice it stands there once. */
  async function keepIn(incident: Incident | undefined, message: Pointed, { asker }: Question): Promise<Outcome> {
    const all = await evidenceOf(message, desk, houseWords(desk, asker.world, incident));
    let outcome: Outcome | undefined;
    for (const [n, fields] of all.entries()) {
      const id = `${DISCORD}:evidence:${message.id}:${n}`;
      const next = await orders.give({ id, command: 'keep-evidence', fields, incident }, asker);
      outcome =
        outcome?.outcome === 'done' && next.outcome === 'done'
          ? { ...next, lines: [...outcome.lines, ...next.lines] }
          : next;
      if (next.outcome !== 'done') break;
    }
    return outcome as Outcome;
  }

  /** Resolves to whether it was a declaration from a message. */
  async function submitted({ data }: APIModalSubmitInteraction, question: Question): Promise<boolean> {
    const [mark, channel = '', id = ''] = data.custom_id.split(':');
    if (mark !== FROM) return false;
    const { asker } = question;
    const outcome = await orders.give(
      { id: orderId(question.id), command: 'declare', fields: filledIn(data), incident: undefined },
      asker,
    );
    if (outcome.outcome === 'done') {
      const { origin } = asker;
      const message = pointed.get(id) ?? {
        id,
        content: '',
        author: '',
        link: origin ? linkTo(origin.guild, channel, id) : '',
        files: [],
      };
      keepIn(outcome.incident, message, question).catch((error) => {
        desk.log.warn({ incident: outcome.incident.id, error }, 'the message that was declared from could not be kept');
      });
    }
    await answer.give(desk, rooms, outcome, question);
    return true;
  }

  function pointedAt(
    data: APIMessageApplicationCommandInteractionData,
    { asker, channel }: Question,
  ): Pointed | undefined {
    const message = data.resolved.messages[data.target_id];
    if (!message) return undefined;
    const { id, content, author, attachments } = message;
    const { origin } = asker;
    return {
      id,
      content,
      author: author.global_name ?? author.username,
      link: origin && channel !== undefined ? linkTo(origin.guild, channel, id) : '',
      files: attachments as readonly File[],
    };
  }

  return { chosen, submitted };
}
