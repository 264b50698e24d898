/** Buttons, selects and modals: what a press does, page after page of its form. */
import type { APIMessageComponentInteraction, APIModalSubmitInteraction } from 'discord.js';
import { isView } from '../../cards/buttons.ts';
import type { Block, Card } from '../../cards/card.ts';
import { formCard } from '../../cards/form.ts';
import type { FieldValue } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import { offered } from '../../desk/offered.ts';
import type { Outcome } from '../../desk/orders.ts';
import { wordsOf } from '../../desk/reading.ts';
import { answer, type Question } from './answer.ts';
import { type Desk, dressed, pressOf, YOURS } from './desk.ts';
import { orderId, pressId } from './ids.ts';
import { filledIn, inputsOf, MODAL, pageOf } from './modal.ts';
import { incidentOf, type Orders, yours } from './orders.ts';
import type { Press } from './press.ts';
import type { Paged } from './render.ts';
import type { Rooms } from './rooms.ts';

export function createPresses(desk: Desk, rooms: Rooms, orders: Orders) {
  async function pressed({ data, message }: APIMessageComponentInteraction, question: Question): Promise<void> {
    const customId = 'values' in data ? (data.values[0] ?? '') : data.custom_id;
    const press = await pressOf(desk, customId);
    if (!press) return answer.unknown(desk, question);
    const target = await targetOf(press, question);
    if (target === undefined) return;
    const { incident } = target;
    const { asker } = question;
    if (press.command === YOURS && incident) return answer.give(desk, rooms, yours(desk, incident, asker), question);
    const command = offered(press.command);
    if (press.page !== undefined && command) {
      return answer.give(desk, rooms, orders.form(command, press.fields, incident, asker), question, press.page);
    }
    const id = command?.opens ? orderId(question.id) : pressId(asker.by, message.id, customId);
    const outcome = await orders.give(
      { id, command: press.command, fields: press.fields, incident, seen: press.seen },
      asker,
    );
    await answer.give(desk, rooms, outcome, question);
  }

  async function submitted({ data }: APIModalSubmitInteraction, question: Question): Promise<void> {
    const press = await pressOf(desk, data.custom_id, MODAL);
    const command = press && offered(press.command);
    if (!press || !command) return answer.unknown(desk, question);
    const target = await targetOf(press, question);
    if (target === undefined) return;
    const { incident } = target;
    const { asker } = question;
    const fields = { ...press.fields, ...filledIn(data) };
    const words = wordsOf(desk, asker.world, asker.by, incident);
    const inputs = inputsOf(formCard(command, { incident, by: asker.by, world: asker.world }, words, fields));
    const page = press.page ?? 1;
    const further = pageOf(inputs, page + 1);
    const next = { ...press, fields, page: page + 1 };
    if (further.some(({ name, field }) => field.required && fields[name] === undefined)) {
      return question.reply.show(await goesOn([words.t('discord.continue')], next, incident, question));
    }
    const outcome = await orders.give(
      { id: orderId(question.id), command: command.name, fields, incident, seen: press.seen },
      asker,
    );
    if (outcome.outcome === 'refused') return answer.give(desk, rooms, kept(outcome, command.name, fields), question);
    if (outcome.outcome === 'done' && !outcome.opened && further.length > 0) {
      // What was left out is optional, and one press away.
      return question.reply.show(
        await goesOn(outcome.lines, { ...next, fields: press.fields }, outcome.incident, question),
      );
    }
    await answer.give(desk, rooms, outcome, question);
  }

  async function goesOn(lines: readonly string[], press: Press, incident: Incident | undefined, { asker }: Question) {
    const words = wordsOf(desk, asker.world, asker.by, incident);
    const button: Paged = {
      label: words.t('discord.next'),
      command: press.command,
      fields: press.fields,
      form: true,
      page: press.page,
    };
    const blocks: Block[] = [
      ...lines.map((text) => ({ type: 'text', text }) as const),
      { type: 'buttons', buttons: [button] },
    ];
    const card: Card = {
      key: 'next',
      title: words.t(`command.${press.command}`),
      blocks,
      ...(press.seen === undefined ? {} : { version: press.seen }),
    };
    return dressed(desk, card, incident, words, { ephemeral: true });
  }

  /** The incident that a press is about; undefined when whoever pressed has been asked which. */
  async function targetOf(
    { command, incident: named }: Press,
    question: Question,
  ): Promise<{ readonly incident: Incident | undefined } | undefined> {
    if (!answer.needsOne(command) && named === undefined && !isView(command)) return { incident: undefined };
    const { incident, several } = await incidentOf(desk, question.channel, named);
    if (incident || several.length === 0 || !answer.needsOne(command)) return { incident };
    await answer.which(desk, orders, several, question);
    return undefined;
  }

  return { pressed, submitted };
}

/** What was filled in stays in the form that a refusal offers again. */
function kept(
  outcome: Extract<Outcome, { readonly outcome: 'refused' }>,
  command: string,
  fields: Readonly<Record<string, FieldValue>>,
): Outcome {
  const blocks = outcome.card.blocks.map((block) =>
    block.type === 'buttons'
      ? {
          ...block,
          buttons: block.buttons.map((one) =>
            one.command === command && one.form ? { ...one, fields: { ...fields, ...one.fields } } : one,
          ),
        }
      : block,
  );
  return { ...outcome, card: { ...outcome.card, blocks } };
}
