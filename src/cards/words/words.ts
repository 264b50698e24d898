/** Turns keys and facts into sentences in a reader's language, zone and clock. */
import { createInstance } from 'i18next';
import { type Fact, type Facts, LONGEST_TITLE } from '../../core/contract.ts';
import type { Activity, Incident } from '../../core/incident.ts';
import { NEXT_COMMANDER } from '../../core/quorum.ts';
import { BY_HAND, COMMANDER, type Settings } from '../../core/settings.ts';
import {
  type ActivityId,
  BATON,
  type Duration,
  type Instant,
  type People,
  type PersonId,
  type SeatId,
} from '../../core/units.ts';
import { CATALOGUES } from './catalogues.ts';
import { clip } from './clip.ts';
import { instantsFor } from './instant.ts';
import { perReader, type Reader } from './reader.ts';

/** Sentences for one reader. All results are plain text: surfaces escape it for themselves. */
export interface Words {
  readonly reader: Reader;
  /**
   * The sentence of a key, filled with facts. An unknown key comes back as it is, and an unknown variable stays
   * standing, so that neither goes unnoticed. An empty text reads as `empty.<fact>` where there are words for that.
   * An activity `x` also fills `{{x.what}}` with its text. Plurals follow the fact `count`, or else the length of the
   * first list that the sentence names.
   */
  t(key: string, facts?: Facts): string;
  /** Whether there are words for a key. */
  has(key: string): boolean;
  fact(fact: Fact): string;
  name(person: PersonId): string;
  /** What an activity is about; one that was given no text of its own says it by its question or by what it undoes. */
  what(activity: Activity): string;
  /** `A3`, or `M3` for a mitigation. */
  activity(activity: ActivityId): string;
  /** A seat by what is wanted of it. */
  seat(wanted: string): string;
  /** A place where messages are published, by its name. */
  place(id: string): string;
  /** `12 min`, `1 h 30 min`. */
  lasting(duration: Duration): string;
  /** `14:05`; with the day where it is not that of the reference. */
  at(instant: Instant): string;
  /** `Anna, Ben and Chris`. */
  list(texts: readonly string[]): string;
}

/** Sentences of a reader that are kept: about what the cards of a hundred incidents say. Long ones are seldom said twice. */
const MOST_KEPT = 3_000;
const LONGEST_KEPT = 500;

/** A sentence can name about this many people before nobody listens any more. */
const MOST_NAMED = 12;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Keys are flat and carry their dots: one name, one grep. What people wrote never becomes a key, a variable or a nesting. */
const i18n = createInstance({
  resources: Object.fromEntries(Object.entries(CATALOGUES).map(([language, words]) => [language, { words }])),
  fallbackLng: 'en',
  ns: 'words',
  defaultNS: 'words',
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false, skipOnVariables: true },
});
void i18n.init();

const toolsFor = perReader((reader) => ({
  translate: i18n.getFixedT(reader.language),
  /** By key and what it was filled with: a card that is drawn again says mostly the same. */
  said: new Map<string, string>(),
  lists: new Intl.ListFormat(reader.language, { type: 'conjunction' }),
  numbers: new Intl.NumberFormat(reader.language),
  print: instantsFor(reader),
}));

/**
 * @param people the house's people; whoever is on the incident is known besides
 * @param incident where activities, seats and guests are looked up
 * @param places where messages are published, by what they are called in baton.yaml
 * @param today the day that needs no saying; default the incident's first
 */
export function wordsFor(
  reader: Reader,
  people: People,
  incident?: Incident,
  places: Settings['places'] = {},
  today?: Instant,
): Words {
  const { translate, said, lists, numbers, print } = toolsFor(reader);
  const reference = today ?? incident?.declared.at;

  const has = (key: string): boolean => i18n.exists(key, { lng: reader.language });

  const t = (key: string, facts: Facts = {}): string => {
    const filling = { replace: valuesOf(facts), ...countOf(key, facts) };
    // Most sentences of a card are filled with nothing.
    const exactly = Object.keys(facts).length === 0 ? key : JSON.stringify([key, filling]);
    const known = said.get(exactly);
    if (known !== undefined) return known;
    const text = translate(key, { ...filling, nest: false }) as string;
    if (said.size >= MOST_KEPT) said.clear();
    if (exactly.length <= LONGEST_KEPT) said.set(exactly, text);
    return text;
  };

  const valuesOf = (facts: Facts): Record<string, string> => {
    const values: Record<string, string> = {};
    for (const [name, fact] of Object.entries(facts)) {
      values[name] = fact === '' && has(`empty.${name}`) ? t(`empty.${name}`) : render(fact);
      if (name === 'wanted' && typeof fact === 'string') values[name] = seat(fact);
      if (name === 'place' && typeof fact === 'string') values[name] = place(fact);
      if (typeof fact === 'object' && 'activity' in fact) values[`${name}.what`] = whatOf(fact.activity);
    }
    return values;
  };

  const name = (person: PersonId): string =>
    person === BATON ? 'Baton' : (people[person]?.name ?? incident?.people[person]?.name ?? person);

  const what = ({ what: said, question, mitigation }: Activity): string => {
    if (said) return said;
    if (question) return t('activity.question', { question: { word: `question.${question}` } });
    const undone = mitigation?.reverses;
    return undone === undefined ? '' : t('activity.reversal', { activity: { activity: undone } });
  };

  const whatOf = (id: ActivityId): string => {
    const activity = incident?.activities[id - 1];
    return activity ? clip(what(activity), LONGEST_TITLE) : '';
  };

  const label = (activity: ActivityId): string =>
    `${incident?.activities[activity - 1]?.kind === 'mitigation' ? 'M' : 'A'}${activity}`;

  const listed = (texts: readonly string[]): string => (texts.length === 0 ? t('word.nobody') : lists.format(texts));

  const named = (people: readonly PersonId[]): readonly string[] => {
    const count = people.length - MOST_NAMED;
    return count > 1 ? [...people.slice(0, MOST_NAMED).map(name), t('word.more', { count })] : people.map(name);
  };

  const seat = (wanted: string): string => (wanted === COMMANDER ? t('card.commander') : wanted);

  const place = (id: string): string => places[id]?.name ?? (id === BY_HAND ? t('messages.by-hand') : id);

  const seatName = (id: SeatId): string => {
    if (id === NEXT_COMMANDER) return t('card.commander.next');
    const { wanted, chain } = incident?.seats[id] ?? { wanted: id, chain: [] };
    return seat(wanted) || listed(named(chain));
  };

  const lasting = (duration: Duration): string => {
    const parts = partsOf(duration).map(([unit, amount]) => t(`time.${unit}`, { amount }));
    return parts.join(' ');
  };

  const render = (fact: Fact): string => {
    if (typeof fact === 'string') return fact;
    if (typeof fact === 'number') return numbers.format(fact);
    if ('person' in fact) return name(fact.person);
    if ('people' in fact) return listed(named(fact.people));
    if ('at' in fact) return print(fact.at, reference);
    if ('lasting' in fact) return lasting(fact.lasting);
    if ('activity' in fact) return label(fact.activity);
    if ('activities' in fact) return listed(fact.activities.map(label));
    if ('severity' in fact) return fact.severity;
    if ('seat' in fact) return seatName(fact.seat);
    return t(fact.word);
  };

  return {
    reader,
    t,
    has,
    fact: render,
    name,
    what,
    activity: label,
    seat,
    place,
    lasting,
    at: (instant) => print(instant, reference),
    list: listed,
  };
}

/** What a sentence with plural forms counts; any number reads as many where nothing can be counted. */
function countOf(key: string, facts: Facts): { readonly count?: number } {
  const many = CATALOGUES.en?.[`${key}_other`];
  if (many === undefined) return {};
  if (typeof facts.count === 'number') return { count: facts.count };
  const counted = Object.entries(facts).find(
    ([name, fact]) => many.includes(`{{${name}}}`) && lengthOf(fact) !== undefined,
  );
  return { count: (counted && lengthOf(counted[1])) ?? 2 };
}

function lengthOf(fact: Fact): number | undefined {
  if (typeof fact !== 'object') return undefined;
  if ('people' in fact) return fact.people.length;
  return 'activities' in fact ? fact.activities.length : undefined;
}

/** As exact as a person on call needs it: seconds below ten minutes, minutes below a day, else hours. */
function partsOf(duration: Duration): readonly (readonly ['d' | 'h' | 'min' | 's', number])[] {
  const step = duration < 10 * MINUTE ? SECOND : duration < DAY ? MINUTE : HOUR;
  const rounded = Math.round(Math.max(duration, 0) / step) * step;
  const parts = [
    ['d', Math.floor(rounded / DAY)],
    ['h', Math.floor((rounded % DAY) / HOUR)],
    ['min', Math.floor((rounded % HOUR) / MINUTE)],
    ['s', (rounded % MINUTE) / SECOND],
  ] as const;
  const shown = parts.filter(([, amount]) => amount > 0);
  return shown.length > 0 ? shown : [['s', 0]];
}
