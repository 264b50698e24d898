/** "I can't take it": the commander is asked at once to give it to somebody else (DO-2). */
import { command, isRefusal } from '../contract.ts';
import { ownActivity } from './own-activity.ts';
import { AWAKE } from './phases.ts';

export const decline = command({
  name: 'decline',
  aliases: ['cant'],
  guide: 'always-doing',
  right: 'anyone',
  during: AWAKE,
  fields: { activity: { type: 'activity', of: 'mine' }, reason: { type: 'text', required: true } },
  decide: (incident, { activity: id, reason }, context) => {
    const activity = ownActivity(incident, context.by, id, 'decline');
    return isRefusal(activity)
      ? activity
      : [{ type: 'activity-declined', activity: activity.id, owner: context.by, reason }];
  },
});
