/** Closes the incident from a watch that has run out, or early with a reason (WAT-1). */
import { command } from '../contract.ts';
import { hasHeld } from '../watch.ts';
import { LIVING } from './phases.ts';

export const close = command({
  name: 'close',
  aliases: ['end'],
  guide: 'watch',
  right: 'commander',
  during: LIVING,
  fields: { reason: { type: 'text' } },
  needs: (incident) => (hasHeld(incident) ? undefined : 'reason'),
  decide: (incident, { reason }) => [
    { type: 'incident-closed', early: !hasHeld(incident), ...(reason === undefined ? {} : { reason }) },
  ],
});
