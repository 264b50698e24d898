/** "Back to what is being mitigated": said by anyone, in the commander's name (ACT-2). */
import { command } from '../contract.ts';
import { AWAKE } from './phases.ts';

export const focus = command({
  name: 'focus',
  aliases: ['order'],
  guide: 'activities',
  right: 'anyone',
  during: AWAKE,
  fields: {},
  decide: () => [{ type: 'focus-raised' }],
});
