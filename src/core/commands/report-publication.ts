/** A publisher has published a confirmed message, or could not (ACT-3); or could not publish an update (ACT-4). */
import { command } from '../contract.ts';
import { EVER } from './phases.ts';

export const reportPublication = command({
  name: 'report-publication',
  aliases: [],
  guide: 'activities',
  right: 'adapter',
  during: EVER,
  fields: {
    /** Absent for an update. */
    message: { type: 'number' },
    place: { type: 'text', required: true },
    link: { type: 'text' },
    /** Why it could not be published; absent when it was. */
    reason: { type: 'text' },
  },
  decide: (incident, { message, place, link, reason }) => {
    if (message === undefined) return reason === undefined ? [] : [{ type: 'update-failed', place, reason }];
    const known = incident.messages.find(({ id }) => id === message);
    if (known?.status !== 'confirmed' || known.published.some((one) => one.place === place)) return [];
    return reason === undefined
      ? [{ type: 'message-published', message, place, ...(link === undefined ? {} : { link }) }]
      : [{ type: 'message-failed', message, place, reason }];
  },
});
