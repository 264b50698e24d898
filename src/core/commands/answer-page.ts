/** Answers a page: on the way, not yet on the call (CALL-4, CALL-5). */
import { command } from '../contract.ts';
import { LIVING } from './phases.ts';

export const answerPage = command({
  name: 'answer-page',
  aliases: ['answer', 'coming'],
  guide: 'call',
  right: 'anyone',
  during: LIVING,
  fields: { person: { type: 'person' } },
  decide: (incident, { person }, context) => {
    const who = person ?? context.by;
    const open = Object.values(incident.seats).some(({ pages }) =>
      pages.some((page) => page.person === who && page.answered === undefined),
    );
    return open ? [{ type: 'page-answered', person: who }] : [];
  },
});
