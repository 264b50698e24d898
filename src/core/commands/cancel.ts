/** Calls work off: a decision of the commander, with nothing done by them (CMD-4). */
import { command, refuse } from '../contract.ts';
import { AWAKE } from './phases.ts';

export const cancel = command({
  name: 'cancel',
  aliases: ['call-off', 'drop'],
  guide: 'always-doing',
  right: 'commander',
  during: AWAKE,
  fields: { activity: { type: 'activity', of: 'all', required: true }, reason: { type: 'text' } },
  about: ({ activity }) => [`activity:${activity}`],
  decide: (incident, { activity: id, reason }) => {
    const status = incident.activities[id - 1]?.status;
    return status === 'finished' || status === 'cancelled'
      ? refuse('activity-ended', { activity: { activity: id } }, { command: 'delegate' })
      : [{ type: 'activity-cancelled', activity: id, ...(reason === undefined ? {} : { reason }) }];
  },
});
