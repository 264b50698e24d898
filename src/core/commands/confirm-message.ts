/** Confirms a customer message: it is published once, to every configured place (ACT-3). */
import { command, refuse } from '../contract.ts';
import { isByHand } from '../settings.ts';
import { LIVING } from './phases.ts';

export const confirmMessage = command({
  name: 'confirm-message',
  aliases: ['confirm', 'publish'],
  guide: 'activities',
  right: 'anyone',
  during: LIVING,
  fields: {
    message: { type: 'number', required: true },
    /** Default: every place where customers read. */
    places: { type: 'places' },
  },
  about: ({ message }) => [`message:${message}`],
  decide: (incident, { message, places }, { settings }) => {
    const draft = incident.messages.find(({ id }) => id === message);
    if (draft?.status !== 'draft') return refuse('not-a-draft', { message }, { command: 'draft-message' });
    const all = Object.entries(settings.places).flatMap(([id, { audience }]) => (audience === 'customers' ? [id] : []));
    const chosen = places ?? all;
    const byHand = chosen.filter((place) => isByHand(settings, place));
    return [{ type: 'message-confirmed', message, places: chosen, ...(byHand.length > 0 && { byHand }) }];
  },
});
