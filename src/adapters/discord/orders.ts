/** Orders as they come from Discord: with the channel that they come from, and everything that is one person's own. */

import type { Block } from '../../cards/card.ts';
import { personalCards } from '../../cards/prompt.ts';
import { workCards } from '../../cards/work.ts';
import type { Incident } from '../../core/incident.ts';
import type { IncidentId } from '../../core/units.ts';
import { incidentMeant } from '../../desk/meant.ts';
import {
  type Asker as Anybody,
  createOrders as createDeskOrders,
  type Orders as DeskOrders,
  type Outcome,
} from '../../desk/orders.ts';
import { wordsOf } from '../../desk/reading.ts';
import { type Desk, userOf, YOURS } from './desk.ts';
import { DISCORD } from './ids.ts';
import type { Origin, Rooms } from './rooms.ts';

export interface Asker extends Anybody {
  /** Absent in a direct channel. */
  readonly origin?: Origin | undefined;
}

export type Orders = DeskOrders<Asker>;

export function createOrders(desk: Desk, rooms: Rooms): Orders {
  return createDeskOrders<Asker>({
    intake: desk.intake,
    via: DISCORD,
    wordsOf: ({ by, world }, incident) => wordsOf(desk, world, by, incident),
    slashed: true,
    linking: { at: desk.linking, accountOf: ({ by, world }) => userOf(desk, world, by), openly: () => false },
    opening: (order, { origin }) => origin && rooms.origin(order, origin),
  });
}

/** Everything that waits for one person, and the work that they have taken on. */
export function yours(desk: Desk, incident: Incident, { by, world }: Asker): Outcome {
  const words = wordsOf(desk, world, by, incident);
  const own = [...personalCards(incident, world, words, by), ...workCards(incident, words, by)];
  const blocks = own.flatMap(({ blocks: all }) => all);
  const nothing: Block = { type: 'text', text: words.t('discord.nothing-yours') };
  const title = words.t('card.title', { id: incident.id, title: incident.title });
  const card = { key: YOURS, title, version: incident.version, blocks: own.length > 0 ? blocks : [nothing] };
  return { outcome: 'view', incident, card };
}

/** The incident that is meant in a channel. */
export async function incidentOf(
  { cabinet, intake }: Desk,
  channel: string | undefined,
  named: IncidentId | undefined,
) {
  const here = channel === undefined ? [] : cabinet.in(channel);
  const rooms = await Promise.all(here.map(async (id) => (await cabinet.of(id)).room));
  return incidentMeant(intake, { named, here, own: rooms.some((room) => room?.own) });
}
