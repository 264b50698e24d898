/** The whole state of an incident, with the long lists that the pinned card cuts short. */
import type { World } from '../core/contract.ts';
import type { Incident } from '../core/incident.ts';
import { cappedList } from './capped.ts';
import type { Block, Card } from './card.ts';
import { seatRows } from './seats.ts';
import {
  activityRows,
  headRows,
  impactRow,
  links,
  mitigationRows,
  onCallRow,
  queueRows,
  roundRows,
  title,
} from './state.ts';
import type { Words } from './words/words.ts';

const MOST_ACTIVITIES = 25;
const MOST_QUEUED = 8;
/** The list is long, so that its rows must be short. */
const LONGEST_WHAT = 40;
const MOST_SEATS = 8;

export function statusCard(incident: Incident, world: World, words: Words): Card {
  // What was left open is in the record.
  const over = incident.phase === 'closed';
  return {
    key: 'status',
    title: title(incident, words),
    version: incident.version,
    links: links(incident, words),
    blocks: [
      {
        type: 'rows',
        rows: [
          ...headRows(incident, words),
          impactRow(incident, words),
          ...(over ? [] : [...mitigationRows(incident, words), onCallRow(incident, words)]),
          ...roundRows(incident, world, words),
        ],
      },
      ...(over ? [] : workAndSeats(incident, words)),
    ],
  };
}

function workAndSeats(incident: Incident, words: Words): readonly Block[] {
  const work = activityRows(incident, words, LONGEST_WHAT);
  return [
    ...cappedList(words.t('card.activities'), work, MOST_ACTIVITIES, words, 'record'),
    ...cappedList(words.t('card.queue'), queueRows(incident, words, LONGEST_WHAT), MOST_QUEUED, words, 'record'),
    ...cappedList(words.t('card.seats'), seatRows(incident, words), MOST_SEATS, words, 'seats'),
  ];
}
