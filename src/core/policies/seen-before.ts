/** Soon after closing, the same trouble again is offered as a reopening or a link (WAT-3). */
import { commanderOf, dismissal, type Policy } from '../contract.ts';

export const seenBefore: Policy = {
  name: 'seen-before',
  guide: 'watch',
  rules: ['WAT-3'],
  offers: (incident) => {
    const { resembles } = incident;
    if (resembles === undefined || incident.links.includes(resembles)) return [];
    const key = `resembles:${resembles}`;
    return [
      {
        key,
        line: 'seen-before',
        facts: { incident: resembles },
        to: commanderOf(incident),
        rank: 'work',
        since: incident.declared.at,
        buttons: [
          { command: 'merge-into', fields: { into: resembles }, primary: true },
          { command: 'link', fields: { to: resembles } },
          dismissal(key, 'not-the-same'),
        ],
      },
    ];
  },
};
