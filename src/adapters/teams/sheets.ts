/** The commander's card in somebody's own chat, beside the room: it comes once, and stays up to date. */
import type { IncidentId, PersonId } from '../../core/units.ts';
import type { Place } from './activity.ts';
import { type Desk, drawn } from './desk.ts';
import { MOST_SHEETS } from './limits.ts';
import { cardMessage } from './render.ts';

/** @param at a personal chat with `person` */
export async function showSheet(
  desk: Desk,
  id: IncidentId,
  at: Pick<Place, 'service' | 'conversation'>,
  person: PersonId,
): Promise<void> {
  const { service, conversation } = at;
  const { sheets, room } = await desk.cabinet.of(id);
  if (sheets.has(conversation) || sheets.size >= MOST_SHEETS || room?.conversation === conversation) return;
  await desk.lanes.write(conversation, async () => {
    const newest = await desk.intake.incident(id);
    if (!newest) return;
    const card = await desk.connector.post(at, cardMessage(drawn(desk, newest, await desk.intake.world(), person)));
    await desk.cabinet.sheet(id, { service, conversation, card, person, painted: newest.version });
  });
}
