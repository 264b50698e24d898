/** Long forms as dialogs beside the card, and the message extension: declare from a message, keep a message as evidence. */
import { z } from 'zod';
import { type Press, readPress } from '../../cards/adaptive-actions.ts';
import type { Json } from '../../cards/adaptive-json.ts';
import type { Card, Input } from '../../cards/card.ts';
import { LONGEST_TEXT, LONGEST_TITLE } from '../../core/contract.ts';
import { CLOSED_SHOWN, MOST_LISTED } from '../../desk/limits.ts';
import type { Outcome } from '../../desk/orders.ts';
import { wordsOf } from '../../desk/reading.ts';
import { type Activity, ActivityShape, placeOf } from './activity.ts';
import { type Desk, dressedFor } from './desk.ts';
import { closedTexts, filesOf, keepFiles } from './files.ts';
import { orderId } from './ids.ts';
import { type Part, type Reply, reply } from './inbound.ts';
import type { Asker, Orders } from './orders.ts';
import { attachment } from './render.ts';

/** Names of the extension's commands in the manifest. */
export const EXTENSION = { declare: 'declare', keep: 'keep-evidence' } as const;

const Value = z.looseObject({
  data: z.unknown().optional(),
  commandId: z.string().nullish(),
  messagePayload: z
    .looseObject({
      id: z.string().nullish(),
      subject: z.string().nullish(),
      linkToMessage: z.string().nullish(),
      body: z.looseObject({ content: z.string().nullish(), contentType: z.string().nullish() }).nullish(),
      attachments: ActivityShape.shape.attachments,
      from: z.looseObject({ user: z.looseObject({ displayName: z.string().nullish() }).nullish() }).nullish(),
    })
    .nullish(),
});
type Value = z.infer<typeof Value>;

export function createDialogs(desk: Desk, orders: Orders): Part {
  return async (activity) => {
    const asker = await askerOf(desk, activity);
    const press = readPress(Value.safeParse(activity.value).data?.data);
    if (!asker || !press) return { status: 400 };
    const fetching = activity.name === 'task/fetch';
    const outcome = await orders.press({ ...press, form: fetching || press.form }, asker);
    return shown(desk, orders, outcome, asker, press);
  };
}

export function createExtension(desk: Desk, orders: Orders): Part {
  return async (activity) => {
    const asker = await askerOf(desk, activity);
    const value = Value.safeParse(activity.value).data;
    if (!asker || !value) return { status: 400 };
    if (activity.name === 'composeExtension/submitAction') {
      const press = readPress(value.data);
      if (!press) return { status: 400 };
      const { [INCIDENT]: incident, ...fields } = press.fields;
      const about = typeof incident === 'string' ? incident : press.incident;
      const whole: Press = { ...press, form: false, fields, ...(about === undefined ? {} : { incident: about }) };
      const outcome = await orders.press(whole, asker);
      if (press.command === EXTENSION.keep && outcome.outcome === 'done' && !outcome.repeated) {
        const { incident } = outcome;
        const files = filesOf(value.messagePayload, asker.place, desk);
        // People wait for the dialog to close, not for files.
        const id = orderId(asker.place.conversation, activity.id ?? '');
        keepFiles(desk, orders, files, { id, incident, asker }).catch((error) =>
          desk.log.warn({ incident: incident.id, error }, 'the files of a message could not be kept'),
        );
        const closed = closedTexts(files, desk, wordsOf(desk, asker.world, asker.by, incident));
        return message([...outcome.lines, ...closed].join(' '));
      }
      return shown(desk, orders, outcome, asker, whole);
    }
    return value.commandId === EXTENSION.keep ? keep(desk, orders, asker, value) : declare(desk, orders, asker, value);
  };
}

/** Which incident evidence is for: an input of the dialog, no field of the command. */
const INCIDENT = 'incident';

async function declare(desk: Desk, orders: Orders, asker: Asker, value: Value): Promise<Reply> {
  const title = textOf(value).replace(/\s+/g, ' ').trim().slice(0, LONGEST_TITLE).toWellFormed();
  const press: Press = { command: 'declare', fields: title ? { title } : {}, form: true };
  return shown(desk, orders, await orders.press(press, asker), asker, press);
}

async function keep(desk: Desk, orders: Orders, asker: Asker, value: Value): Promise<Reply> {
  const listed = await desk.intake.list({ closedAfter: desk.intake.now() - CLOSED_SHOWN, limit: MOST_LISTED });
  const words = wordsOf(desk, asker.world, asker.by);
  const [first] = [...listed].sort((a, b) => Number(a.phase === 'closed') - Number(b.phase === 'closed'));
  if (!first) return message(words.t('refusal.no-incident'));
  const home = await desk.cabinet.in(asker.place.conversation);
  const here = home.findLast((id) => listed.some((one) => one.id === id));
  const from = value.messagePayload?.from?.user?.displayName;
  const text = `${from ? `${from}: ` : ''}${textOf(value)}`.slice(0, LONGEST_TEXT).toWellFormed();
  const link = value.messagePayload?.linkToMessage;
  const fields = { text, kind: 'message', ...(link ? { link } : {}) };
  const press: Press = { command: EXTENSION.keep, fields, form: true, incident: here ?? first.id };
  const outcome = await orders.press(press, asker);
  if (outcome.outcome !== 'form') return shown(desk, orders, outcome, asker, press);
  const input: Input = {
    name: INCIDENT,
    label: words.t('teams.extension.incident'),
    field: { type: 'choice', choices: listed.map(({ id }) => id), words: '', required: true },
    value: here ?? first.id,
    choices: listed.map(({ id, title }) => ({ value: id, label: `${id}: ${title}`.slice(0, 100) })),
  };
  const card: Card = {
    ...outcome.card,
    blocks: outcome.card.blocks.map((block) =>
      block.type === 'inputs' ? { ...block, inputs: [input, ...block.inputs] } : block,
    ),
  };
  return dialog(dressedFor(desk, card, outcome.incident, asker.by, true), card.title);
}

async function askerOf(desk: Desk, activity: Activity): Promise<Asker | undefined> {
  if (!activity.from) return undefined;
  const place = placeOf(activity);
  const by = await desk.crew.personOf(activity.from, place, activity.locale ?? undefined);
  return { by, place, world: await desk.intake.world() };
}

/** A dialog that is done closes; one that was refused stays, says why, and keeps what was written. */
async function shown(desk: Desk, orders: Orders, outcome: Outcome, asker: Asker, press: Press): Promise<Reply> {
  if (outcome.outcome === 'done') {
    // The card shows what came of it; where there is none to see, the dialog says so.
    const unseen = press.command === EXTENSION.declare || press.command === EXTENSION.keep;
    return unseen ? message(outcome.lines.join(' ')) : { status: 200 };
  }
  const card = outcome.outcome === 'refused' ? await refusedForm(orders, outcome, asker, press) : outcome.card;
  return dialog(dressedFor(desk, card, outcome.incident, asker.by, true), card.title);
}

/** The form as it was filled in, below the reason why it was not taken and the ways on. */
async function refusedForm(
  orders: Orders,
  { card }: Extract<Outcome, { readonly outcome: 'refused' }>,
  asker: Asker,
  press: Press,
): Promise<Card> {
  const again = await orders.press({ ...press, form: true }, asker);
  if (again.outcome !== 'form') return card;
  const reason = card.blocks.filter(({ type }) => type === 'line');
  const ways = card.blocks.flatMap((block) =>
    block.type === 'buttons'
      ? [{ ...block, buttons: block.buttons.filter(({ command }) => command !== press.command) }]
      : [],
  );
  return { ...again.card, blocks: [...reason, ...again.card.blocks, ...ways] };
}

function dialog(card: Json, title: string): Reply {
  const value = { title: title.slice(0, 64).toWellFormed(), height: 'medium', width: 'medium', card: attachment(card) };
  return reply(200, { task: { type: 'continue', value } });
}

function message(text: string): Reply {
  return reply(200, { task: { type: 'message', value: text.slice(0, 1_000).toWellFormed() } });
}

/** A message's words without its markup. */
function textOf({ messagePayload }: Value): string {
  const { content = '', contentType } = messagePayload?.body ?? {};
  const text = content ?? '';
  if (contentType !== 'html') return text || (messagePayload?.subject ?? '');
  return text
    .replace(/<(br|\/p|\/div|\/li)[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .trim();
}
