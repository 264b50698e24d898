/** The call: an online meeting where Graph may open one, else the standing bridge; never a dead end. */
import type { Incident } from '../../core/incident.ts';
import type { Duration } from '../../core/units.ts';
import { houseWords } from '../../desk/reading.ts';
import { reporter } from '../../desk/report.ts';
import type { Desk } from './desk.ts';
import { graphSaid } from './graph.ts';
import { TEAMS } from './ids.ts';
import { FIRST_RETRY } from './limits.ts';
import { PlatformError } from './trouble.ts';

/** People wait for the link: how often Graph is asked again, and how long they wait in between at most. */
const MORE_CHANCES = 2;
const LONGEST_PAUSE: Duration = 3_000;

/** @param bridge serves when the meeting fails; without one the card asks for a link */
export async function openCall(
  desk: Desk,
  bridge: string | undefined,
  effect: string,
  incident: Incident,
): Promise<void> {
  const open = desk.graph?.openMeeting;
  if (!open || incident.call) return;
  const tell = reporter(desk.intake, TEAMS);
  const report = (step: string, fields: Readonly<Record<string, string>>) =>
    tell(`${effect}/${step}`, 'report-call', incident.id, fields);
  try {
    const subject = `${incident.id}: ${incident.title}`;
    const { link, thread } = await patiently(desk, () => open(incident.id, subject, incident.declared.at));
    // A short link does not tell which chat the meeting's events will come from.
    if (thread !== undefined) await desk.cabinet.meeting(incident.id, thread);
    await report('opened', { link });
  } catch (error) {
    desk.log.warn({ incident: incident.id, error }, 'no online meeting could be opened');
    const world = await desk.intake.world();
    const reason = graphSaid(error, houseWords(desk, world, incident));
    // The bridge comes at once: people who wait for a link cannot wait for somebody's permissions.
    if (bridge !== undefined) await report('bridge', { link: bridge });
    await report('failed', { reason });
  }
}

/** Asks again where Graph said that it may work soon. Who got no answer at all does not wait for another one. */
async function patiently<T>({ time }: Desk, ask: () => Promise<T>): Promise<T> {
  for (let left = MORE_CHANCES; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      const answered = error instanceof PlatformError && error.trouble === 'again' && error.status > 0;
      if (!answered || left === 0) throw error;
      await time.wait(Math.min(error.retryAfter ?? FIRST_RETRY, LONGEST_PAUSE));
    }
  }
}
