/** A publisher has published a confirmed message, or could not (ACT-3). */
import { command } from '../contract.ts';
import { EVER } from './phases.ts';

export const reportPublication = command({
  name: 'report-publication',
  aliases: [],
  guide: 'activities',
  right: 'adapter',
  during: EVER,
  fields: {
    message: { type: 'number', required: true },
    place: { type: 'text', required: true },
    link: { type: 'text' },
    /** Why it could not be published; absent when it was. */
    reason: { type: 'text' },
  },
  decide: (incident, { message, place, link, reason }) => {
    const known = incident.messages.find(({ id }) => id === message);
    if (known?.status !== 'confirmed' || known.published.some((one) => one.place === place)) return [];
    return reason === undefined
      ? [{ type: 'message-published', message, place, ...(link === undefined ? {} : { link }) }]
      : [{ type: 'message-failed', message, place, reason }];
  },
});
