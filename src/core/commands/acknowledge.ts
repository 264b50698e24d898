/** "I have it": only from now on does an activity count as being done (DO-2). */
import { command, isRefusal } from '../contract.ts';
import { ownActivity, takenOn } from './own-activity.ts';
import { AWAKE } from './phases.ts';

export const acknowledge = command({
  name: 'acknowledge',
  aliases: ['ack', 'got-it'],
  guide: 'always-doing',
  right: 'anyone',
  during: AWAKE,
  fields: { activity: { type: 'activity', of: 'mine' }, due: { type: 'moment' } },
  decide: (incident, { activity: id, due }, context) => {
    const activity = ownActivity(incident, context.by, id, 'acknowledge');
    if (isRefusal(activity)) return activity;
    return [
      ...takenOn(activity, context.by),
      ...(due === undefined ? [] : [{ type: 'estimate-given', activity: activity.id, due } as const]),
    ];
  },
});
