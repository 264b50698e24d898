/** Ends a stand-down early: the named people are called back now (ROT-4). */
import { command } from '../contract.ts';
import { wakeUp } from '../stand-down.ts';

export const standUp = command({
  name: 'stand-up',
  aliases: ['resume'],
  guide: 'rotation',
  right: 'anyone',
  during: ['standing-down'],
  fields: {},
  decide: (incident, _values, context) => wakeUp(incident, true, context),
});
