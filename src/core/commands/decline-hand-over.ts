/** Declines command; the outgoing commander keeps it (ROT-2). */
import { command, refuse } from '../contract.ts';
import { LIVING } from './phases.ts';

export const declineHandOver = command({
  name: 'decline-hand-over',
  aliases: [],
  guide: 'rotation',
  right: 'anyone',
  during: LIVING,
  fields: { reason: { type: 'text' } },
  about: () => ['command'],
  decide: (incident, { reason }, context) => {
    const { offer, commander } = incident.command;
    // The one who offered may take the offer back in the same way.
    if (!offer || (offer.to !== context.by && commander !== context.by)) {
      return refuse('nothing-offered', commander === undefined ? {} : { commander: { person: commander } }, {
        command: 'ask-for-command',
      });
    }
    return [{ type: 'hand-over-declined', person: context.by, ...(reason === undefined ? {} : { reason }) }];
  },
});
