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
    const standing = prompt === undefined ? undefined : incident.prompts.get(prompt);
    return prompt === undefined || standing === undefined
      ? refuse('prompt-gone', {}, { command: 'focus' })
      : [{ type: 'prompt-snoozed', prompt, says: standing.line, until: context.at + (length ?? USUAL) }];
  },
});
