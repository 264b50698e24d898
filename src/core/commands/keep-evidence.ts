/** Keeps evidence while it is easy to get: a link, log lines, a screenshot, an action taken (WAT-2). */
import { command } from '../contract.ts';
import { EVIDENCE } from '../events.ts';
import { EVER } from './phases.ts';

export const keepEvidence = command({
  name: 'keep-evidence',
  aliases: ['evidence', 'keep'],
  guide: 'watch',
  right: 'anyone',
  during: EVER,
  fields: {
    text: { type: 'text', long: true, required: true },
    kind: { type: 'choice', choices: EVIDENCE, words: 'evidence' },
    link: { type: 'text' },
    /** Id of a copy in the store; set by surfaces when a file was attached. */
    attachment: { type: 'text' },
  },
  decide: (_incident, { text, kind, link, attachment }) => [
    {
      type: 'evidence-kept',
      kind: kind ?? (attachment !== undefined ? 'attachment' : link !== undefined ? 'link' : 'log'),
      text,
      ...(link === undefined ? {} : { link }),
      ...(attachment === undefined ? {} : { attachment }),
    },
  ],
});
