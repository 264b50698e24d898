/** The seats of the quorum: who is wanted, and how far along they are (CALL-3). */
import type { Incident, SeatState } from '../core/incident.ts';
import { isOnCall, NEXT_COMMANDER, onCall, seatStatus } from '../core/quorum.ts';
import type { PersonId } from '../core/units.ts';
import { cappedList } from './capped.ts';
import type { Card, Row, Tone } from './card.ts';
import { present, title } from './state.ts';
import { clip } from './words/clip.ts';
import type { Words } from './words/words.ts';

const MOST_ROWS = 25;

/** The seats still missing first. */
const ORDER = ['missing', 'waiting', 'paged', 'answered', 'on-call'] as const;

const TONES: Readonly<Record<(typeof ORDER)[number], Tone>> = {
  missing: 'bad',
  waiting: 'warn',
  paged: 'warn',
  answered: 'plain',
  'on-call': 'good',
};

/** Whom a seat's status is about: who fills it, else who answered, else who was paged last. */
function seatPerson(incident: Incident, seat: SeatState): PersonId | undefined {
  const there = seat.chain.length === 0 ? onCall(incident)[0] : seat.chain.find((person) => isOnCall(incident, person));
  const answered = seat.pages.findLast((page) => page.answered !== undefined);
  return there ?? answered?.person ?? seat.pages.at(-1)?.person;
}

export function seatName(seat: SeatState, words: Words): string {
  if (seat.id === NEXT_COMMANDER) return words.t('card.commander.next');
  const [first] = seat.chain;
  return clip(words.seat(seat.wanted) || (first ? words.name(first) : seat.id), 80);
}

/** Each seat that is wanted with where it stands and whom that is about. */
export function seatStandings(incident: Incident) {
  return Object.values(incident.seats)
    .filter((seat) => isWanted(seat, incident))
    .map((seat) => ({ seat, status: seatStatus(incident, seat), person: seatPerson(incident, seat) }))
    .sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
}

/** After the fix nobody is missing; only whom somebody has paged since is still waited for. */
function isWanted({ pages }: SeatState, { phase, watch }: Incident): boolean {
  if (phase === 'open') return true;
  return phase === 'watching' && watch !== undefined && pages.some(({ last }) => last >= watch.since);
}

/** One row per seat. */
export function seatRows(incident: Incident, words: Words): readonly Row[] {
  return seatStandings(incident).map(({ seat, status, person }) => {
    const label = seatName(seat, words);
    // Somebody asked for by name need not be named twice.
    const named = person !== undefined && words.name(person) !== label;
    const value = named
      ? words.t('seat.person', { person: { person }, status: { word: `seat.${status}` } })
      : words.t(`seat.${status}`);
    return { label, value, tone: TONES[status] };
  });
}

/** Everybody wanted and everybody there. */
export function seatsCard(incident: Incident, words: Words): Card {
  const people = present(incident).map((person) => ({
    label: words.name(person),
    value: words.t(incident.command.commander === person ? 'card.commander' : 'seat.on-call'),
  }));
  return {
    key: 'seats',
    title: title(incident, words),
    version: incident.version,
    blocks: [
      ...cappedList(words.t('card.seats'), seatRows(incident, words), MOST_ROWS, words, 'record'),
      ...cappedList(words.t('card.people'), people, MOST_ROWS, words, 'record'),
    ],
  };
}
