/** Judges what a mitigation did: fixed, helped, no effect, worse, or can't tell (MIT-2). */
import { activityOf, mitigationsOf } from '../activities.ts';
import { command, refuse } from '../contract.ts';
import { type Event, VERDICTS } from '../events.ts';
import type { Incident } from '../incident.ts';
import type { ActivityId } from '../units.ts';
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
      ? [
          { type: 'mitigation-judged', activity: id, verdict },
          ...(verdict === 'worse' ? reversalFirst(incident, id) : []),
        ]
      : refuse('nothing-to-judge', { activity: { activity: id } }, { command: 'propose-mitigation' });
  },
});

/** Somebody thought of undoing it already: that goes ahead of the queue now (MIT-5). */
function reversalFirst(incident: Incident, id: ActivityId): Event[] {
  const { queue } = incident;
  const undoing = mitigationsOf(incident).find((one) => one.mitigation?.reverses === id && queue.includes(one.id));
  return undoing === undefined || queue[0] === undoing.id
    ? []
    : [{ type: 'queue-reordered', queue: [undoing.id, ...queue.filter((other) => other !== undoing.id)] }];
}
