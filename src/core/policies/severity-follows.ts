/** A downgrade cancels no work: it offers to release whom the milder severity no longer needs (IMP-3). */
import { heldBy } from '../activities.ts';
import { commanderOf, dismissal, type Policy } from '../contract.ts';
import { neededSeats, onCall } from '../quorum.ts';
import { rank } from '../severity.ts';

export const severityFollows: Policy = {
  name: 'severity-follows',
  guide: 'impact',
  rules: ['IMP-3'],
  offers: (incident, { settings }) => {
    const [before, now] = incident.severities.slice(-2);
    if (!before || !now || rank(settings.severities, now.severity) <= rank(settings.severities, before.severity)) {
      return [];
    }
    const needed = neededSeats(incident, settings).flatMap((seat) => incident.seats[seat]?.chain ?? []);
    const spare = onCall(incident).filter(
      (person) =>
        person !== incident.command.commander &&
        !needed.includes(person) &&
        heldBy(incident, person).length === 0 &&
        incident.people[person]?.released === undefined,
    );
    const key = `release:${now.at}`;
    return spare.length === 0
      ? []
      : [
          {
            key,
            line: 'release-people',
            facts: { people: { people: spare }, severity: { severity: now.severity } },
            to: commanderOf(incident),
            rank: 'rhythm',
            since: now.at,
            buttons: [{ command: 'release', fields: { people: spare }, primary: true }, dismissal(key, 'all-stay')],
          },
        ];
  },
};
