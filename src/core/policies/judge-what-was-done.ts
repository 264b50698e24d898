/** What was done is observed, then judged; worse is reversed first, fixed ends the impact (MIT-2, MIT-5). */
import { judgedFixed, mitigationsOf } from '../activities.ts';
import { commanderOf, dismissal, type Policy, type Prompt } from '../contract.ts';
import { VERDICTS } from '../events.ts';
import type { Activity, Incident } from '../incident.ts';

const POLICY = 'judge-what-was-done';

export const judgeWhatWasDone: Policy = {
  name: POLICY,
  guide: 'one-mitigation',
  rules: ['MIT-2', 'MIT-5'],
  during: ['open', 'watching'],
  wants: (incident) =>
    mitigationsOf(incident).flatMap(({ id, mitigation }) =>
      mitigation?.stage === 'observing' && mitigation.until !== undefined
        ? [{ policy: POLICY, key: String(id), at: mitigation.until }]
        : [],
    ),
  answers: (_incident, { key }) => [{ type: 'observation-ended', activity: Number(key) }],
  offers: (incident) => {
    const mitigations = mitigationsOf(incident).filter(({ mitigation }) => mitigation?.doneAt !== undefined);
    return mitigations.length === 0
      ? []
      : [
          ...mitigations.flatMap((activity) => [...judgement(incident, activity), ...reversal(incident, activity)]),
          ...ending(incident),
        ];
  },
  pings: (event, incident) => {
    const { commander } = incident.command;
    if (event.type !== 'observation-ended' || commander === undefined) return [];
    const facts = { activity: { activity: event.activity } };
    return [{ to: [commander], line: 'judge-mitigation', facts, fact: `judge:${event.activity}` }];
  },
};

/** A fix that has been judged and has not been declared the end of the impact. */
export function fixedAwaiting(incident: Incident): Activity | undefined {
  const fixed = judgedFixed(incident);
  return fixed && !incident.dismissed.includes(`end-impact:${fixed.id}`) ? fixed : undefined;
}

function judgement(incident: Incident, { id, mitigation }: Activity): Prompt[] {
  if (mitigation?.stage !== 'observed') return [];
  return [
    {
      key: `judge:${id}`,
      line: 'judge-mitigation',
      facts: { activity: { activity: id } },
      to: commanderOf(incident),
      rank: 'work',
      since: mitigation.until ?? incident.declared.at,
      buttons: VERDICTS.map((verdict) => ({
        command: 'judge-mitigation',
        fields: { activity: id, verdict },
        label: `verdict-${verdict}`,
      })),
    },
  ];
}

function reversal(incident: Incident, { id, mitigation }: Activity): Prompt[] {
  const reversed = incident.activities.some(
    (other) => other.mitigation?.reverses === id && other.status !== 'cancelled',
  );
  if (mitigation?.verdict !== 'worse' || reversed || incident.phase !== 'open') return [];
  return [
    {
      key: `reverse:${id}`,
      line: 'reverse-mitigation',
      facts: { activity: { activity: id } },
      to: commanderOf(incident),
      rank: 'safety',
      since: mitigation.judgedAt ?? incident.declared.at,
      buttons: [
        { command: 'propose-mitigation', fields: { reverses: id }, label: 'reverse', primary: true },
        dismissal(`reverse:${id}`, 'leave-it'),
      ],
    },
  ];
}

function ending(incident: Incident): Prompt[] {
  const fixed = fixedAwaiting(incident);
  if (incident.phase !== 'open' || !fixed) return [];
  const { id } = fixed;
  return [
    {
      key: `end-impact:${id}`,
      line: 'end-impact',
      facts: { activity: { activity: id } },
      to: commanderOf(incident),
      rank: 'work',
      since: fixed.mitigation?.judgedAt ?? incident.declared.at,
      buttons: [
        { command: 'mitigated', fields: { mitigation: id }, primary: true },
        dismissal(`end-impact:${id}`, 'not-yet'),
      ],
    },
  ];
}
