/** During the watch the record is gathered while it is easy; the checklist shows what is missing (WAT-2). */
import { commanderOf, dismissal, type Policy } from '../contract.ts';
import { missingEvidence } from '../evidence.ts';

export const gatherWhileEasy: Policy = {
  name: 'gather-while-easy',
  guide: 'watch',
  rules: ['WAT-2'],
  during: ['watching'],
  offers: (incident) => {
    const missing = missingEvidence(incident);
    const [first] = missing;
    if (first === undefined) return [];
    const since = incident.watch?.since ?? incident.declared.at;
    const key = `gather:${since}`;
    return [
      {
        key,
        line: 'gather',
        facts: { missing: missing.length, first: { word: `evidence.${first}` } },
        to: commanderOf(incident),
        rank: 'writing',
        since,
        buttons: [
          ...missing.map((kind, n) => ({
            ...(kind === 'note'
              ? { command: 'note' }
              : { command: 'keep-evidence', fields: { kind }, label: `keep-${kind}` }),
            primary: n === 0,
          })),
          dismissal(key, 'nothing-more'),
        ],
      },
    ];
  },
};
