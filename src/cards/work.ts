/** The work that somebody has taken on, each piece with what its owner can say about it. */
import type { Suggestion } from '../core/contract.ts';
import type { Activity, Incident } from '../core/incident.ts';
import type { PersonId } from '../core/units.ts';
import { buttons } from './buttons.ts';
import type { Card } from './card.ts';
import { activityRow, title } from './state.ts';
import type { Words } from './words/words.ts';

/** One card per activity under way; what is only offered is asked about by a prompt of its own. */
export function workCards(incident: Incident, words: Words, person: PersonId): readonly Card[] {
  return incident.activities
    .filter((activity) => activity.owner === person && activity.status === 'under-way')
    .map((activity) => ({
      key: `work:${activity.id}`,
      title: title(incident, words),
      version: incident.version,
      blocks: [
        { type: 'rows', rows: [activityRow(activity, words)] },
        { type: 'buttons', buttons: buttons(sayable(activity), words, { incident, viewer: person }) },
      ],
    }));
}

function sayable({ id: activity, waiting }: Activity): readonly Suggestion[] {
  const fields = { activity };
  return [
    { command: 'finish', fields, primary: true },
    { command: 'report', fields },
    { command: 'give-estimate', fields },
    { command: waiting ? 'stop-waiting' : 'wait-for', fields },
  ];
}
