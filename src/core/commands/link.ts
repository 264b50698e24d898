/** Links another incident: related, but not the same (WAT-3). */
import { command, refuse } from '../contract.ts';
import { EVER } from './phases.ts';

export const INCIDENT_ID = /^INC-[1-9]\d*$/i;

export const link = command({
  name: 'link',
  aliases: ['related'],
  guide: 'watch',
  right: 'anyone',
  during: EVER,
  fields: { to: { type: 'text', max: 40, required: true } },
  decide: (incident, { to }) => {
    const id = to.toUpperCase();
    if (!INCIDENT_ID.test(to) || id === incident.id) return refuse('link-to-what', { given: to }, { command: 'link' });
    return incident.links.includes(id) ? [] : [{ type: 'incident-linked', to: id }];
  },
});
