/** Gives an activity to somebody else, who must acknowledge it anew (DO-2, CMD-4). */
import { command, refuse } from '../contract.ts';
import { givenTo } from './gives.ts';
import { AWAKE } from './phases.ts';

export const give = command({
  name: 'give',
  aliases: ['reassign'],
  guide: 'always-doing',
  right: 'anyone',
  during: AWAKE,
  fields: {
    activity: { type: 'activity', of: 'open', required: true },
    to: { type: 'person', required: true },
  },
  about: ({ activity }) => [`activity:${activity}`],
  decide: (incident, { activity: id, to }, context) => {
    const activity = incident.activities[id - 1];
    const from = activity?.owner;
    if (activity?.status === 'queued' && from === undefined) {
      const start = { command: 'start-mitigation', fields: { activity: id, owner: to } };
      return refuse('mitigation-whose', { activity: { activity: id } }, start);
    }
    if (!activity || activity.status === 'finished' || activity.status === 'cancelled' || from === undefined) {
      return refuse('activity-ended', { activity: { activity: id } }, { command: 'delegate' });
    }
    const { commander = context.by } = incident.command;
    if (context.by !== from && context.by !== commander) {
      return refuse('give-not-yours', { activity: { activity: id }, owner: { person: from } }, { command: 'note' });
    }
    if (to === from) {
      return refuse(
        'already-theirs',
        { activity: { activity: id }, owner: { person: to } },
        {
          command: 'give',
          fields: { activity: id },
        },
      );
    }
    return givenTo(to, from, activity, context);
  },
});
