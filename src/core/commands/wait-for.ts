/** "Waiting for ...": says what an activity waits for, so that a deadlock is seen as it forms (DO-4). */

import { hasEnded } from '../activities.ts';
import { command, isRefusal, LONGEST_TITLE, refuse } from '../contract.ts';
import type { Wait } from '../events.ts';
import { ownActivity, takenOn } from './own-activity.ts';
import { AWAKE } from './phases.ts';

export const waitFor = command({
  name: 'wait-for',
  aliases: ['waiting', 'blocked'],
  guide: 'always-doing',
  right: 'anyone',
  during: AWAKE,
  fields: {
    activity: { type: 'activity', of: 'mine' },
    other: { type: 'activity', of: 'open' },
    person: { type: 'person' },
    thing: { type: 'text', max: LONGEST_TITLE },
  },
  oneOf: ['other', 'person', 'thing'],
  decide: (incident, { activity: id, other, person, thing }, context) => {
    const activity = ownActivity(incident, context.by, id, 'wait-for');
    if (isRefusal(activity)) return activity;
    if (other === activity.id || person === activity.owner) {
      return refuse('waits-for-itself', {}, { command: 'wait-for', fields: { activity: activity.id } });
    }
    // What has ended frees nobody any more.
    if (other !== undefined && hasEnded(incident, other)) {
      return refuse('activity-ended', { activity: { activity: other } }, { command: 'wait-for' });
    }
    const wait: Wait | undefined =
      other === undefined ? (person === undefined ? thing && { thing } : { person }) || undefined : { activity: other };
    return wait === undefined
      ? refuse('wait-for-what', {}, { command: 'wait-for', fields: { activity: activity.id } })
      : [...takenOn(activity, context.by), { type: 'waiting-began', activity: activity.id, for: wait }];
  },
});
