/** Drafts words for customers; nothing is published before it is confirmed (ACT-3). */
import { openActivities } from '../activities.ts';
import { command, refuse } from '../contract.ts';
import { takenOn } from './own-activity.ts';
import { LIVING } from './phases.ts';

export const draftMessage = command({
  name: 'draft-message',
  aliases: ['draft'],
  guide: 'activities',
  right: 'anyone',
  during: LIVING,
  fields: {
    text: { type: 'text', long: true, required: true },
    /** A draft to write anew; default: a new one. */
    message: { type: 'number' },
  },
  decide: (incident, { text, message }, { by }) => {
    const id = message ?? incident.messages.reduce((most, one) => Math.max(most, one.id), 0) + 1;
    const earlier = incident.messages.find((one) => one.id === id);
    if (message !== undefined && earlier?.status !== 'draft') {
      return refuse('not-a-draft', { message: id }, { command: 'draft-message', fields: { text } });
    }
    // Whoever drafts has taken on the customer communication they were given.
    const given = openActivities(incident).filter(({ kind }) => kind === 'customers');
    return [...given.flatMap((activity) => takenOn(activity, by)), { type: 'message-drafted', message: id, text }];
  },
});
