/** Customer messages: drafts to confirm, and where the confirmed ones have gone (ACT-3). */
import type { Incident, Message } from '../core/incident.ts';
import { buttons } from './buttons.ts';
import type { Block, Card } from './card.ts';
import { title } from './state.ts';
import { clip } from './words/clip.ts';
import type { Words } from './words/words.ts';

/** Enough of a message to confirm it by; confirming one unseen would be no confirmation. */
const LONGEST_SHOWN = 2_000;
const MOST_MESSAGES = 4;

export function messagesCard(incident: Incident, words: Words): Card {
  const latest = incident.messages
    .filter(({ status }) => status !== 'withdrawn')
    .slice(-MOST_MESSAGES)
    .reverse();
  const count = incident.messages.length - latest.length;
  return {
    key: 'messages',
    title: title(incident, words),
    version: incident.version,
    blocks: [
      ...(latest.length > 0
        ? latest.flatMap((message, n) => messageBlocks(message, n === 0, incident, words))
        : [{ type: 'text', text: words.t('messages.none') } as const]),
      ...(count > 0 ? [{ type: 'text', tone: 'quiet', text: words.t('card.more', { count }) } as const] : []),
      ...(incident.phase === 'closed'
        ? []
        : [{ type: 'buttons', buttons: buttons([{ command: 'draft-message' }], words, { incident }) } as const]),
    ],
  };
}

/** One message as a card of its own: to be confirmed, or to see where it went. */
export function messageCard(message: Message, incident: Incident, words: Words): Card {
  return {
    key: `message:${message.id}`,
    title: title(incident, words),
    version: incident.version,
    blocks: messageBlocks(message, true, incident, words),
  };
}

function messageBlocks(message: Message, whole: boolean, { phase }: Incident, words: Words): readonly Block[] {
  const fields = { message: message.id };
  const { status, published, failed } = message;
  const rows = [
    ...published.map(({ place, at }) => ({
      label: words.place(place),
      value: words.t('messages.published', { at: { at } }),
      tone: 'good' as const,
    })),
    ...failed.map(({ place, reason }) => ({ label: words.place(place), value: clip(reason), tone: 'bad' as const })),
  ];
  const offered =
    status === 'draft' && phase !== 'closed'
      ? ['confirm-message', 'draft-message', 'withdraw-message']
      : status === 'confirmed' && published.length === 0
        ? ['posted']
        : [];
  return [
    {
      type: 'heading',
      text: words.t(`messages.${status}`, { message: message.id, by: { person: message.by } }),
    },
    { type: 'text', text: whole ? shown(message.text) : clip(message.text) },
    ...(rows.length > 0 ? [{ type: 'rows', rows } as const] : []),
    ...(offered.length > 0
      ? [
          {
            type: 'buttons',
            buttons: buttons(
              offered.map((command) => ({ command, fields })),
              words,
            ),
          } as const,
        ]
      : []),
  ];
}

function shown(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN).toWellFormed()}…` : text;
}
