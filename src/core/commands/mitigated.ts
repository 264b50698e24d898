/** The impact has ended: the watch begins, most people are released by name, who stays is named (WAT-1). */
import { isOpen } from '../activities.ts';
import { command } from '../contract.ts';
import { onCall } from '../quorum.ts';
import { severityRow } from '../severity.ts';
import { OPEN } from './phases.ts';

export const mitigated = command({
  name: 'mitigated',
  aliases: ['fixed', 'impact-over'],
  guide: 'watch',
  right: 'commander',
  during: OPEN,
  fields: {
    /** Which one ended the impact; none when it went away by itself. */
    mitigation: { type: 'activity', of: 'mitigations' },
    /** Default: the commander, and whoever still has something to do. */
    stays: { type: 'people' },
  },
  decide: (incident, { mitigation, stays }, context) => {
    const busy = incident.activities.flatMap((one) => (isOpen(one) && one.owner !== undefined ? [one.owner] : []));
    const staying = [...new Set([context.by, ...(stays ?? busy)])];
    const row = severityRow(context.settings.severities, incident.severity.severity);
    return [
      {
        type: 'incident-mitigated',
        until: context.at + row.watch,
        stays: staying,
        released: onCall(incident).filter((person) => !staying.includes(person)),
        ...(mitigation === undefined ? {} : { mitigation }),
      },
    ];
  },
});
