/** Draws cards and lines as messages of Teams: within its size, with mentions, dialogs and each viewer's own view. */
import { toAdaptive } from '../../cards/adaptive.ts';
import { readPress } from '../../cards/adaptive-actions.ts';
import type { Json } from '../../cards/adaptive-json.ts';
import type { Block, Card } from '../../cards/card.ts';
import type { IncidentId } from '../../core/units.ts';
import type { Message } from './connector.ts';
import type { Contact } from './crew.ts';
import { DIALOG_FROM, LARGEST_ATTACHMENT, MOST_REFRESHED } from './limits.ts';

/** The verb by which a client asks for somebody's own view of a card. */
export const REFRESH = 'refresh';

export interface Look {
  readonly incident?: IncidentId | undefined;
  /** Accounts that are shown a view of their own. */
  readonly viewers?: readonly string[];
  /** In a dialog only `Action.Submit` comes back. */
  readonly dialog?: boolean;
  /** How many inputs a command's form has; decides whether its button opens a dialog. */
  readonly inputsOf?: (command: string) => number;
  /** The card is edited in place: a form in its place would be swept away with what was written in it. */
  readonly live?: boolean;
}

/** An Adaptive Card within the size that Teams takes; what does not fit is left out, the buttons last. */
export function cardJson(card: Card, look: Look = {}): Json {
  for (const lighter of LIGHTER) {
    const json = dressed(lighter(card), look);
    if (bytes(json) <= LARGEST_ATTACHMENT) return json;
  }
  return dressed({ ...card, title: card.title.slice(0, 200), blocks: [] }, look);
}

/** Each step leaves out more; the first one leaves the card as it is. */
const LIGHTER: readonly ((card: Card) => Card)[] = [
  (card) => card,
  (card) => ({ ...card, blocks: card.blocks.map(shorter(8, 120)) }),
  (card) => ({ ...card, blocks: card.blocks.map(shorter(3, 60)) }),
  (card) => ({
    ...card,
    blocks: card.blocks.filter(({ type }) => type === 'line' || type === 'buttons').map(shorter(3, 60)),
  }),
];

function shorter(rows: number, letters: number) {
  const cut = (text: string) => (text.length > letters ? `${text.slice(0, letters).toWellFormed()}…` : text);
  return (block: Block): Block => {
    switch (block.type) {
      case 'list': {
        const items = block.items
          .slice(0, rows)
          .map((row) => ({ ...row, label: cut(row.label), value: cut(row.value) }));
        return { ...block, items, ...(items.length < block.items.length ? { more: block.more ?? '…' } : {}) };
      }
      case 'rows':
        return { ...block, rows: block.rows.map((row) => ({ ...row, value: cut(row.value) })) };
      case 'text':
        return { ...block, text: cut(block.text) };
      default:
        return block;
    }
  };
}

function dressed(card: Card, { incident, viewers = [], dialog, inputsOf, live = false }: Look): Json {
  const around = incident === undefined ? {} : { incident };
  const json = toAdaptive(card, around);
  const refresh =
    viewers.length > 0 && incident !== undefined
      ? {
          refresh: {
            action: { type: 'Action.Execute', verb: REFRESH, data: { command: REFRESH, incident } },
            userIds: viewers.slice(0, MOST_REFRESHED),
          },
        }
      : {};
  return {
    ...mapped(json, dialog ? submitted : (action) => dialogued(action, inputsOf, live ? 1 : DIALOG_FROM)),
    ...refresh,
  };
}

/** Where an element holds others. */
const INSIDE = ['body', 'items', 'inlines', 'actions'] as const;

/** Walks a card's JSON and exchanges its actions, and the colours of its text. */
function mapped<T>(node: T, change: (action: Json) => Json): T {
  if (typeof node !== 'object' || node === null) return node;
  const json = node as Json;
  if (json.type === 'Action.Execute') return change(json) as T;
  if (json.type === 'TextRun') return legible(json) as T;
  const exchanged: Record<string, unknown> = { ...json };
  for (const part of INSIDE) {
    const inside = json[part];
    if (Array.isArray(inside)) exchanged[part] = inside.map((one) => mapped(one, change));
  }
  return exchanged as T;
}

/** Teams writes these colours as yellow and light green on white, which few can read: a sign says the same. */
const SIGNS: Readonly<Record<string, string>> = { Warning: '⚠', Good: '✓' };

function legible(run: Json): Json {
  const { color, ...rest } = run;
  const sign = SIGNS[String(color)];
  return sign === undefined ? run : { ...rest, text: `${sign} ${run.text}` };
}

/** A long form opens beside the card instead of in its place. */
function dialogued(action: Json, inputsOf: Look['inputsOf'], from: number): Json {
  const press = readPress(action.data);
  if (!press?.form || (inputsOf?.(press.command) ?? 0) < from) return action;
  const { verb: _verb, fallback: _fallback, ...rest } = action;
  return { ...rest, type: 'Action.Submit', data: { ...(action.data as Json), msteams: { type: 'task/fetch' } } };
}

function submitted({ verb: _verb, fallback: _fallback, ...rest }: Json): Json {
  return { ...rest, type: 'Action.Submit' };
}

export function attachment(card: Json): Json {
  return { contentType: 'application/vnd.microsoft.card.adaptive', content: card };
}

/** A message that is a card. `summary` is what notifications and chat lists show of it. */
export function cardMessage(card: Json): Message {
  return { type: 'message', summary: String(card.fallbackText ?? '').slice(0, 300), attachments: [attachment(card)] };
}

/** A message of lines. What people wrote is never markup in it. */
export function textMessage(lines: readonly string[]): Message {
  return { type: 'message', textFormat: 'xml', text: lines.map(escaped).join('<br/>') };
}

/** A line with a link below it. */
export function linkMessage(line: string, label: string, url: string): Message {
  const href = escaped(url).replace(/"/g, '&quot;');
  return { type: 'message', textFormat: 'xml', text: `${escaped(line)}<br/><a href="${href}">${escaped(label)}</a>` };
}

/** A message that mentions one person, and so notifies them; with a card below it, when there is something to press. */
export function mentionMessage(contact: Pick<Contact, 'id' | 'name'>, line: string, card?: Json): Message {
  const marked = `<at>${escaped(contact.name)}</at>`;
  return {
    type: 'message',
    textFormat: 'xml',
    text: `${marked} ${escaped(line)}`,
    summary: line.slice(0, 300),
    entities: [{ type: 'mention', text: marked, mentioned: { id: contact.id, name: contact.name } }],
    ...(card === undefined ? {} : { attachments: [attachment(card)] }),
  };
}

export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\n+/g, '<br/>');
}

/** UTF-8 bytes of a value as JSON. */
export function bytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
