/** At most one commander at any instant; nobody becomes one but by taking or accepting it (CMD-2, CMD-5). */
import { dismissal, type Policy, refuse } from '../contract.ts';

export const oneCommander: Policy = {
  name: 'one-commander',
  guide: 'commander',
  rules: ['CMD-2', 'CMD-5'],
  during: ['open', 'watching'],
  objects: (incident, event) => {
    if (event.type !== 'command-taken') return undefined;
    const { commander, questioned, since } = incident.command;
    if (commander === undefined || event.from === commander) return undefined;
    if (commander === event.person) return refuse('you-command', {}, { command: 'hand-over' });
    if (questioned) return undefined;
    return refuse(
      'already-commanded',
      { commander: { person: commander }, since: { at: since ?? 0 } },
      { command: 'ask-for-command' },
    );
  },
  offers: (incident) => {
    const { commander, askedFor } = incident.command;
    if (commander === undefined || !askedFor || askedFor.by === commander) return [];
    const key = `asked-for:${askedFor.by}:${askedFor.at}`;
    return [
      {
        key,
        line: 'command-asked-for',
        facts: { person: { person: askedFor.by } },
        to: commander,
        rank: 'people',
        since: askedFor.at,
        buttons: [{ command: 'hand-over', fields: { to: askedFor.by }, primary: true }, dismissal(key, 'keep-command')],
      },
    ];
  },
  pings: (event, incident) => {
    const { commander } = incident.command;
    return event.type === 'command-asked-for' && commander !== undefined
      ? [
          {
            to: [commander],
            line: 'command-asked-for',
            facts: { person: { person: event.person } },
            fact: `asked-for:${event.person}:${event.seq}`,
          },
        ]
      : [];
  },
};
