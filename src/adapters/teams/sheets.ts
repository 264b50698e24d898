/** The commander's card in somebody's own chat, beside the room: it comes once, and stays up to date. */
import type { Incident } from '../../core/incident.ts';
import type { IncidentId, PersonId } from '../../core/units.ts';
import type { Place } from './activity.ts';
import { type Desk, drawn } from './desk.ts';
import { MOST_SHEETS } from './limits.ts';
import type { Sheet } from './papers.ts';
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
    // What came meanwhile was drawn, maybe by another instance, where nobody knew of this card yet.
    const since = await desk.intake.incident(id);
    if (since && since.version > newest.version) refreshSheet(desk, { conversation }, () => since);
  });
}

/**
 * Brings the card in a conversation to the newest state, soon, and gives it up where that can never be.
 * @param newest asked when its turn has come; always of the same incident
 */
export function refreshSheet(desk: Desk, { conversation }: Pick<Sheet, 'conversation'>, newest: () => Incident): void {
  const { cabinet, connector, intake, lanes, log } = desk;
  const { id } = newest();
  async function paint(): Promise<void> {
    const incident = newest();
    const sheet = (await cabinet.of(id)).sheets.get(conversation);
    if (!sheet || sheet.painted >= incident.version) return;
    const card = drawn(desk, incident, await intake.world(), sheet.person);
    await connector.edit(sheet, sheet.card, cardMessage(card));
    await cabinet.sheet(id, { ...sheet, painted: incident.version });
  }
  function gaveUp(error: unknown): void {
    log.info({ incident: id, error }, 'a card outside the room is no longer kept up to date');
    cabinet.dropSheet(id, conversation).catch((failure) => {
      log.warn({ incident: id, error: failure }, 'could not remember that a card is no longer kept up to date');
    });
  }
  lanes.refresh(conversation, `card:${id}`, paint, gaveUp);
}
