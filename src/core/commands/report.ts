/** Says how an activity is going, with a new time if there is one (UPD-1 to UPD-3). */
import { command, isRefusal } from '../contract.ts';
import type { Event } from '../events.ts';
import { ownActivity, takenOn } from './own-activity.ts';
import { AWAKE } from './phases.ts';

export const report = command({
  name: 'report',
  aliases: ['update', 'progress'],
  guide: 'updates',
  right: 'anyone',
  during: AWAKE,
  fields: {
    text: { type: 'text', long: true, required: true },
    activity: { type: 'activity', of: 'mine' },
    due: { type: 'moment' },
  },
  decide: (incident, { text, activity: id, due }, context) => {
    const activity = ownActivity(incident, context.by, id, 'report');
    if (isRefusal(activity)) return activity;
    const events: Event[] = takenOn(activity, context.by);
    events.push({ type: 'progress-reported', activity: activity.id, text });
    if (due !== undefined) events.push({ type: 'estimate-given', activity: activity.id, due });
    return events;
  },
});
