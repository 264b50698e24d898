/** Takes presses, typed lines and files from the console's pages and hands them in as orders. */
import { z } from 'zod';
import { complete } from '../../cards/completion.ts';
import { fieldLabel } from '../../cards/form.ts';
import type { Typing } from '../../cards/typing.ts';
import type { Field, FieldValue } from '../../core/contract.ts';
import type { Attachments, Intake } from '../../core/ports.ts';
import { OFFERED } from '../../desk/offered.ts';
import { type Asker as Anybody, createOrders, type Outcome as Said } from '../../desk/orders.ts';
import { CONSOLE } from './ids.ts';
import { LONGEST_LINE } from './limits.ts';
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

/** Who asks, and in whose words they are answered. */
export type Asker = Eyes & Anybody;

export type Inbound = ReturnType<typeof createInbound>;

export function createInbound(intake: Intake, attachments: Attachments) {
  const orders = createOrders<Asker>({ intake, via: CONSOLE, wordsOf, slashed: true });

  async function press({ id, ...press }: Press, asker: Asker): Promise<Outcome> {
    return shown(await orders.press(press, asker, { id }));
  }

  async function line({ id, line: typed, incident }: z.infer<typeof LineShape>, asker: Asker): Promise<Outcome> {
    return shown(await orders.line(typed, id, await known(incident), asker));
  }

  async function completion(asked: z.infer<typeof CompleteShape>, asker: Asker): Promise<Completion> {
    const incident = await known(asked.incident);
    const words = wordsOf(asker, incident);
    const typing = orders.typing(incident, asker);
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

  async function known(id: string | undefined) {
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
    const incident = await known(order.incident);
    return shown(await orders.give({ id: order.id, command: 'keep-evidence', fields, incident }, asker));
  }

  return { press, line, completion, evidence };
}

/** As a page shows it. */
function shown(said: Said): Outcome {
  switch (said.outcome) {
    case 'done': {
      const { incident, repeated, changed } = said;
      const text = repeated || !changed ? { text: said.lines.join(' ') } : {};
      return { outcome: 'done', incident: incident.id, version: incident.version, repeated, ...text };
    }
    case 'problem':
      return { outcome: 'problem', text: said.text };
    case 'refused':
      return { outcome: 'refused', card: cardJson(said.card, said.incident?.id), text: said.text };
    case 'form':
    case 'view':
      return { outcome: 'card', card: cardJson(said.card, said.incident?.id) };
  }
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
