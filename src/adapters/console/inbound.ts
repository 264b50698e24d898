/** Takes presses, typed lines and files from the console's pages and hands them in as orders. */
import { z } from 'zod';
import { opensForm } from '../../cards/asking.ts';
import { isView, type View } from '../../cards/buttons.ts';
import { complete } from '../../cards/completion.ts';
import { type Filling, fieldLabel, formCard, labelledChoices } from '../../cards/form.ts';
import { refusalCard, refusalText } from '../../cards/refusal.ts';
import { readLine } from '../../cards/typed.ts';
import type { Typing } from '../../cards/typing.ts';
import { viewCard } from '../../cards/views.ts';
import type { Words } from '../../cards/words/words.ts';
import { COMMANDS, commandNamed } from '../../core/commands/index.ts';
import type { Command, Field, Fields, FieldValue, Order } from '../../core/contract.ts';
import { fieldsOf, peopleOf } from '../../core/fields.ts';
import type { Incident } from '../../core/incident.ts';
import type { Answer, Attachments, Intake } from '../../core/ports.ts';
import type { Person } from '../../core/units.ts';
import { CONSOLE, pressId } from './ids.ts';
import { CLOSED_SHOWN, LONGEST_LINE, MOST_LISTED } from './limits.ts';
import { cardJson, type Eyes, wordsOf } from './render.ts';
import type { Completion, Outcome } from './wire.ts';

const Id = z.string().min(1).max(200);
const IncidentId = z.string().min(1).max(64);
const Value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).max(200)]);
const Values = z.record(z.string().max(64), Value).refine((fields) => Object.keys(fields).length <= 64);

export const PressShape = z.object({
  command: z.string().min(1).max(64),
  incident: IncidentId.optional(),
  fields: Values.default({}),
  seen: z.number().int().nonnegative().optional(),
  form: z.boolean().default(false),
});
/** Absent where two presses of one button on one card are the same press. */
type Press = z.infer<typeof PressShape> & { readonly id: string | undefined };
export const LineShape = z.object({
  id: Id,
  incident: IncidentId.optional(),
  line: z.string().max(LONGEST_LINE),
});
export const CompleteShape = z.object({
  incident: IncidentId.optional(),
  line: z.string().max(LONGEST_LINE),
  caret: z.number().int().nonnegative(),
});

/** A line without a slash is a note: what people type first is what they have seen. */
const PLAIN = { command: 'note', field: 'text' };

/** Commands that people give; the rest is between Baton and its adapters. */
const OFFERED = COMMANDS.filter(({ right }) => right !== 'adapter');

/** Who asks, and in whose words they are answered. */
export interface Asker extends Eyes {
  readonly by: Person;
}

export type Inbound = ReturnType<typeof createInbound>;

export function createInbound(intake: Intake, attachments: Attachments) {
  async function press(press: Press, asker: Asker): Promise<Outcome> {
    const { command: name, fields, incident, seen } = press;
    if (isView(name)) return view(name, fields.about, await known(incident), asker);
    const command = offered(name);
    if (press.form && command) return form(command, fields, await known(incident), asker);
    return give(
      {
        id: press.id ?? pressId(asker.by.id, press),
        command: name,
        fields,
        ...(incident === undefined ? {} : { incident }),
        ...(seen === undefined ? {} : { seen }),
      },
      asker,
    );
  }

  async function line(typed: z.infer<typeof LineShape>, asker: Asker): Promise<Outcome> {
    const incident = await known(typed.incident);
    const read = readLine(typed.line, typingFor(incident, asker));
    if ('problem' in read) {
      const words = wordsOf(asker, incident);
      const near = words.list(read.near.map((name) => `/${name}`));
      const text = words.t(`console.${read.problem}`, read.facts);
      return {
        outcome: 'problem',
        text: read.near.length > 0 ? `${text} ${words.t('console.typed-near', { near })}` : text,
      };
    }
    if (isView(read.command)) return view(read.command, read.fields.about, incident, asker);
    const order = { id: typed.id, command: read.command, fields: read.fields };
    return give(incident ? { ...order, incident: incident.id } : order, asker, 'typed');
  }

  /** Whatever comes of an order, as a page shows it. A typed line that lacks something goes on as a form. */
  async function give(order: Omit<Order, 'by' | 'via'>, asker: Asker, how: 'typed' | 'pressed' = 'pressed') {
    const command = offered(order.command);
    // An adapter's command is as unknown to people as one that does not exist.
    const name = command?.name ?? (commandNamed(order.command) ? `${order.command}?` : order.command);
    const answer = await intake.handle({ ...order, command: name, by: asker.by.id, via: CONSOLE });
    if ('refusal' in answer && command && how === 'typed') {
      const given = order.fields as Record<string, FieldValue>;
      const again = answer.refusal.next[0].command === command.name;
      const lacking = opensForm(command, given, { incident: answer.incident, viewer: asker.by.id }, undefined);
      if (again && lacking) return form(command, given, answer.incident, asker);
    }
    return outcomeOf(answer, asker);
  }

  function form(
    command: Command,
    given: Readonly<Record<string, FieldValue>>,
    incident: Incident | undefined,
    asker: Asker,
  ): Outcome {
    const card = formCard(command, filling(incident, asker), wordsOf(asker, incident), given);
    return { outcome: 'card', card: cardJson(card, incident?.id) };
  }

  async function completion(asked: z.infer<typeof CompleteShape>, asker: Asker): Promise<Completion> {
    const incident = await known(asked.incident);
    const words = wordsOf(asker, incident);
    const typing = typingFor(incident, asker);
    const here = OFFERED.filter((one) => (incident ? one.during.includes(incident.phase) || one.opens : one.opens));
    const found = complete(asked.line, Math.min(asked.caret, asked.line.length), { ...typing, commands: here });
    const options = found.offers.map(({ insert, command, label }) => ({
      insert,
      label: command ? `/${command}` : (label ?? insert),
      ...(command ? { detail: words.t(`command.${command}.what`) } : {}),
    }));
    const { command, expects, filled } = found;
    if (!command) return { from: found.from, to: found.to, options };
    const fields = Object.entries(typing.fieldsOf(command)).map(([name, field]) => ({
      name,
      label: fieldLabel(command.name, name, words),
      required: field.required ?? false,
      now: name === expects,
      ...(filled[name] === undefined ? {} : { value: understood(field, filled[name], typing) }),
    }));
    const help = { command: command.name, text: words.t(`command.${command.name}.what`), fields };
    return { from: found.from, to: found.to, options, help };
  }

  async function view(name: View, about: unknown, incident: Incident | undefined, asker: Asker): Promise<Outcome> {
    const listed = await intake.list({ closedAfter: asker.now - CLOSED_SHOWN, limit: MOST_LISTED });
    const words = wordsOf(asker, incident);
    const scene = { world: asker.world, words, incident, listed, about: typeof about === 'string' ? about : undefined };
    return { outcome: 'card', card: cardJson(viewCard(name, scene), incident?.id) };
  }

  async function known(id: string | undefined): Promise<Incident | undefined> {
    return id === undefined ? undefined : intake.incident(id);
  }

  /** Keeps a file as evidence. Rejects with a `RangeError` when it is too large. */
  async function evidence(
    file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array },
    order: { readonly id: string; readonly incident: string; readonly text: string },
    asker: Asker,
  ): Promise<Outcome> {
    const attachment = await attachments.keep(file);
    const kind = file.type.startsWith('image/') ? 'screenshot' : 'attachment';
    const fields = { text: order.text || file.name, kind, attachment };
    return give({ id: order.id, incident: order.incident, command: 'keep-evidence', fields }, asker);
  }

  return { press, line, form, completion, evidence };
}

function outcomeOf(answer: Answer, asker: Asker): Outcome {
  if ('refusal' in answer) {
    const words = wordsOf(asker, answer.incident);
    const card = refusalCard(answer.refusal, answer.incident, words, asker.by.id);
    return { outcome: 'refused', card: cardJson(card, answer.incident?.id), text: refusalText(answer.refusal, words) };
  }
  const { id, version } = answer.incident;
  return { outcome: 'done', incident: id, version, repeated: answer.repeated ?? false };
}

function offered(name: string): Command | undefined {
  const command = commandNamed(name);
  return command?.right === 'adapter' ? undefined : command;
}

/** Fields that there are words for: the rest is set by surfaces and alert sources, never typed. */
export function nameable(fields: Fields, words: Words): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => words.has(`field.${name.split(':')[0]}`)));
}

/** How a line's words are understood, for whoever is still typing them. */
function understood(field: Field, value: FieldValue, typing: Typing): string {
  const choices = typing.choicesOf(field) ?? [];
  const called = [value].flat().map((one) => {
    const said = String(one).replace(/^[AM](?=\d+$)/i, '');
    return choices.find((choice) => choice.value === said)?.label ?? String(one);
  });
  return called.join(', ');
}

function filling(incident: Incident | undefined, asker: Asker): Filling {
  return { incident, by: asker.by.id, world: asker.world };
}

function typingFor(incident: Incident | undefined, asker: Asker): Typing {
  const words = wordsOf(asker, incident);
  return {
    commands: OFFERED,
    fieldsOf: (command) => nameable(fieldsOf(command, incident, asker.by.id), words),
    choicesOf: (field) => labelledChoices(field, filling(incident, asker), words),
    people: peopleOf(incident, asker.world.people),
    by: asker.by.id,
    ...(incident ? { plain: PLAIN } : {}),
  };
}
