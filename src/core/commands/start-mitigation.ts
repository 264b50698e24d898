/** The commander's go for the next mitigation: one at a time, or overlapped with a reason (MIT-1, MIT-3). */
import { activityOf, inSlot } from '../activities.ts';
import { command, refuse } from '../contract.ts';
import { OPEN } from './phases.ts';

export const startMitigation = command({
  name: 'start-mitigation',
  aliases: ['start', 'go'],
  guide: 'one-mitigation',
  right: 'commander',
  during: OPEN,
  fields: {
    activity: { type: 'activity', of: 'queue', required: true },
    owner: { type: 'person' },
    due: { type: 'moment' },
    /** Why it may overlap with what runs now. */
    overlap: { type: 'text' },
  },
  needs: ({ activities }, { activity }) => {
    const chosen = activities[Number(activity) - 1];
    return chosen && chosen.owner === undefined ? 'owner' : undefined;
  },
  about: ({ activity }) => [`activity:${activity}`],
  decide: (incident, { activity: id, owner, due, overlap }, context) => {
    const activity = activityOf(incident, id);
    if (activity?.status !== 'queued') {
      return refuse('not-queued', { activity: { activity: id } }, { command: 'propose-mitigation' });
    }
    const whose = owner ?? activity.owner;
    if (whose === undefined) {
      return refuse(
        'mitigation-whose',
        { activity: { activity: id } },
        { command: 'start-mitigation', fields: { activity: id } },
      );
    }
    const overlaps = overlap === undefined ? [] : inSlot(incident).map((other) => other.id);
    return [
      {
        type: 'mitigation-started',
        activity: id,
        owner: whose,
        due: due ?? context.at + context.settings.delegation.due,
        overlaps,
        // A reason to overlap with nothing is none.
        ...(overlap === undefined || overlaps.length === 0 ? {} : { reason: overlap }),
      },
    ];
  },
});
