/** Tells somebody, once, that somebody else has their name: who they are here, and how to be one with the other. */
import { linkCards } from '../../cards/link.ts';
import { wordsOf } from '../../desk/reading.ts';
import type { Question } from './answer.ts';
import { type Desk, dressed } from './desk.ts';
import { DISCORD } from './ids.ts';

/** After the answer to what they asked. */
export async function tellNamesake(desk: Desk, { user, asker, reply }: Question): Promise<void> {
  if (!desk.crew.untold(user)) return;
  const world = await desk.intake.world();
  // What they asked may have been to be one with the other.
  if (desk.crew.known(user, world.people) !== asker.by) return desk.crew.told(user);
  const words = wordsOf(desk, world, asker.by);
  const card = linkCards.namesake(asker.by, { surface: DISCORD, id: user }, words);
  if (await reply.also(await dressed(desk, card, undefined, words, { ephemeral: true }))) await desk.crew.told(user);
}
