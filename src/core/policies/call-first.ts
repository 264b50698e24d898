/** First the call, then everything else: nothing is asked of anybody before people are together (CALL-1). */
import { type Policy, ROOM } from '../contract.ts';
import { quorumReached } from '../quorum.ts';

export const callFirst: Policy = {
  name: 'call-first',
  guide: 'call',
  rules: ['CALL-1', 'CALL-4'],
  wants: (incident, { settings }) =>
    settings.call.link !== undefined && !incident.call
      ? [{ policy: 'call-first', key: 'bridge', at: incident.declared.at }]
      : [],
  answers: (_incident, _clock, { settings }) =>
    settings.call.link === undefined ? [] : [{ type: 'call-opened', link: settings.call.link }],
  offers: (incident, { settings }) => {
    const isCommanded = incident.command.commander !== undefined;
    if (isCommanded && incident.firstOnCallAt !== undefined) return [];
    const link = incident.call ? [] : [{ command: 'set-call' }];
    const base = { to: ROOM, rank: 'people', early: true, facts: {} } as const;
    if (incident.firstOnCallAt === undefined) {
      const buttons = [
        { command: 'join-call', primary: true },
        ...(isCommanded ? [] : [{ command: 'take-command' }]),
        { command: 'page' },
        ...link,
      ];
      return [{ ...base, key: 'join-the-call', line: 'join-the-call', since: incident.declared.at, buttons }];
    }
    if (incident.command.sought || quorumReached(incident, settings)) return [];
    const buttons = [{ command: 'take-command', primary: true }, { command: 'page' }, ...link];
    return [{ ...base, key: 'gathering', line: 'gathering', since: incident.firstOnCallAt, buttons }];
  },
};
