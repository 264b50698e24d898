/** Orders as they come from Teams: with the place that they come from. */
import {
  type Asker as Anybody,
  createOrders as createDeskOrders,
  type Orders as DeskOrders,
} from '../../desk/orders.ts';
import { wordsOf } from '../../desk/reading.ts';
import type { Place } from './activity.ts';
import { accountIn } from './crew.ts';
import type { Desk } from './desk.ts';
import { TEAMS } from './ids.ts';
import type { Rooms } from './rooms.ts';

export interface Asker extends Anybody {
  readonly place: Place;
}

export type Orders = DeskOrders<Asker>;

export function createOrders(desk: Desk, rooms: Rooms): Orders {
  return createDeskOrders<Asker>({
    intake: desk.intake,
    via: TEAMS,
    wordsOf: ({ by, world }, incident) => wordsOf(desk, world, by, incident),
    slashed: false,
    linking: {
      at: desk.linking,
      accountOf: ({ by }) => accountIn(desk.crew.contact(by)),
      openly: ({ place }) => place.kind !== 'personal',
    },
    opening: (order, { place }) => rooms.origin(order, place),
  });
}
