/** Keeps a note in the record. */
import { command } from '../contract.ts';
import { EVER } from './phases.ts';

export const note = command({
  name: 'note',
  aliases: ['n', 'log'],
  guide: 'record',
  right: 'anyone',
  during: EVER,
  fields: { text: { type: 'text', long: true, required: true } },
  decide: (_incident, { text }) => [{ type: 'note-kept', text }],
});
