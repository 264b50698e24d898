/** Gives the incident a better title once more is known. */
import { command, LONGEST_TITLE } from '../contract.ts';
import { LIVING } from './phases.ts';

export const rename = command({
  name: 'rename',
  aliases: ['title'],
  guide: 'record',
  right: 'anyone',
  during: LIVING,
  fields: { title: { type: 'text', max: LONGEST_TITLE, required: true } },
  decide: (incident, { title }) => (title === incident.title ? [] : [{ type: 'incident-renamed', title }]),
});
