/** "Who else should be here?": asked again at every round while nothing works (CALL-6). */
import { somethingWorks } from '../activities.ts';
import { commanderOf, dismissal, type Policy } from '../contract.ts';

export const whoElse: Policy = {
  name: 'who-else',
  guide: 'call',
  rules: ['CALL-6'],
  offers: (incident) => {
    const round = incident.rounds.at(-1);
    if (round?.outcome !== 'open' || round.restated === undefined || somethingWorks(incident)) return [];
    const key = `who-else:${round.round}`;
    return [
      {
        key,
        line: 'who-else',
        facts: {},
        to: commanderOf(incident),
        rank: 'rhythm',
        since: round.openedAt ?? round.due,
        buttons: [{ command: 'page', primary: true }, dismissal(key, 'nobody-else')],
      },
    ];
  },
};
