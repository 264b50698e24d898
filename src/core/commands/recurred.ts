/** The impact is back during the watch: the same incident goes on, its history kept (WAT-3). */
import { command } from '../contract.ts';

export const recurred = command({
  name: 'recurred',
  aliases: ['back', 'recurrence'],
  guide: 'watch',
  right: 'anyone',
  during: ['watching'],
  fields: { what: { type: 'text' } },
  decide: (_incident, { what }) => [{ type: 'incident-recurred', what: what ?? '' }],
});
