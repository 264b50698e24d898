/** Says that a confirmed message was posted by hand, where no publisher reaches (ACT-3). */
import { command, refuse } from '../contract.ts';
import { BY_HAND } from '../settings.ts';
import { EVER } from './phases.ts';

export const posted = command({
  name: 'posted',
  aliases: [],
  guide: 'activities',
  right: 'anyone',
  during: EVER,
  fields: {
    message: { type: 'number', required: true },
    /** The place that the publisher could not reach; default: by hand. */
    place: { type: 'places' },
    link: { type: 'text' },
  },
  decide: (incident, { message, place, link }) => {
    const confirmed = incident.messages.find(({ id }) => id === message);
    if (confirmed?.status !== 'confirmed') {
      return refuse('not-confirmed', { message }, { command: 'confirm-message', fields: { message } });
    }
    const where = place?.[0] ?? BY_HAND;
    return confirmed.published.some((one) => one.place === where)
      ? []
      : [{ type: 'message-published', message, place: where, ...(link === undefined ? {} : { link }) }];
  },
});
