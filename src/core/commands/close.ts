/** Closes the incident from a watch that has run out, or early with a reason (WAT-1). */
import { command, refuse } from '../contract.ts';
import { LIVING } from './phases.ts';

export const close = command({
  name: 'close',
  aliases: ['end'],
  guide: 'watch',
  right: 'commander',
  during: LIVING,
  fields: { reason: { type: 'text' } },
  needs: ({ watch }) => (watch?.passed ? undefined : 'reason'),
  decide: (incident, { reason }) => {
    const passed = incident.phase === 'watching' && incident.watch?.passed === true;
    if (!passed && reason === undefined) {
      return incident.phase === 'watching'
        ? refuse(
            'watch-running',
            { until: { at: incident.watch?.until ?? 0 } },
            { command: 'close', label: 'close-early' },
          )
        : refuse(
            'not-mitigated',
            {},
            { command: 'mitigated', primary: true },
            { command: 'close', label: 'close-early' },
          );
    }
    return [{ type: 'incident-closed', early: !passed, ...(reason === undefined ? {} : { reason }) }];
  },
});
