/** The commander's own update to the stakeholders, drafted by Baton (ACT-4). */
import { command } from '../contract.ts';
import { LIVING } from './phases.ts';

export const sendUpdate = command({
  name: 'send-update',
  aliases: ['stakeholders'],
  guide: 'activities',
  right: 'commander',
  during: LIVING,
  fields: { text: { type: 'text', long: true, required: true } },
  decide: (_incident, { text }) => [{ type: 'update-sent', text }],
});
