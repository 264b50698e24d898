/** Links another incident: related, but not the same (WAT-3). */
import { type Context, command, refuse, type Suggestion } from '../contract.ts';
import type { Incident } from '../incident.ts';
import type { IncidentId } from '../units.ts';
import { EVER } from './phases.ts';

/** Incidents that are offered where one was named that does not exist. */
const MOST_OFFERED = 3;

export const INCIDENT_ID = /^INC-[1-9]\d*$/i;

export const link = command({
  name: 'link',
  aliases: ['related'],
  guide: 'watch',
  right: 'anyone',
  during: EVER,
  fields: { to: { type: 'text', max: 40, required: true } },
  names: 'to',
  decide: (incident, { to }, context) => {
    const id = to.toUpperCase();
    if (!INCIDENT_ID.test(to) || id === incident.id) return refuse('link-to-what', { given: to }, { command: 'link' });
    if (context.elsewhere?.exists === false) {
      return refuse('link-nowhere', { given: id }, { command: 'link' }, ...nearest(id, incident, context));
    }
    return incident.links.includes(id) ? [] : [{ type: 'incident-linked', to: id }];
  },
});

/** Open ones and those closed lately, the nearest number first: one digit is soon mistyped. */
function nearest(given: IncidentId, incident: Incident, { elsewhere, closed }: Context): readonly Suggestion[] {
  const number = (id: IncidentId) => Number(id.slice('INC-'.length));
  const far = (id: IncidentId) => Math.abs(number(id) - number(given));
  return [...(elsewhere?.open ?? []), ...closed.map(({ id }) => id)]
    .filter((id) => id !== incident.id && !incident.links.includes(id))
    .sort((one, other) => far(one) - far(other))
    .slice(0, MOST_OFFERED)
    .map((id) => ({ command: 'link', fields: { to: id }, label: 'link-to', facts: { incident: id } }));
}
