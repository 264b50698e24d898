/** Draws cards as Components V2: one container of texts, rows of buttons and selects, within Discord's limits. */
import { ButtonStyle, ComponentType, MessageFlags } from 'discord.js';
import type { Block, Button, Card, Link, Row, Tone } from '../../cards/card.ts';
import { clip } from '../../cards/words/clip.ts';
import type { IncidentId } from '../../core/units.ts';
import type { Message } from './api.ts';
import {
  GROUP_ROWS,
  LONGEST_LABEL,
  LONGEST_LINK,
  LONGEST_OPTION,
  LONGEST_TEXTS,
  MOST_COMPONENTS,
  MOST_OPTIONS,
  ROW_BUTTONS,
} from './limits.ts';
import { bold, mention, plain } from './markdown.ts';
import { type Packed, pack } from './press.ts';

type Component = Record<string, unknown>;

export interface Look {
  readonly incident?: IncidentId | undefined;
  /** What the select of further buttons says while nothing is chosen. */
  readonly more: string;
  /** Users who are called to act, named in front and pinged. */
  readonly calls?: readonly string[];
  /** Stands in front of everything, unescaped. */
  readonly lead?: string;
  readonly ephemeral?: boolean;
}

/** A button that opens a form at a page of its own. */
export interface Paged extends Button {
  readonly page?: number | undefined;
}

/** A message, and the presses in it whose fields did not fit. */
export interface Drawn {
  readonly message: Message;
  readonly long: readonly NonNullable<Packed['long']>[];
}

/** Colours of the container's edge; the words say the same. */
const ACCENTS: Readonly<Record<Tone, number | undefined>> = {
  plain: undefined,
  quiet: undefined,
  strong: 0x2f6fd0,
  good: 0x2e8b57,
  warn: 0xd08a1e,
  bad: 0xc8372d,
};

/** Each step leaves out more; the first one leaves the card as it is. */
const LIGHTER: readonly ((block: Block) => Block)[] = [
  (block) => block,
  shorter(6, 140),
  shorter(4, 80),
  shorter(2, 50),
];

export function cardMessage(card: Card, look: Look): Drawn {
  for (const lighter of LIGHTER) {
    const drawn = draw({ ...card, blocks: card.blocks.map(lighter) }, look);
    if (fits(drawn.message)) return drawn;
  }
  return draw({ ...card, blocks: bare(card.blocks) }, look);
}

/** What is left where nothing else fits: the first line, and every button, five of them open. */
function bare(blocks: readonly Block[]): readonly Block[] {
  const line = blocks.find(({ type }) => type === 'line');
  const buttons = blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []));
  return [...(line ? [shorter(2, 50)(line)] : []), { type: 'buttons', buttons }];
}

/** A line that mentions nobody and disturbs nobody. */
export function quietMessage(content: string): Message {
  return {
    content,
    flags: MessageFlags.SuppressNotifications | MessageFlags.SuppressEmbeds,
    allowed_mentions: { parse: [] },
  };
}

/** Text alone, as Components V2: a message that once was one stays one. */
export function textMessage(markdown: string, { calls = [], ephemeral = false }: Partial<Look> = {}): Message {
  return v2([{ type: ComponentType.TextDisplay, content: markdown.slice(0, LONGEST_TEXTS) }], calls, ephemeral);
}

function v2(components: readonly Component[], calls: readonly string[], ephemeral: boolean): Message {
  return {
    flags: MessageFlags.IsComponentsV2 | (ephemeral ? MessageFlags.Ephemeral : 0),
    components,
    allowed_mentions: { parse: [], users: [...calls] },
  };
}

function draw(card: Card, look: Look): Drawn {
  const made: Component[] = [];
  const long = new Map<string, string>();
  const taken = new Set<string>();
  let text =
    look.lead === undefined
      ? [`-# ${plain(clip(card.title, 240))}`]
      : [look.lead, `-# ${plain(clip(card.title, 240))}`];
  let selects = 0;
  let accent: number | undefined;
  const say = () => {
    const content = text.join('\n').trim();
    if (content !== '') made.push({ type: ComponentType.TextDisplay, content });
    text = [];
  };
  const packed = (button: Button): string | undefined => {
    const press = { command: button.command, incident: look.incident, seen: card.version, fields: button.fields };
    const one = pack(button.form ? { ...press, page: (button as Paged).page ?? 1 } : press);
    if (taken.has(one.id)) return undefined;
    taken.add(one.id);
    if (one.long) long.set(one.long.hash, one.long.fields);
    return one.id;
  };
  for (const block of card.blocks) {
    if (block.type === 'buttons') {
      const presses = block.buttons.flatMap((button) => {
        const id = packed(button);
        return id === undefined ? [] : [{ button, id }];
      });
      if (presses.length === 0) continue;
      say();
      const open = presses.length <= ROW_BUTTONS * GROUP_ROWS ? presses : presses.slice(0, ROW_BUTTONS);
      for (let at = 0; at < open.length; at += ROW_BUTTONS)
        made.push(row(open.slice(at, at + ROW_BUTTONS).map(pressed)));
      for (let at = open.length; at < presses.length; at += MOST_OPTIONS) {
        made.push(row([further(presses.slice(at, at + MOST_OPTIONS), selects, look.more)]));
        selects += 1;
      }
    } else {
      if (block.type === 'line') accent ??= ACCENTS[block.tone ?? 'plain'];
      text.push(...lines(block));
    }
  }
  say();
  const ways = (card.links ?? []).filter(({ url }) => url.length <= LONGEST_LINK && /^(https?|discord):/.test(url));
  if (ways.length > 0) made.push(row(ways.slice(0, ROW_BUTTONS).map(linked)));
  const container = {
    type: ComponentType.Container,
    ...(accent === undefined ? {} : { accent_color: accent }),
    components: made,
  };
  const calls = look.calls ?? [];
  const called: Component[] =
    calls.length > 0 && look.lead === undefined
      ? [{ type: ComponentType.TextDisplay, content: calls.map(mention).join(' ') }]
      : [];
  return {
    message: v2([...called, container], calls, look.ephemeral ?? false),
    long: [...long].map(([hash, fields]) => ({ hash, fields })),
  };
}

function lines(block: Exclude<Block, { readonly type: 'buttons' }>): readonly string[] {
  switch (block.type) {
    case 'line':
      return [`## ${plain(oneLine(block.text))}`, ...(block.why ? [plain(block.why)] : [])];
    case 'heading':
      return [`### ${plain(oneLine(block.text))}`];
    case 'text':
      return [toned(block.text, block.tone)];
    case 'rows':
      return block.rows.map(rowText);
    case 'list':
      return [
        ...(block.title ? [`### ${plain(oneLine(block.title))}`] : []),
        ...block.items.map((item) => `- ${rowText(item)}`),
        ...(block.more ? [`-# ${plain(oneLine(block.more))}`] : []),
      ];
    // Inputs are asked for in modals.
    case 'inputs':
      return [];
  }
}

function rowText({ label, value, tone }: Row): string {
  const said = tone === 'strong' || tone === 'bad' || tone === 'warn' ? bold(value) : plain(oneLine(value));
  return label === '' ? said : `${tone === 'quiet' ? plain(label) : bold(label)} ${said}`.trim();
}

function toned(text: string, tone: Tone = 'plain'): string {
  if (tone === 'quiet')
    return plain(text)
      .split('\n')
      .map((line) => (line.trim() === '' ? line : `-# ${line}`))
      .join('\n');
  return tone === 'strong' || tone === 'bad' || tone === 'warn' ? bold(text) : plain(text);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function row(components: readonly Component[]): Component {
  return { type: ComponentType.ActionRow, components };
}

interface Pressable {
  readonly button: Button;
  readonly id: string;
}

function pressed({ button, id }: Pressable): Component {
  return {
    type: ComponentType.Button,
    style: button.primary ? ButtonStyle.Primary : ButtonStyle.Secondary,
    label: clip(button.label, LONGEST_LABEL),
    custom_id: id,
  };
}

function linked({ label, url }: Link): Component {
  return { type: ComponentType.Button, style: ButtonStyle.Link, label: clip(label, LONGEST_LABEL), url };
}

function further(rest: readonly Pressable[], n: number, placeholder: string): Component {
  return {
    type: ComponentType.StringSelect,
    custom_id: `more:${n}`,
    placeholder,
    options: rest.map(({ button, id }) => ({ label: clip(button.label, LONGEST_OPTION), value: id })),
  };
}

/** Whether a message is within what Discord takes of components and their texts. */
export function fits(message: Message): boolean {
  let components = 0;
  let letters = 0;
  const count = (list: readonly Component[]) => {
    for (const one of list) {
      components += 1;
      if (typeof one.content === 'string') letters += one.content.length;
      if (Array.isArray(one.components)) count(one.components);
    }
  };
  count((message.components ?? []) as readonly Component[]);
  return components <= MOST_COMPONENTS && letters <= LONGEST_TEXTS;
}

function shorter(rows: number, letters: number) {
  return (block: Block): Block => {
    const cut = (text: string) => clip(text, letters);
    switch (block.type) {
      case 'list': {
        const items = block.items.slice(0, rows).map((one) => ({ ...one, value: cut(one.value) }));
        return { ...block, items, ...(items.length < block.items.length ? { more: block.more ?? '…' } : {}) };
      }
      case 'rows':
        return { ...block, rows: block.rows.map((one) => ({ ...one, value: cut(one.value) })) };
      case 'text':
        return { ...block, text: clip(block.text, letters * 4) };
      case 'line':
        return { ...block, text: clip(block.text, letters * 4), why: block.why && clip(block.why, letters * 4) };
      default:
        return block;
    }
  };
}
