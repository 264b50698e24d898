/** The worst incidents take only a listed call leader, or an acting commander until one answers (CMD-3). */
import { dismissal, type Policy, type Prompt, refuse } from '../contract.ts';
import { isOnCall } from '../quorum.ts';
import { mayLead } from '../seasoning.ts';
import { severityRow } from '../severity.ts';

export const listedLeaders: Policy = {
  name: 'listed-leaders',
  guide: 'commander',
  rules: ['CMD-3'],
  objects: (incident, event, context) => {
    if (event.type !== 'command-taken' || event.acting || mayLead(event.person, incident, context)) return undefined;
    const { severity } = incident.severity;
    const { leaders } = severityRow(context.settings.severities, severity);
    return refuse(
      'leaders-only',
      { severity: { severity }, people: { people: leaders } },
      {
        command: event.from === undefined ? 'take-command' : 'accept-hand-over',
        fields: { acting: true },
        label: 'take-acting',
        primary: true,
      },
      ...leaders.slice(0, 3).map((person) => ({
        command: 'page',
        fields: { person },
        label: 'page-person',
        facts: { person: { person } },
      })),
    );
  },
  offers: (incident, world) => {
    const { commander, since = 0 } = incident.command;
    if (commander === undefined || mayLead(commander, incident, world)) return [];
    const { leaders } = severityRow(world.settings.severities, incident.severity.severity);
    const here = leaders.find((person) => isOnCall(incident, person));
    const key = here === undefined ? `leader-wanted:${since}` : `leader-here:${here}:${since}`;
    const common = { key, to: commander, rank: 'people', since: Math.max(since, incident.severity.at) } as const;
    const keep = dismissal(key, 'go-on-acting');
    const prompt: Prompt =
      here === undefined
        ? {
            ...common,
            line: 'leader-wanted',
            facts: { people: { people: leaders }, severity: { severity: incident.severity.severity } },
            buttons: [
              ...leaders.slice(0, 3).map((person) => ({
                command: 'page',
                fields: { person },
                label: 'page-person',
                facts: { person: { person } },
              })),
              keep,
            ],
          }
        : {
            ...common,
            line: 'leader-here',
            facts: { person: { person: here }, severity: { severity: incident.severity.severity } },
            buttons: [{ command: 'hand-over', fields: { to: here }, primary: true }, keep],
          };
    return [prompt];
  },
};
