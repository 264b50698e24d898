/** Watches for longer than the severity demands, or on after the watch has passed (WAT-1). */
import { command, refuse } from '../contract.ts';

export const extendWatch = command({
  name: 'extend-watch',
  aliases: ['watch-longer'],
  guide: 'watch',
  right: 'commander',
  during: ['watching'],
  fields: { until: { type: 'moment', required: true }, reason: { type: 'text' } },
  decide: (incident, { until, reason }) => {
    const { until: present = 0 } = incident.watch ?? {};
    return until > present
      ? [{ type: 'watch-extended', until, ...(reason === undefined ? {} : { reason }) }]
      : refuse(
          'watch-not-longer',
          { until: { at: present } },
          { command: 'extend-watch' },
          { command: 'close', label: 'close-early' },
        );
  },
});
