/** "Who else should be here?": asked again at every round while nothing works (CALL-6). */
import { somethingWorks } from '../activities.ts';
import { commanderOf, dismissal, type Policy } from '../contract.ts';
import type { Incident } from '../incident.ts';
import type { Instant } from '../units.ts';

export const whoElse: Policy = {
  name: 'who-else',
  guide: 'call',
  rules: ['CALL-6'],
  offers: (incident) => {
    const round = incident.rounds.at(-1);
    const since = round?.openedAt;
    // Impact first; and a round in which nobody has anything to say is over as soon as that is said.
    if (round?.restated === undefined || since === undefined) return [];
    if (somethingWorks(incident) || isAnswered(incident, since)) return [];
    const key = `who-else:${round.round}`;
    return [
      {
        key,
        line: 'who-else',
        facts: {},
        to: commanderOf(incident),
        rank: 'rhythm',
        since,
        buttons: [{ command: 'page', primary: true }, dismissal(key, 'nobody-else')],
      },
    ];
  },
};

/** Somebody has been asked for since. */
function isAnswered(incident: Incident, since: Instant): boolean {
  const pages = Object.values(incident.seats).flatMap((seat) => seat.pages);
  return pages.some(({ reason, first }) => reason === 'asked' && first >= since);
}
