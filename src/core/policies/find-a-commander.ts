/** Without a commander the room is asked for one, by name, until there is one (CMD-1). */
import { type Facts, type Policy, ROOM } from '../contract.ts';
import { quorumReached } from '../quorum.ts';
import { candidateToCommand } from '../seasoning.ts';
import type { Instant } from '../units.ts';

export const findACommander: Policy = {
  name: 'find-a-commander',
  guide: 'commander',
  rules: ['CMD-1'],
  during: ['open', 'watching'],
  wants: (incident, { settings }) => {
    const { commander, vacantSince, sought } = incident.command;
    if (commander !== undefined || vacantSince === undefined) return [];
    // Whoever is needed is together, or has had the time since declaring: a command given up later is asked for at once.
    const gathered = incident.declared.at + settings.command.askAfter;
    const first = quorumReached(incident, settings) ? vacantSince : Math.max(vacantSince, gathered);
    const at = sought ? sought.at + settings.command.askEvery : first;
    return [{ policy: 'find-a-commander', key: 'ask', at, about: keyOf(vacantSince) }];
  },
  answers: (incident, _clock, context) => {
    const candidate = candidateToCommand(incident, context, context.at);
    return [{ type: 'commander-sought', ...(candidate === undefined ? {} : { candidate }) }];
  },
  offers: (incident) => {
    const { commander, vacantSince, sought } = incident.command;
    if (commander !== undefined || vacantSince === undefined || !sought) return [];
    const { candidate } = sought;
    const facts: Facts = candidate === undefined ? {} : { candidate: { person: candidate } };
    return [
      {
        key: keyOf(vacantSince),
        line: candidate === undefined ? 'no-commander' : 'no-commander-but',
        facts,
        to: ROOM,
        rank: 'safety',
        since: vacantSince,
        early: true,
        buttons: [{ command: 'take-command', primary: true }, { command: 'page' }],
      },
    ];
  },
  pings: (event, incident) => {
    if (event.type !== 'commander-sought' || event.candidate === undefined) return [];
    // A command given up anew is news, however soon.
    const vacancy = incident.command.shifts.filter(({ to }) => to !== undefined && to <= event.at).length;
    return [{ to: [event.candidate], line: 'take-command', facts: {}, fact: `no-commander:${vacancy}` }];
  },
};

/** Each vacancy is a fact of its own: put off once, the next is asked about all the same. */
function keyOf(vacantSince: Instant): string {
  return `no-commander:${vacantSince}`;
}
