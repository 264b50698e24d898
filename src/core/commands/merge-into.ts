/** This is an earlier incident come back: that one is reopened, and this one ends in it (WAT-3). */
import { command, refuse } from '../contract.ts';
import { INCIDENT_ID } from './link.ts';
import { AWAKE } from './phases.ts';

export const mergeInto = command({
  name: 'merge-into',
  aliases: ['merge'],
  guide: 'watch',
  right: 'anyone',
  during: AWAKE,
  fields: { into: { type: 'text', max: 40, required: true } },
  decide: (incident, { into }, context) => {
    const id = into.toUpperCase();
    // It ends this incident, which is the commander's to say where there is one (WAT-1).
    const { commander = context.by } = incident.command;
    if (commander !== context.by) {
      const facts = { command: { word: 'command.merge-into' }, commander: { person: commander } };
      return refuse('commander-only', facts, { command: 'link', fields: { to: into } }, { command: 'ask-for-command' });
    }
    // Only what is certain to reopen: an incident closed lately.
    return INCIDENT_ID.test(into) && context.closed.some((closed) => closed.id === id)
      ? [
          { type: 'incident-merged', into: id },
          { type: 'incident-closed', early: true, reason: id },
        ]
      : refuse(
          'merge-into-what',
          { given: into },
          { command: 'link', fields: { to: into } },
          { command: 'merge-into' },
        );
  },
});
