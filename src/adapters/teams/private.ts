/** Reaches one person in their personal chat, from what is remembered of them: also after a restart. */
import type { PersonId } from '../../core/units.ts';
import type { Place } from './activity.ts';
import type { Message } from './connector.ts';
import type { Desk } from './desk.ts';
import type { Asker } from './orders.ts';
import { troubleIn } from './trouble.ts';

/**
 * Resolves to where the message is; to undefined where it can never be: a stranger, or somebody without the app.
 * Rejects when it may work later.
 */
export async function reachChat(
  desk: Desk,
  person: PersonId,
  message: Message,
): Promise<{ readonly conversation: string; readonly message: string } | undefined> {
  const contact = await desk.crew.find(person);
  if (!contact) return undefined;
  const { service, tenant, id } = contact;
  try {
    // The lane of somebody whose chat is not known yet is their own id.
    const conversation =
      contact.chat ?? (await desk.lanes.write(id, () => desk.connector.openChat(service, tenant, id)));
    if (contact.chat === undefined) await desk.crew.chat(person, conversation);
    const posted = await desk.lanes.write(conversation, () => desk.connector.post({ service, conversation }, message));
    return { conversation, message: posted };
  } catch (error) {
    if (troubleIn(error) === 'again') throw error;
    desk.log.warn({ person, error }, 'could not be reached in a personal chat of Teams');
    return undefined;
  }
}

/** What is meant for one of many: to them alone where that can be, else where they spoke. Waits for nothing. */
export function sayPrivately(desk: Desk, message: Message, { place, by }: Pick<Asker, 'place' | 'by'>): void {
  const openly = () => sayIn(desk, place, message);
  if (place.kind === 'personal') openly();
  else reachChat(desk, by, message).then((reached) => reached ?? openly(), openly);
}

/** Waits for nothing: Teams does not wait either. */
export function sayIn({ lanes, connector, log }: Desk, place: Place, message: Message): void {
  lanes
    .write(place.conversation, () => connector.post(place, message))
    .catch((error) => {
      log.warn({ error }, 'an answer could not be given');
    });
}
