/** Decides the severity; every consequence follows at once (IMP-2, IMP-3). */
import { command, refuse } from '../contract.ts';
import { severityRow } from '../severity.ts';
import { AWAKE } from './phases.ts';

export const setSeverity = command({
  name: 'set-severity',
  aliases: ['severity', 'sev'],
  guide: 'impact',
  right: 'commander',
  during: AWAKE,
  fields: { severity: { type: 'severity', required: true }, reason: { type: 'text' } },
  // What was only assumed needs no reason to be decided; what was decided needs one to change.
  needs: ({ severity }) => (severity.assumed ? undefined : 'reason'),
  about: () => ['severity'],
  decide: (incident, { severity, reason }, { settings }) => {
    const { severity: present, assumed } = incident.severity;
    if (severity === present && !assumed) {
      return refuse('severity-same', { severity: { severity } }, { command: 'set-severity' });
    }
    if (!assumed && reason === undefined) {
      return refuse('severity-reason', { severity: { severity } }, { command: 'set-severity', fields: { severity } });
    }
    const lengthAt = (id: string) => severityRow(settings.severities, id).watch;
    // By the difference, so that a watch that was extended stays as much longer.
    const watched = incident.watch && incident.watch.until + lengthAt(severity) - lengthAt(present);
    return [
      {
        type: 'severity-set',
        severity,
        assumed: false,
        ...(reason === undefined ? {} : { reason }),
        ...(watched === undefined ? {} : { until: watched }),
      },
    ];
  },
});
