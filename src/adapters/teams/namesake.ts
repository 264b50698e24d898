/** Tells somebody, once, that somebody else has their name: who they are here, and how to be one with the other. */
import { linkCards } from '../../cards/link.ts';
import { wordsOf } from '../../desk/reading.ts';
import { accountIn } from './crew.ts';
import { type Desk, dressedFor } from './desk.ts';
import { TEAMS } from './ids.ts';
import type { Asker } from './orders.ts';
import { sayPrivately } from './private.ts';
import { cardMessage } from './render.ts';

export async function tellNamesake(desk: Desk, asker: Asker): Promise<void> {
  const { by } = asker;
  const id = accountIn(desk.crew.contact(by));
  if (!desk.crew.untold(by) || id === undefined) return;
  // First, so that of two presses at once only one is answered with it.
  await desk.crew.told(by);
  const world = await desk.intake.world();
  // What they said may have been the code that made them one with the other.
  if (!Object.hasOwn(world.people, by)) return;
  const card = linkCards.namesake(by, { surface: TEAMS, id }, wordsOf(desk, world, by));
  sayPrivately(desk, cardMessage(dressedFor(desk, card, undefined, by)), asker);
}
