/** Says how the impact is now against before: same, better, worse or different (IMP-4). */
import { command } from '../contract.ts';
import { TRENDS } from '../events.ts';
import { AWAKE } from './phases.ts';

export const restateImpact = command({
  name: 'restate-impact',
  aliases: ['trend'],
  guide: 'impact',
  right: 'anyone',
  during: AWAKE,
  fields: { trend: { type: 'choice', choices: TRENDS, words: 'trend', required: true }, text: { type: 'text' } },
  decide: (_incident, { trend, text }) => [{ type: 'impact-restated', trend, ...(text === undefined ? {} : { text }) }],
});
