/** Reorders the queue of mitigations (MIT-1). */
import { command, refuse } from '../contract.ts';
import { AWAKE } from './phases.ts';

export const moveMitigation = command({
  name: 'move-mitigation',
  aliases: ['move', 'reorder'],
  guide: 'one-mitigation',
  right: 'commander',
  during: AWAKE,
  fields: {
    activity: { type: 'activity', of: 'queue', required: true },
    /** 1 is next. */
    place: { type: 'number', required: true },
  },
  about: () => ['queue'],
  decide: (incident, { activity, place }) => {
    if (!incident.queue.includes(activity)) {
      return refuse('not-queued', { activity: { activity } }, { command: 'propose-mitigation' });
    }
    const others = incident.queue.filter((id) => id !== activity);
    const at = Math.min(Math.max(place, 1), others.length + 1) - 1;
    const queue = [...others.slice(0, at), activity, ...others.slice(at)];
    return queue.every((id, n) => id === incident.queue[n]) ? [] : [{ type: 'queue-reordered', queue }];
  },
});
