/** Buttons and forms of cards: what a press does, and the card that its presser sees in its place. */

import { z } from 'zod';
import { readPress } from '../../cards/adaptive-actions.ts';
import type { Json } from '../../cards/adaptive-json.ts';
import type { Block, Card } from '../../cards/card.ts';
import { commanderCard } from '../../cards/commander.ts';
import { workCards } from '../../cards/work.ts';
import type { Incident } from '../../core/incident.ts';
import type { IncidentId } from '../../core/units.ts';
import type { Outcome } from '../../desk/orders.ts';
import { wordsOf } from '../../desk/reading.ts';
import { placeOf } from './activity.ts';
import { type Desk, drawn, dressedFor } from './desk.ts';
import { type Part, type Reply, reply } from './inbound.ts';
import { tellNamesake } from './namesake.ts';
import type { Asker, Orders } from './orders.ts';
import { cardMessage, REFRESH } from './render.ts';

const Value = z.looseObject({ action: z.looseObject({ verb: z.string().nullish(), data: z.unknown().optional() }) });

/** The card itself, as an answer, drawn while the state that it shows was being kept. */
interface Drawn {
  readonly incident: Incident;
  readonly reply: Reply;
}

export function createPresses(desk: Desk, orders: Orders): Part {
  return async (activity) => {
    const press = readPress(Value.safeParse(activity.value).data?.action.data);
    if (!press || !activity.from) return malformed();
    const place = placeOf(activity);
    const by = await desk.crew.personOf(activity.from, place, activity.locale ?? undefined);
    const asker: Asker = { by, place, world: await desk.intake.world() };
    const message = activity.replyToId ?? undefined;
    if (press.command === REFRESH) return shown(await own(desk, press.incident, asker));
    const live = await isLive(desk, press.incident, place.conversation, message);
    let ahead: Drawn | undefined;
    const decided = (incident: Incident) => {
      ahead = { incident, reply: shown(drawn(desk, incident, asker.world, by, place.conversation)) };
    };
    const outcome = await orders.press(press, asker, live ? { decided } : {});
    await tellNamesake(desk, asker);
    if (ahead && outcome.outcome === 'done' && outcome.incident === ahead.incident) return ahead.reply;
    return shown(await replacement(desk, outcome, asker, live, message));
  };
}

function malformed(): Reply {
  const value = { code: 'BadRequest', message: '' };
  return reply(200, { statusCode: 400, type: 'application/vnd.microsoft.error', value });
}

function shown(card: Json | undefined): Reply {
  if (!card) return malformed();
  return reply(200, { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card });
}

async function own(desk: Desk, id: IncidentId | undefined, { by, world, place }: Asker): Promise<Json | undefined> {
  const incident = id === undefined ? undefined : await desk.intake.incident(id);
  return incident && drawn(desk, incident, world, by, place.conversation);
}

/** Whether a message is the commander's card itself, which is kept up to date. */
async function isLive(desk: Desk, id: IncidentId | undefined, conversation: string, message: string | undefined) {
  if (id === undefined || message === undefined) return false;
  return desk.cabinet.isCard(id, conversation, message);
}

/** What its presser sees in place of the card. On the commander's card the card itself comes back, with the answer on top. */
async function replacement(
  desk: Desk,
  outcome: Outcome,
  asker: Asker,
  live: boolean,
  message: string | undefined,
): Promise<Json> {
  const { by, world } = asker;
  const words = wordsOf(desk, world, by, outcome.incident);
  switch (outcome.outcome) {
    case 'done': {
      const { incident, lines, tookOn } = outcome;
      if (live) return drawn(desk, incident, world, by, asker.place.conversation);
      // In a room everybody's own work comes with their view of the card; a chat of one's own has no other place for it.
      const work = tookOn && asker.place.kind === 'personal' ? workCards(incident, words, by).at(-1) : undefined;
      const card: Card = {
        key: 'done',
        title: words.t('card.title', { id: incident.id, title: incident.title }),
        version: incident.version,
        blocks: [...lines.map((text) => ({ type: 'text', text }) as const), ...(work?.blocks ?? [])],
      };
      const json = dressedFor(desk, card, incident, by);
      if (message === undefined) return json;
      if (work) await fileWork(desk, incident.id, asker, message, work.key, lines.join(' '));
      replaceForAll(desk, asker, message, json);
      return json;
    }
    case 'refused': {
      const { incident, card } = outcome;
      return dressedFor(desk, incident ? above(commanderCard(incident, world, words, by), card) : card, incident, by);
    }
    case 'form': {
      const { incident, card } = outcome;
      const json = dressedFor(desk, card, incident, by);
      if (!live || !incident) return json;
      // The next edit of the card would sweep a form away that somebody is filling in: it stands below instead.
      postBelow(desk, asker, json);
      return drawn(desk, incident, world, by, asker.place.conversation);
    }
    case 'view': {
      const { incident, card } = outcome;
      return dressedFor(desk, live ? withWayBack(card, words.t('teams.back')) : card, incident, by);
    }
    case 'problem':
      return dressedFor(desk, outcome.card, undefined, by);
  }
}

/** A refusal stands above the fresh card, so that the next press is an informed one. */
export function above(fresh: Card, refusal: Card): Card {
  const blocks = refusal.blocks.filter(({ type }) => type === 'line' || type === 'buttons');
  return { ...fresh, blocks: [...blocks, ...fresh.blocks] };
}

function withWayBack(card: Card, label: string): Card {
  const back: Block = { type: 'buttons', buttons: [{ label, command: REFRESH, fields: {}, form: false }] };
  return { ...card, blocks: [...card.blocks, back] };
}

/** The buttons of somebody's work go with the work, however it is finished. */
async function fileWork(
  { cabinet }: Desk,
  incident: IncidentId,
  { by, place }: Asker,
  message: string,
  key: string,
  text: string,
): Promise<void> {
  const { service, conversation } = place;
  const activity = Number(key.replace('work:', ''));
  await cabinet.ask(incident, { service, conversation, message, effect: key, person: by, activity, text });
}

function postBelow({ lanes, connector, log }: Desk, { place }: Asker, json: Json): void {
  lanes
    .write(place.conversation, () => connector.post(place, cardMessage(json)))
    .catch((error) => log.warn({ error }, 'a form could not be shown'));
}

/** A form that was filled in, or a question that was answered, asks nobody else any more. */
function replaceForAll({ lanes, connector, log }: Desk, { place }: Asker, message: string, json: Json): void {
  lanes.refresh(
    place.conversation,
    `done:${message}`,
    () => connector.edit(place, message, cardMessage(json)),
    (error) => log.info({ error }, 'a card that was answered could not be replaced'),
  );
}
