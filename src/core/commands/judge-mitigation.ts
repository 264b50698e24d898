/** Judges what a mitigation did: fixed, helped, no effect, worse, or can't tell (MIT-2). */
import { activityOf } from '../activities.ts';
import { command, refuse } from '../contract.ts';
import { VERDICTS } from '../events.ts';
import { AWAKE } from './phases.ts';

export const judgeMitigation = command({
  name: 'judge-mitigation',
  aliases: ['judge', 'verdict'],
  guide: 'one-mitigation',
  right: 'commander',
  during: AWAKE,
  fields: {
    activity: { type: 'activity', of: 'mitigations', required: true },
    verdict: { type: 'choice', choices: VERDICTS, words: 'verdict', required: true },
  },
  about: ({ activity }) => [`activity:${activity}`],
  decide: (incident, { activity: id, verdict }) => {
    const mitigation = activityOf(incident, id)?.mitigation;
    if (mitigation?.verdict !== undefined) {
      return refuse(
        'already-judged',
        { activity: { activity: id }, verdict: { word: `verdict.${mitigation.verdict}` } },
        { command: 'correct' },
      );
    }
    return mitigation?.stage === 'observing' || mitigation?.stage === 'observed'
      ? [{ type: 'mitigation-judged', activity: id, verdict }]
      : refuse('nothing-to-judge', { activity: { activity: id } }, { command: 'propose-mitigation' });
  },
});
