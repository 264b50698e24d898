/** A surface has opened a call, or could not: then the configured bridge or a pasted link serves (CALL-1). */
import { command } from '../contract.ts';
import { LIVING } from './phases.ts';

export const reportCall = command({
  name: 'report-call',
  aliases: [],
  guide: 'call',
  right: 'adapter',
  during: LIVING,
  fields: { link: { type: 'text' }, reason: { type: 'text' } },
  decide: (incident, { link, reason }, { via: surface }) => {
    if (link === undefined) return [{ type: 'call-failed', surface, reason: reason ?? '' }];
    // Where two surfaces open one each, the first is the incident's call: people must not be sent from one to the other.
    if (incident.call && incident.call.surface !== surface) return [];
    return incident.call?.link === link ? [] : [{ type: 'call-opened', link, surface }];
  },
});
