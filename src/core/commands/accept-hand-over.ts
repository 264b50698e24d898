/** "I have command": the second half of a hand-over (ROT-2). */
import { command, refuse } from '../contract.ts';
import { givenAway, givePickers } from './gives.ts';
import { LIVING } from './phases.ts';

export const acceptHandOver = command({
  name: 'accept-hand-over',
  aliases: ['accept'],
  guide: 'rotation',
  right: 'anyone',
  during: LIVING,
  fields: { acting: { type: 'yes' } },
  also: givePickers,
  about: () => ['command'],
  decide: (incident, values, context) => {
    const { offer, commander } = incident.command;
    if (offer?.to !== context.by) {
      return commander === undefined
        ? refuse('no-commander-yet', {}, { command: 'take-command', primary: true })
        : refuse('nothing-offered', { commander: { person: commander } }, { command: 'ask-for-command' });
    }
    return [
      ...givenAway(incident, context.by, values, context),
      {
        type: 'command-taken',
        person: context.by,
        acting: values.acting ?? false,
        ...(commander === undefined ? {} : { from: commander }),
      },
    ];
  },
});
