/** Withdraws a draft that shall not be published (ACT-3). */
import { command, refuse } from '../contract.ts';
import { LIVING } from './phases.ts';

export const withdrawMessage = command({
  name: 'withdraw-message',
  aliases: ['withdraw'],
  guide: 'activities',
  right: 'anyone',
  during: LIVING,
  fields: { message: { type: 'number', required: true }, reason: { type: 'text' } },
  about: ({ message }) => [`message:${message}`],
  decide: (incident, { message, reason }) =>
    incident.messages.find(({ id }) => id === message)?.status === 'draft'
      ? [{ type: 'message-withdrawn', message, ...(reason === undefined ? {} : { reason }) }]
      : refuse('not-a-draft', { message }, { command: 'draft-message' }),
});
