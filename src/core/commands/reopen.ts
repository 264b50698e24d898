/** Reopens a closed incident that has come back within the recurrence time (WAT-3). */
import { claimed, unclaim } from '../activities.ts';
import { command, refuse } from '../contract.ts';
import type { Event } from '../events.ts';
import type { Incident } from '../incident.ts';

export const reopen = command({
  name: 'reopen',
  aliases: [],
  guide: 'watch',
  right: 'anyone',
  during: ['closed'],
  fields: { reason: { type: 'text', required: true } },
  decide: (incident, { reason }, { at, settings, via }) =>
    // A merge was decided in time, however late its order comes.
    via !== 'baton' && at - (incident.closedAt ?? at) > settings.recurrence
      ? refuse('too-late-to-reopen', { after: { lasting: settings.recurrence } }, { command: 'declare' })
      : [
          { type: 'incident-reopened', reason },
          ...asBefore(incident),
          // Everybody went home: what they had is nobody's until they come and say that they go on with it.
          ...unclaim(claimed(incident)),
        ],
});

/** Closed while it stood down, it was milder for the night only (ROT-4). */
function asBefore({ severity, standDown }: Incident): Event[] {
  const { before = severity.severity } = standDown ?? {};
  return before === severity.severity ? [] : [{ type: 'severity-set', severity: before, assumed: false }];
}
