/** A commander who left or fell silent is asked for; without an answer the command is vacant (CMD-5). */
import { type Clock, dismissal, type Policy, ROOM } from '../contract.ts';
import type { Incident } from '../incident.ts';
import { onceFor } from '../once-for.ts';
import { isOnCall } from '../quorum.ts';
import type { Instant, PersonId } from '../units.ts';

const POLICY = 'commander-still-there';

export const commanderStillThere: Policy = {
  name: POLICY,
  guide: 'commander',
  rules: ['CMD-5'],
  during: ['open', 'watching'],
  wants: (incident, { settings }) => {
    const { commander, questioned, leftAt, lastActed = 0 } = incident.command;
    if (commander === undefined) return [];
    const { leftGrace, silence, askEvery } = settings.command;
    if (questioned) {
      return [{ policy: POLICY, key: 'lapse', at: questioned.at + askEvery, about: keyOf(questioned) }];
    }
    const clocks: Clock[] = [];
    if (leftAt !== undefined) clocks.push({ policy: POLICY, key: 'left', at: leftAt + leftGrace });
    const oldest = oldestPrompts(incident.prompts).get(commander);
    // A watch is for waiting: silence says nothing there.
    if (oldest !== undefined && incident.phase === 'open') {
      clocks.push({ policy: POLICY, key: 'silent', at: Math.max(lastActed, oldest) + silence });
    }
    return clocks;
  },
  answers: (incident, { key }) => {
    const person = incident.command.commander;
    if (person === undefined) return [];
    return key === 'lapse'
      ? [{ type: 'command-lapsed', person }]
      : [{ type: 'commander-questioned', person, why: key === 'left' ? 'left' : 'silent' }];
  },
  offers: (incident) => {
    const { commander, questioned, since = 0 } = incident.command;
    if (commander === undefined) return [];
    if (questioned) {
      return [
        {
          key: keyOf(questioned),
          line: questioned.why === 'left' ? 'commander-left' : 'commander-silent',
          facts: { commander: { person: commander } },
          to: ROOM,
          rank: 'safety',
          since: questioned.at,
          early: true,
          buttons: [{ command: 'confirm-command', primary: true }, { command: 'take-command' }],
        },
      ];
    }
    return isOnCall(incident, commander) || incident.firstOnCallAt === undefined
      ? []
      : [
          {
            key: `commander-join:${since}`,
            line: 'commander-join',
            facts: {},
            to: commander,
            rank: 'people',
            since,
            buttons: [{ command: 'join-call', primary: true }, dismissal(`commander-join:${since}`, 'go-on-without')],
          },
        ];
  },
  pings: (event) =>
    event.type === 'commander-questioned'
      ? // Leaving once more, or falling silent once more, is news.
        [{ to: [event.person], line: 'still-in-command', facts: {}, fact: `still-in-command:${event.seq}` }]
      : [],
};

/** Put off once, the next time they leave or fall silent, whoever commands by then, is asked about all the same. */
function keyOf({ at }: NonNullable<Incident['command']['questioned']>): string {
  return `still-in-command:${at}`;
}

/** Since when each person has had a prompt before them. */
const oldestPrompts = onceFor((prompts: Incident['prompts']) => {
  const oldest = new Map<PersonId, Instant>();
  for (const { to, since } of prompts.values()) oldest.set(to, Math.min(since, oldest.get(to) ?? since));
  return oldest;
});
