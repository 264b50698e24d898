/** Parks a point that is worth keeping but not now; it comes back with the watch (ACT-2). */
import { command } from '../contract.ts';
import { AWAKE } from './phases.ts';

export const park = command({
  name: 'park',
  aliases: ['later'],
  guide: 'activities',
  right: 'anyone',
  during: AWAKE,
  fields: { topic: { type: 'text', required: true } },
  decide: (_incident, { topic }) => [{ type: 'topic-parked', topic }],
});
