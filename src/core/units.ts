/** The small types that every other file of the core speaks in. */

/** Milliseconds since 1970-01-01 UTC. */
export type Instant = number;

/** Milliseconds. */
export type Duration = number;

/** Stable id of a person: a key of `people` in baton.yaml, or one made from a typed name. */
export type PersonId = string;

/** Who acts when nobody does: Baton itself, ringing its clocks. */
export const BATON: PersonId = 'baton';

/** `INC-1`, `INC-2`, ...: numbered by the store. */
export type IncidentId = string;

/** Activities are numbered from 1 within their incident and shown as `A1` (mitigations as `M1`). */
export type ActivityId = number;

/** A key of `seats` in baton.yaml, or `asked-N` for somebody paged by hand. */
export type SeatId = string;

/** `SEV-1` and so on: the ids of the severity table. */
export type SeverityId = string;

/** A person as the directory knows them. */
export interface Person {
  readonly id: PersonId;
  readonly name: string;
  /** IANA time zone; night hours and shown times follow it. Default: the house's zone. */
  readonly zone?: string;
  /** Shown to the commander when paging fails. */
  readonly phone?: string;
  readonly email?: string;
  readonly language?: string;
  /** Twelve-hour clock instead of 24 h. */
  readonly hour12?: boolean;
  /** Their account on each platform, by surface name. */
  readonly ids?: Ids;
  /** Kept in the directory: they turned out to be this other person, who has their `ids` from then on. */
  readonly sameAs?: PersonId;
  /** Among the house's people: ids of those who turned out to be this person, and the accounts that those had. */
  readonly also?: readonly PersonId[];
  readonly alsoIds?: readonly Ids[];
}

export type Ids = Readonly<Record<string, string>>;

/** Somebody as a platform knows them. */
export interface Account {
  readonly person: PersonId;
  readonly surface: string;
  /** As in `ids` of a person. */
  readonly id: string;
}

/** An account as its platform tells of it when it is heard. */
export interface Heard {
  readonly surface: string;
  /** All that the platform calls it; the first is what is kept. */
  readonly ids: readonly [string, ...string[]];
  /** Who the surface remembers it to be. */
  readonly remembered?: PersonId | undefined;
  /**
   * Its name was given by an organisation, not chosen by whoever has it: where nobody's account is known, it may be that
   * of the person of that name.
   */
  readonly vouched: boolean;
}

export type People = Readonly<Record<PersonId, Person>>;

/** Whoever an id stands for now: old cards, sessions and notes know people by ids that are no longer theirs. */
export function personNow(people: People, id: PersonId): PersonId {
  if (Object.hasOwn(people, id)) return id;
  return Object.values(people).find(({ also }) => also?.includes(id))?.id ?? id;
}

/** Whose account it is: by what is kept of people, else as the surface remembers, unless that person has another one. */
export function ownerOf(people: People, { surface, ids, remembered }: Omit<Heard, 'vouched'>): Person | undefined {
  const spellings = ids.map((id) => id.toLowerCase());
  const accounts = ({ ids: own = {}, alsoIds = [] }: Person) => [own, ...alsoIds].flatMap((all) => all[surface] ?? []);
  const kept = Object.values(people).find((person) =>
    accounts(person).some((account) => spellings.includes(account.toLowerCase())),
  );
  if (kept || remembered === undefined) return kept;
  const now = personNow(people, remembered);
  const person = Object.hasOwn(people, now) ? people[now] : undefined;
  return person && accounts(person).length === 0 ? person : undefined;
}
