/** This is an earlier incident come back: that one is reopened, and this one ends in it (WAT-3). */
import { command, refuse } from '../contract.ts';
import { keptOut } from '../permissions.ts';
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
    const link = { command: 'link', fields: { to: into } };
    // It ends this incident, which is the commander's to say where there is one (WAT-1).
    const { commander = context.by } = incident.command;
    if (commander !== context.by) {
      const facts = { command: { word: 'command.merge-into' }, commander: { person: commander } };
      return refuse('commander-only', facts, link, { command: 'ask-for-command' });
    }
    // It reopens that one, and who may not say so ends this one with nobody in either.
    const barred = keptOut('reopen', incident, context, link);
    if (barred) return barred;
    // Only what is certain to reopen: an incident closed lately.
    return INCIDENT_ID.test(into) && context.closed.some((closed) => closed.id === id)
      ? [
          { type: 'incident-merged', into: id },
          { type: 'incident-closed', early: true, reason: id },
        ]
      : refuse('merge-into-what', { given: into }, link, { command: 'merge-into' });
  },
});
