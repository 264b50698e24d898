/** Typed lines, in personal chats, group chats and channels; and presses of clients that know no `Action.Execute`. */
import { readPress } from '../../cards/adaptive-actions.ts';
import type { Card } from '../../cards/card.ts';
import type { IncidentId } from '../../core/units.ts';
import { incidentMeant } from '../../desk/meant.ts';
import type { Outcome } from '../../desk/orders.ts';
import { wordsOf } from '../../desk/reading.ts';
import { type Activity, type ActivityAccount, lineOf, mentionsOf, type Place, placeOf } from './activity.ts';
import type { Message } from './connector.ts';
import { type Desk, dressedFor } from './desk.ts';
import { filesIn, keepFiles } from './files.ts';
import { channelOf, isThread, orderId } from './ids.ts';
import type { Part } from './inbound.ts';
import { LONGEST_LINE } from './limits.ts';
import { tellNamesake } from './namesake.ts';
import type { Asker, Orders } from './orders.ts';
import { sayIn, sayPrivately } from './private.ts';
import { cardMessage, textMessage } from './render.ts';
import { showSheet } from './sheets.ts';

/** An incident named at the beginning of a line: `INC-3 status`. */
const NAMED = /^(INC-\d+)\b[:,]?\s*/i;

export function createMessages(desk: Desk, orders: Orders): Part {
  return async (activity) => {
    if (!activity.from) return undefined;
    const place = placeOf(activity);
    const by = await desk.crew.personOf(activity.from, place, activity.locale ?? undefined);
    const asker: Asker = { by, place, world: await desk.intake.world() };
    desk.spoken.set(place.conversation, desk.time.now());
    await heard(activity, asker);
    await tellNamesake(desk, asker);
    return undefined;
  };

  async function heard(activity: Activity, asker: Asker): Promise<void> {
    const { place } = asker;
    const press = readPress(activity.value);
    if (press) {
      await answer(desk, await orders.press(press, asker), asker);
      return;
    }
    const typed = (await plainLine(desk, activity, place)).slice(0, LONGEST_LINE).toWellFormed();
    const named = NAMED.exec(typed)?.[1]?.toUpperCase();
    const line = named === undefined ? typed : typed.replace(NAMED, '');
    const here = await desk.cabinet.in(place.conversation);
    const own = isThread(place.conversation);
    const { incident, several } = await incidentMeant(desk.intake, { named, here, own });
    if (several.length > 0 && !/^\/?\s*(declare|new|incident|board|help|link-account)\b/i.test(line)) {
      await answer(desk, await which(orders, several, desk, asker), asker);
      return;
    }
    const id = orderId(place.conversation, activity.id ?? `${activity.timestamp ?? ''} ${line}`);
    const files = filesIn(activity, desk);
    let about = incident;
    if (line || files.length === 0) {
      // Nothing but the bot's name: somebody wants to see where things stand.
      const said = line || (incident ? 'status' : 'help');
      const outcome = await orders.line(said, id, incident, asker);
      await answer(desk, outcome, asker);
      // What declares an incident may bring its first evidence along.
      if (outcome.outcome === 'done') about = outcome.incident;
    }
    if (files.length > 0) {
      for (const outcome of await keepFiles(desk, orders, files, { id, incident: about, asker })) {
        await answer(desk, outcome, asker);
      }
    }
  }
}

/** People who are mentioned are known from then on, and stand in the line as they are called. */
async function plainLine(desk: Desk, activity: Activity, place: Place): Promise<string> {
  const names = new Map<string, string>();
  for (const { mentioned } of mentionsIn(activity)) {
    const person = await desk.crew.personOf(await called(desk, mentioned, place), { ...place, kind: 'channel' });
    const { people } = await desk.intake.world();
    const name = people[person]?.name ?? person;
    const alone = Object.values(people).filter((one) => one.name.toLowerCase() === name.toLowerCase()).length === 1;
    names.set(mentioned.id, `@${alone && name.split(/\s+/).length <= 4 ? name : person}`);
  }
  return lineOf(activity, ({ mentioned, text }) => names.get(mentioned.id) ?? text ?? '');
}

/** A mention says of somebody what its writer left of their name, and nothing of their account: the roster knows both. */
async function called(desk: Desk, mentioned: ActivityAccount, place: Place): Promise<ActivityAccount> {
  if (await desk.crew.knows(mentioned)) return mentioned;
  const where = { ...place, conversation: channelOf(place.conversation) };
  return desk.connector.member(where, mentioned.id).catch((error) => {
    desk.log.info({ error }, 'somebody who was mentioned is not in the roster');
    return mentioned;
  });
}

function mentionsIn(activity: Activity) {
  return mentionsOf(activity).filter(({ mentioned }) => mentioned.id !== activity.recipient?.id);
}

/** Several are open, and nothing says which is meant: the board, and how to say it. */
async function which(orders: Orders, open: readonly IncidentId[], desk: Desk, asker: Asker): Promise<Outcome> {
  const board = await orders.press({ command: 'board', fields: {}, form: false }, asker);
  if (board.outcome !== 'view') return board;
  const words = wordsOf(desk, asker.world, asker.by);
  const text = words.t('teams.which', { incident: open[0] ?? '' });
  const card: Card = { ...board.card, blocks: [{ type: 'line', text, tone: 'warn' }, ...board.card.blocks] };
  return { ...board, card };
}

/** Answers in the conversation; a refusal in private where that can be. Waits for nothing: Teams does not wait either. */
export async function answer(desk: Desk, outcome: Outcome, asker: Asker): Promise<void> {
  const { place, by } = asker;
  const say = (message: Message) => sayIn(desk, place, message);
  if (outcome.outcome === 'done') {
    const { room } = await desk.cabinet.of(outcome.incident.id);
    // The room is told by its log and its card.
    if (room && room.conversation === place.conversation) return;
    return elsewhere(desk, outcome, asker, say);
  }
  const message = cardMessage(dressedFor(desk, outcome.card, outcome.incident, by));
  if (outcome.outcome === 'refused') sayPrivately(desk, message, asker);
  else say(message);
}

/** Where the room is not, what was done is said, and the card comes along and stays up to date. */
async function elsewhere(
  desk: Desk,
  { incident, lines }: Extract<Outcome, { readonly outcome: 'done' }>,
  { place, by }: Asker,
  say: (message: Message) => void,
): Promise<void> {
  say(textMessage(lines));
  const { room } = await desk.cabinet.of(incident.id);
  // A room that is still being opened may be opened right here.
  if (!room || place.kind !== 'personal') return;
  showSheet(desk, incident.id, place, by).catch((error) => desk.log.warn({ error }, 'a card could not be shown'));
}
