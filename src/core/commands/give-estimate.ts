/** Gives a new time for an activity; more time is always fine (UPD-2). */
import { command, isRefusal } from '../contract.ts';
import { spokenOfActivity, takenOn } from './own-activity.ts';
import { AWAKE } from './phases.ts';

export const giveEstimate = command({
  name: 'give-estimate',
  aliases: ['eta', 'estimate'],
  guide: 'updates',
  right: 'anyone',
  during: AWAKE,
  fields: {
    due: { type: 'moment', required: true },
    activity: { type: 'activity', of: 'open' },
  },
  decide: (incident, { due, activity: id }, context) => {
    const activity = spokenOfActivity(incident, context.by, id, 'give-estimate');
    if (isRefusal(activity)) return activity;
    return [...takenOn(activity, context.by), { type: 'estimate-given', activity: activity.id, due }];
  },
});
