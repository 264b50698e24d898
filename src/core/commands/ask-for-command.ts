/** Offers to take over from the present commander, who decides (CMD-5: seniority transfers nothing by itself). */
import { command, refuse } from '../contract.ts';
import { LIVING } from './phases.ts';

export const askForCommand = command({
  name: 'ask-for-command',
  aliases: ['offer-to-command'],
  guide: 'commander',
  right: 'anyone',
  during: LIVING,
  fields: {},
  decide: (incident, _values, context) => {
    const { commander } = incident.command;
    if (commander === undefined) return refuse('no-commander-yet', {}, { command: 'take-command', primary: true });
    if (commander === context.by) return refuse('you-command', {}, { command: 'hand-over' });
    return [{ type: 'command-asked-for', person: context.by }];
  },
});
