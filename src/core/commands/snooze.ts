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
  /** Without a prompt it is the line that stands first before whoever puts it off. */
  fields: { for: { type: 'duration' }, prompt: { type: 'text', max: 200 } },
  decide: (incident, { prompt: named, for: length }, context) => {
    const prompt = named ?? context.next?.();
    return prompt === undefined || !incident.prompts.has(prompt)
      ? refuse('prompt-gone', {}, { command: 'focus' })
      : [{ type: 'prompt-snoozed', prompt, until: context.at + (length ?? USUAL) }];
  },
});
