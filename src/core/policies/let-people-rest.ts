/** Who has been sent to rest is not paged until rested, or until a commander insists with a reason (ROT-3). */
import { type Policy, refuse } from '../contract.ts';
import { restUntil } from '../quorum.ts';

export const letPeopleRest: Policy = {
  name: 'let-people-rest',
  guide: 'rotation',
  rules: ['ROT-3', 'CALL-6'],
  objects: (incident, event, { resting, at, by }) => {
    if (event.type !== 'person-paged' && event.type !== 'rest-overridden') return undefined;
    const { person } = event;
    const until = restUntil(incident, resting, person);
    if (until <= at) return undefined;
    const facts = { person: { person }, until: { at: until } };
    const { commander } = incident.command;
    // Without a commander there is nobody to ask, and waking somebody is the lesser harm.
    if (commander !== undefined && commander !== by) {
      return refuse('insist-whose', { ...facts, commander: { person: commander } }, { command: 'page' });
    }
    if (event.type === 'rest-overridden') return undefined;
    const fields = { person, ...(event.wanted === '' ? {} : { wanted: event.wanted }) };
    return refuse('resting', facts, { command: 'page', fields, label: 'insist' }, { command: 'page' });
  },
};
