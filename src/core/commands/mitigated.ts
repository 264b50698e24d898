/** The impact has ended: the watch begins, most people are released by name, who stays is named (WAT-1). */
import { activityOf, judgedFixed, openActivities } from '../activities.ts';
import { command, refuse } from '../contract.ts';
import { onCall } from '../quorum.ts';
import { severityRow } from '../severity.ts';
import { letGo } from './let-go.ts';
import { OPEN } from './phases.ts';

export const mitigated = command({
  name: 'mitigated',
  aliases: ['fixed', 'impact-over'],
  guide: 'watch',
  right: 'commander',
  during: OPEN,
  fields: {
    /** Which one ended the impact; default: the one judged to have fixed it, if any. */
    mitigation: { type: 'activity', of: 'mitigations' },
    /** Default: the commander, and whoever still has something to do. */
    stays: { type: 'people' },
  },
  asks: ({ activities }) =>
    activities.some(({ mitigation }) => mitigation?.startedAt !== undefined) ? 'mitigation' : undefined,
  decide: (incident, { mitigation, stays }, context) => {
    const ended = mitigation ?? judgedFixed(incident)?.id;
    if (ended !== undefined && activityOf(incident, ended)?.mitigation?.startedAt === undefined) {
      return refuse('never-ran', { activity: { activity: ended } }, { command: 'mitigated' });
    }
    const busy = openActivities(incident).flatMap(({ owner }) => owner ?? []);
    const staying = [...new Set([context.by, ...(stays ?? busy)])];
    const released = onCall(incident).filter((person) => !staying.includes(person));
    const row = severityRow(context.settings.severities, incident.severity.severity);
    return [
      {
        type: 'incident-mitigated',
        until: context.at + row.watch,
        stays: staying,
        released,
        ...(ended === undefined ? {} : { mitigation: ended }),
      },
      ...letGo(incident, released),
    ];
  },
});
