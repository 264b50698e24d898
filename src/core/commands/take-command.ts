/** Takes command; at most one wins, whatever races (CMD-1 to CMD-4). */
import { command } from '../contract.ts';
import { givenAway, givePickers } from './gives.ts';
import { LIVING } from './phases.ts';

export const takeCommand = command({
  name: 'take-command',
  aliases: ['command', 'ic'],
  guide: 'commander',
  right: 'anyone',
  during: LIVING,
  fields: {
    /** Take it for now, until a listed call leader answers (CMD-3). */
    acting: { type: 'yes' },
  },
  also: givePickers,
  decide: (incident, values, context) => [
    ...givenAway(incident, context.by, values, context),
    { type: 'command-taken', person: context.by, acting: values.acting ?? false },
  ],
});
