/** Steps down without a successor; the room is asked for a commander at once (CMD-1). */
import { command } from '../contract.ts';
import { LIVING } from './phases.ts';

export const releaseCommand = command({
  name: 'release-command',
  aliases: ['step-down'],
  guide: 'commander',
  right: 'commander',
  during: LIVING,
  fields: { reason: { type: 'text' } },
  decide: (_incident, { reason }, context) => [
    { type: 'command-released', person: context.by, ...(reason === undefined ? {} : { reason }) },
  ],
});
