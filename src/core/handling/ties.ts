/** Two accounts that are one person: ties them, where nobody vanishes from an incident for it. */
import { type Refusal, refuse } from '../contract.ts';
import type { Incident } from '../incident.ts';
import { type Hold, holdOf } from '../one-person.ts';
import type { Directory, Intake, Store } from '../ports.ts';
import { type Account, type IncidentId, type People, type PersonId, personNow } from '../units.ts';
import type { Surroundings } from './surroundings.ts';
import type { Turns } from './turns.ts';

export interface Ties {
  readonly directory: Directory;
  readonly store: Pick<Store, 'list'>;
  readonly incident: (id: IncidentId) => Promise<Incident | undefined>;
  readonly surroundings: Surroundings;
  readonly turns: Turns;
  /** People of baton.yaml. */
  readonly configured: People;
}

type Tied = Awaited<ReturnType<Intake['unite']>>;

/** Why somebody is needed as they are, in one incident. */
interface Held {
  readonly hold: Hold;
  readonly incident: IncidentId;
}

export function createTies({ directory, store, incident, surroundings, turns, configured }: Ties) {
  /** Among people as they sign in: whoever goes must not be met anew meanwhile. */
  return (one: Account, other: Account): Promise<Tied> => turns.inTurn('people', () => unite(one, other));

  async function unite(one: Account, other: Account): Promise<Tied> {
    // Another instance may have tied them a moment ago.
    surroundings.forget();
    const { people, commanded } = await surroundings.world();
    const [first, second] = [personNow(people, one.person), personNow(people, other.person)];
    if (first === second) return { kept: first };
    const both = [first, second];
    const fixed = both.filter((person) => Object.hasOwn(configured, person));
    if (fixed.length === 2)
      return { refusal: refuse('link-configured', { people: { people: both } }, { command: 'help' }) };
    const held = await heldOf(both);
    // Who is needed as they are stays; else who is known better, and longer.
    const met = Object.keys(people);
    const [kept = first] =
      fixed.length > 0
        ? fixed
        : both.toSorted(
            (a, b) =>
              Number(held.has(b)) - Number(held.has(a)) ||
              (commanded[b] ?? 0) - (commanded[a] ?? 0) ||
              met.indexOf(a) - met.indexOf(b),
          );
    const goes = kept === first ? second : first;
    const needed = held.get(goes);
    if (needed) return { refusal: stays(goes, needed) };
    const stored = (await directory.people()).find(({ id }) => id === goes);
    const name = people[goes]?.name ?? goes;
    const [going, staying] = goes === first ? [one, other] : [other, one];
    const ids = { ...stored?.ids, [going.surface]: going.id };
    await directory.add({ id: goes, name, ...stored, ids, sameAs: kept });
    const known = people[kept];
    if (known && known.ids?.[staying.surface] === undefined) await directory.bind(known, staying.surface, staying.id);
    surroundings.forget();
    return { kept };
  }

  async function heldOf(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Held>> {
    const found = new Map<PersonId, Held>();
    for (const { id, named = people } of await store.list({})) {
      const here = people.filter((person) => named.includes(person));
      const open = here.length > 0 ? await incident(id) : undefined;
      for (const person of here) {
        const hold = open && holdOf(open, person);
        if (hold && !found.has(person)) found.set(person, { hold, incident: id });
      }
    }
    return found;
  }
}

function stays(person: PersonId, { hold, incident }: Held): Refusal {
  return refuse(`link-${hold}`, { person: { person }, incident }, { command: 'board' });
}
