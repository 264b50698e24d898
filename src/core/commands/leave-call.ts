/** Says that somebody has left the call (CALL-4). */
import { command } from '../contract.ts';
import { LIVING } from './phases.ts';

export const leaveCall = command({
  name: 'leave-call',
  aliases: ['leave'],
  guide: 'call',
  right: 'anyone',
  during: LIVING,
  fields: { person: { type: 'person' }, observed: { type: 'yes' } },
  decide: (incident, { person, observed }, context) => {
    const who = person ?? context.by;
    const on = incident.people[who]?.on ?? [];
    // Leaving by hand leaves every call; a surface speaks only for its own.
    const left = observed ? on.filter((via) => via === context.via) : on;
    return left.map((via) => ({ type: 'call-left', person: who, via }));
  },
});
