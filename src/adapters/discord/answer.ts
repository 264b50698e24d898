/** Says what came of a press or a command: to whoever asked, and in the room only what the room has to know. */

import { isView } from '../../cards/buttons.ts';
import type { Block, Card } from '../../cards/card.ts';
import { workCards } from '../../cards/work.ts';
import type { Incident } from '../../core/incident.ts';
import type { IncidentId } from '../../core/units.ts';
import { offered } from '../../desk/offered.ts';
import type { Outcome } from '../../desk/orders.ts';
import { wordsOf } from '../../desk/reading.ts';
import { type Desk, dressed, keepLong } from './desk.ts';
import { ROOM_AWAITED } from './limits.ts';
import { channelMention, plain } from './markdown.ts';
import { modalOf } from './modal.ts';
import type { Asker, Orders } from './orders.ts';
import { textMessage } from './render.ts';
import type { Reply } from './reply.ts';
import type { Rooms } from './rooms.ts';

/** An interaction on its way to its answer. */
export interface Question {
  readonly id: string;
  readonly user: string;
  readonly channel: string | undefined;
  /** The message that was pressed, and whether only its presser sees it. */
  readonly message: string | undefined;
  readonly own: boolean;
  readonly asker: Asker;
  readonly reply: Reply;
}

/** Views that need no incident. */
const ANYWHERE: ReadonlySet<string> = new Set(['help', 'board', 'link-account']);

/** @param page of the form, where the outcome is one */
async function give(desk: Desk, rooms: Rooms, outcome: Outcome, question: Question, page = 1): Promise<void> {
  const { asker, reply } = question;
  const incident = outcome.incident;
  const words = wordsOf(desk, asker.world, asker.by, incident);
  switch (outcome.outcome) {
    case 'done':
      if (outcome.opened) return declared(desk, rooms, outcome.incident, question);
      return done(desk, outcome, question);
    case 'refused':
    case 'view':
    case 'problem':
      return reply.show(await dressed(desk, outcome.card, incident, words, { ephemeral: true }));
    case 'form': {
      const { command, given: fields } = outcome;
      const press = { command, incident: incident?.id, seen: incident?.version, fields, page };
      const modal = modalOf(outcome.card, press, words);
      if (modal) {
        await keepLong(desk, incident?.id, modal);
        if (await reply.modal(modal.data)) return;
      }
      return reply.show(await late(desk, outcome, question));
    }
  }
}

/** Something else was the first answer: the form is a press away. */
function late(
  desk: Desk,
  { card, command, given, incident }: Omit<Extract<Outcome, { readonly outcome: 'form' }>, 'outcome'>,
  { asker }: Question,
) {
  const words = wordsOf(desk, asker.world, asker.by, incident);
  const button = {
    label: words.t('discord.open-form'),
    command,
    fields: given,
    form: true,
    primary: true,
  };
  const blocks: Block[] = [
    { type: 'text', text: words.t('discord.form-late') },
    { type: 'buttons', buttons: [button] },
  ];
  const { key, title, version } = card;
  const said: Card = { key, title, blocks, ...(version === undefined ? {} : { version }) };
  return dressed(desk, said, incident, words, { ephemeral: true });
}

/** On a card that shows it, a press says no more; typed or filled in, it is confirmed to whoever did it. */
async function done(
  desk: Desk,
  { incident, lines, tookOn }: Extract<Outcome, { readonly outcome: 'done' }>,
  question: Question,
) {
  const { message, own, asker, reply } = question;
  const { room, asked } = await desk.cabinet.of(incident.id);
  const shows = message !== undefined && !own && (room?.card === message || asked.has(message));
  if (shows && !tookOn) return reply.quiet();
  const words = wordsOf(desk, asker.world, asker.by, incident);
  const work = tookOn ? workCards(incident, words, asker.by).flatMap(({ blocks }) => blocks) : [];
  const blocks: Block[] = [...lines.map((text) => ({ type: 'text', text }) as const), ...work];
  const title = words.t('card.title', { id: incident.id, title: incident.title });
  const { version } = incident;
  await reply.show(await dressed(desk, { key: 'done', title, version, blocks }, incident, words, { ephemeral: true }));
}

/** The answer stands where it was declared, for everybody there: they need to know where to go. */
async function declared(desk: Desk, rooms: Rooms, incident: Incident, { asker, reply }: Question): Promise<void> {
  const words = wordsOf(desk, asker.world, asker.by, incident);
  const title = words.t('card.title', { id: incident.id, title: incident.title });
  await reply.show(textMessage(`## ${plain(title)}\n${plain(words.t('discord.opening'))}`));
  const room = await rooms.opened(incident.id, ROOM_AWAITED);
  const call = room?.voice === undefined ? '' : ` · 🔊 ${channelMention(room.voice)}`;
  const where = room ? `${channelMention(room.text)}${call}` : plain(words.t('discord.no-room'));
  await reply.change(textMessage(`## ${plain(title)}\n${where}`));
}

/** Whether a command or view makes no sense without an incident. */
function needsOne(name: string): boolean {
  return isView(name) ? !ANYWHERE.has(name) : offered(name)?.opens !== true;
}

/** Several are open, and nothing says which is meant: the board, and where to say it. */
async function which(
  desk: Desk,
  orders: Orders,
  open: readonly IncidentId[],
  { asker, reply }: Question,
): Promise<void> {
  const words = wordsOf(desk, asker.world, asker.by);
  const board = await orders.view('board', {}, undefined, asker);
  const papers = await Promise.all(open.map((id) => desk.cabinet.of(id)));
  const rooms = papers.flatMap(({ room }) => (room ? [channelMention(room.text)] : []));
  const lead = [plain(words.t('discord.which')), rooms.join(' ')].join('\n');
  await reply.show(
    await dressed(
      desk,
      board.outcome === 'view' ? board.card : { key: 'which', title: '', blocks: [] },
      undefined,
      words,
      { ephemeral: true, lead },
    ),
  );
}

/** A press or command that this version does not know: made by another one, or long ago. */
async function unknown(desk: Desk, { asker, reply }: Question): Promise<void> {
  const words = wordsOf(desk, asker.world, asker.by);
  await reply.show(textMessage(plain(words.t('discord.outdated')), { ephemeral: true }));
}

export const answer = { give, late, needsOne, which, unknown };
