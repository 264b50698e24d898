/** Corrects the record by adding to it; nothing in it is ever changed (REC-3). */
import { command, refuse } from '../contract.ts';
import { EVER } from './phases.ts';

export const correct = command({
  name: 'correct',
  aliases: ['correction'],
  guide: 'record',
  right: 'anyone',
  during: EVER,
  fields: {
    /** The number of the entry that is wrong. */
    event: { type: 'number', required: true },
    text: { type: 'text', long: true, required: true },
  },
  decide: (incident, { event, text }) =>
    event >= 1 && event <= incident.version
      ? [{ type: 'record-corrected', event, text }]
      : refuse('entry-unknown', { entry: event, last: incident.version }, { command: 'correct', fields: { text } }),
});
