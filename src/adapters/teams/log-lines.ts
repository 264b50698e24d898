/** The room's log: lines gather in one message, edited in place, so that many small events disturb nobody. */
import type { IncidentId } from '../../core/units.ts';
import type { Desk } from './desk.ts';
import { LOG_GATHERS, LOG_LETTERS, LOG_LINES } from './limits.ts';
import type { Room } from './papers.ts';
import { textMessage } from './render.ts';
import { troubleIn } from './trouble.ts';

/** A line that is there already changes nothing: an effect delivered twice is said once. */
export async function addToLog(desk: Desk, id: IncidentId, room: Room, effect: string, text: string): Promise<void> {
  const { log } = await desk.cabinet.of(id);
  if (log?.lines.some((line) => line.effect === effect)) return;
  const { service, conversation } = room;
  const line = { effect, text };
  const lines = [...(log?.lines ?? []), line];
  const letters = lines.reduce((sum, one) => sum + one.text.length, 0);
  // Whoever has just written looks for the answer below their own words.
  const below = log !== undefined && log.since >= (desk.spoken.get(conversation) ?? 0);
  const gathers = below && desk.time.now() - log.since < LOG_GATHERS && lines.length <= LOG_LINES;
  if (log && gathers && letters <= LOG_LETTERS) {
    const message = textMessage(lines.map((one) => one.text));
    try {
      await desk.lanes.write(conversation, () => desk.connector.edit({ service, conversation }, log.message, message));
      return desk.cabinet.log(id, { ...log, lines });
    } catch (error) {
      // Somebody deleted it: the line begins another.
      if (troubleIn(error) !== 'gone') throw error;
    }
  }
  const message = await desk.lanes.write(conversation, () =>
    desk.connector.post({ service, conversation }, textMessage([text])),
  );
  await desk.cabinet.log(id, { message, since: desk.time.now(), lines: [line] });
}
