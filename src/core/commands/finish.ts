/** "Done": ends an activity; a done mitigation is observed before anything else is tried (MIT-2). */
import { command, isRefusal } from '../contract.ts';
import type { Event } from '../events.ts';
import { severityRow } from '../severity.ts';
import { ownActivity, takenOn } from './own-activity.ts';
import { AWAKE } from './phases.ts';

export const finish = command({
  name: 'finish',
  aliases: ['done'],
  guide: 'always-doing',
  right: 'anyone',
  during: AWAKE,
  fields: {
    activity: { type: 'activity', of: 'mine' },
    result: { type: 'text', long: true },
  },
  decide: (incident, { activity: id, result }, context) => {
    const activity = ownActivity(incident, context.by, id, 'finish');
    if (isRefusal(activity)) return activity;
    const events: Event[] = takenOn(activity, context.by);
    events.push({ type: 'activity-finished', activity: activity.id, ...(result === undefined ? {} : { result }) });
    if (activity.mitigation) {
      const row = severityRow(context.settings.severities, incident.severity.severity);
      const until = context.at + (activity.mitigation.observation ?? row.observation);
      events.push({ type: 'observation-began', activity: activity.id, until });
    }
    return events;
  },
});
