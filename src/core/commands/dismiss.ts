/** Answers a prompt with "no need": it does not come back for the same fact; kept in the record. */
import { command, refuse } from '../contract.ts';
import { LIVING } from './phases.ts';

export const dismiss = command({
  name: 'dismiss',
  aliases: [],
  guide: 'record',
  right: 'anyone',
  during: LIVING,
  fields: { prompt: { type: 'text', max: 200, required: true } },
  decide: (incident, { prompt }) => {
    const standing = incident.prompts.get(prompt);
    if (standing === undefined) return refuse('prompt-gone', {}, { command: 'focus' });
    // Nobody waves away that there is no commander.
    return standing.dismissible
      ? [{ type: 'prompt-dismissed', prompt, says: standing.line }]
      : refuse('not-dismissible', {}, { command: 'snooze', fields: { prompt }, primary: true });
  },
});
