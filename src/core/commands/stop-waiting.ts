/** An activity waits no longer (DO-4). */
import { command, isRefusal } from '../contract.ts';
import { spokenOfActivity } from './own-activity.ts';
import { AWAKE } from './phases.ts';

export const stopWaiting = command({
  name: 'stop-waiting',
  aliases: ['unblocked'],
  guide: 'always-doing',
  right: 'anyone',
  during: AWAKE,
  fields: { activity: { type: 'activity', of: 'open' } },
  decide: (incident, { activity: id }, context) => {
    const activity = spokenOfActivity(incident, context.by, id, 'stop-waiting');
    if (isRefusal(activity)) return activity;
    return activity.waiting ? [{ type: 'waiting-ended', activity: activity.id }] : [];
  },
});
