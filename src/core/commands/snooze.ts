/** Puts a prompt off for a while; kept in the record. */
import { command, refuse } from '../contract.ts';
import { LIVING } from './phases.ts';

const USUAL = 5 * 60_000;

export const snooze = command({
  name: 'snooze',
  aliases: [],
  guide: 'record',
  right: 'anyone',
  during: LIVING,
  fields: { prompt: { type: 'text', max: 200, required: true }, for: { type: 'duration' } },
  decide: (incident, { prompt, for: length }, context) =>
    !incident.prompts.has(prompt)
      ? refuse('prompt-gone', {}, { command: 'focus' })
      : [{ type: 'prompt-snoozed', prompt, until: context.at + (length ?? USUAL) }],
});
