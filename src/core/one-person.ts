/** People who turned out to be one: who they are now, and whether somebody can become another without leaving a gap. */
import type { Incident } from './incident.ts';
import { type Ids, type People, type Person, type PersonId, personNow } from './units.ts';

/**
 * The house's people, each once. Whoever turned out to be somebody else has given them their ids on the platforms.
 * Configured people are always themselves, and what is configured of them stands: their accounts are nobody else's.
 */
export function housePeople(signedIn: readonly Person[], configured: People): People {
  const theirs = new Set(Object.values(configured).flatMap(({ ids = {} }) => Object.entries(ids).map(spelled)));
  const met = new Map(signedIn.map((person) => [person.id, withoutThose(person, theirs)]));
  const fixed = Object.values(configured).map((person) => [person.id, withKept(person, met.get(person.id))] as const);
  const all: People = Object.fromEntries([...met, ...fixed]);
  const gone = new Map<PersonId, Person[]>();
  for (const person of Object.values(all)) {
    const now = whoIs(person, all, configured);
    if (now !== person.id) gone.set(now, [...(gone.get(now) ?? []), person]);
  }
  const others = new Set([...gone.values()].flat());
  const own = Object.values(all).filter((person) => !others.has(person));
  return Object.fromEntries(own.map((person) => [person.id, joined(person, gone.get(person.id) ?? [])]));
}

/** Where nothing is configured, the account by which a configured person was met counts. */
function withKept(person: Person, { ids, sameAs }: Partial<Person> = {}): Person {
  return ids === undefined || sameAs !== undefined ? person : { ...person, ids: { ...ids, ...person.ids } };
}

function withoutThose(person: Person, accounts: ReadonlySet<string>): Person {
  const own = Object.entries(person.ids ?? {});
  const left = own.filter((account) => !accounts.has(spelled(account)));
  return left.length === own.length ? person : { ...person, ids: Object.fromEntries(left) };
}

function spelled([surface, id]: readonly [string, string]): string {
  return `${surface} ${id.toLowerCase()}`;
}

function joined({ sameAs: _, ...person }: Person, gone: readonly Person[]): Person {
  if (gone.length === 0) return person;
  const alsoIds = gone.flatMap(({ ids }) => (ids ? [ids] : []));
  return { ...person, ids: Object.assign({}, ...alsoIds, person.ids) as Ids, also: gone.map(({ id }) => id), alsoIds };
}

/** Follows the ties to their end. Two that were tied to each other at once are both the first of them by id. */
function whoIs({ id }: Person, all: People, configured: People): PersonId {
  const seen: PersonId[] = [];
  for (let at = id; ; ) {
    const next = Object.hasOwn(configured, at) ? undefined : all[at]?.sameAs;
    if (next === undefined || !Object.hasOwn(all, next)) return at;
    if (seen.includes(at)) return seen.slice(seen.indexOf(at)).toSorted()[0] ?? at;
    seen.push(at);
    at = next;
  }
}

/** What is kept by person, of those who are one now taken together. */
export function byPersonNow(
  kept: Readonly<Record<PersonId, number>>,
  people: People,
  together: (one: number, other: number) => number,
): Readonly<Record<PersonId, number>> {
  const now = new Map<PersonId, number>();
  for (const [id, value] of Object.entries(kept)) {
    const person = personNow(people, id);
    const before = now.get(person);
    now.set(person, before === undefined ? value : together(before, value));
  }
  return Object.fromEntries(now);
}

/** Everybody whom an incident may have for something: `holdOf` has nothing of anybody else. */
export function namedIn({ command, activities, people, seats, prompts }: Incident): readonly PersonId[] {
  const named = [
    command.commander,
    command.offer?.to,
    ...activities.map(({ owner }) => owner),
    ...Object.keys(people),
    ...Object.values(seats).flatMap(({ pages }) => pages.map(({ person }) => person)),
    ...[...prompts.values()].map(({ to }) => to),
  ];
  return [...new Set(named.flatMap((person) => person ?? []))];
}

export type Hold = 'commands' | 'works' | 'called' | 'there' | 'asked';

/** What an incident has somebody for at this moment: nobody may vanish from under it. */
export function holdOf(incident: Incident, person: PersonId): Hold | undefined {
  const { phase, command, activities, seats, people, prompts } = incident;
  if (phase === 'closed') return undefined;
  if (command.commander === person || command.offer?.to === person) return 'commands';
  const isOpen = (status: string) => status !== 'finished' && status !== 'cancelled';
  if (activities.some(({ owner, status }) => owner === person && isOpen(status))) return 'works';
  const responder = people[person];
  if (responder && responder.on.length > 0) return 'there';
  const isCalled = Object.values(seats).some(({ pages }) =>
    pages.some((page) => page.person === person && !page.failed),
  );
  if (isCalled && responder?.released === undefined) return 'called';
  return [...prompts.values()].some(({ to }) => to === person) ? 'asked' : undefined;
}
