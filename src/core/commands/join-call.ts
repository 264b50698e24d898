/** "I'm here": says that somebody is on the call, where the platform cannot see it (CALL-4). */
import { command } from '../contract.ts';
import type { Event } from '../events.ts';
import { STATED } from '../quorum.ts';
import { LIVING } from './phases.ts';

export const joinCall = command({
  name: 'join-call',
  aliases: ['join', 'here'],
  guide: 'call',
  right: 'anyone',
  during: LIVING,
  fields: {
    /** Somebody else who is on the call; default: whoever says it. */
    person: { type: 'person' },
    /** Set by surfaces that see who is on the call. */
    observed: { type: 'yes' },
  },
  decide: (incident, { person, observed }, context) => {
    const who = person ?? context.by;
    const via = observed ? context.via : STATED;
    const on = incident.people[who]?.on ?? [];
    const paged = Object.values(incident.seats).some(({ pages }) =>
      pages.some((page) => page.person === who && page.answered === undefined),
    );
    const answered: Event[] = paged ? [{ type: 'page-answered', person: who }] : [];
    // Whoever is seen on the call need not say so.
    const there = on.includes(via) || (via === STATED && on.length > 0);
    return there ? answered : [...answered, { type: 'call-joined', person: who, via }];
  },
});
