/** The call: an online meeting where Graph may open one, else the standing bridge; never a dead end. */
import type { Incident } from '../../core/incident.ts';
import { houseWords } from '../../desk/reading.ts';
import { reporter } from '../../desk/report.ts';
import type { Desk } from './desk.ts';
import { TEAMS } from './ids.ts';
import { PlatformError } from './trouble.ts';

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
    const { link } = await open(incident.id, `${incident.id}: ${incident.title}`, incident.declared.at);
    await report('opened', { link });
  } catch (error) {
    desk.log.warn({ incident: incident.id, error }, 'no online meeting could be opened');
    const world = await desk.intake.world();
    const code = error instanceof PlatformError ? error.code || String(error.status || '') : '';
    const words = houseWords(desk, world, incident);
    const reason = code ? words.t('teams.reason.graph', { code }) : words.t('teams.reason.silent');
    // The bridge comes at once: people who wait for a link cannot wait for somebody's permissions.
    if (bridge !== undefined) await report('bridge', { link: bridge });
    await report('failed', { reason });
  }
}
