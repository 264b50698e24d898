/** People who are heard for the first time: known again by their account, or new under a readable id of their own. */
import type { Directory, Introduced } from '../ports.ts';
import { BATON, type Heard, ownerOf, type People, type Person } from '../units.ts';
import type { Surroundings } from './surroundings.ts';
import { MOST_TRIES, type Turns } from './turns.ts';

const LONGEST_NAME = 80;

export interface Newcomers {
  readonly directory: Directory;
  readonly surroundings: Surroundings;
  readonly turns: Turns;
  /** Other instances add people too. */
  readonly isShared: boolean;
  /** People of baton.yaml. */
  readonly configured: People;
}

interface More {
  readonly zone?: string;
  readonly account?: Heard;
}

export function createNewcomers({ directory, surroundings, turns, isShared, configured }: Newcomers) {
  /** One after the other, so that two whose names come to the same id at once stay two. */
  return (name: string, more: More = {}): Promise<Introduced> => turns.inTurn('people', () => introduce(name, more));

  async function introduce(name: string, { zone, account }: More): Promise<Introduced> {
    const clean = name.toWellFormed().replace(/\s+/g, ' ').trim().slice(0, LONGEST_NAME);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      // Another instance may have met somebody of nearly that name a moment ago.
      if (isShared) surroundings.forget();
      const { people } = await surroundings.world();
      const same = named(clean, people);
      const met = account ? (ownerOf(people, account) ?? (fits(same, account) ? same : undefined)) : same;
      if (met) {
        if (!account || met.ids?.[account.surface] !== undefined) return { person: met, namesake: false };
        const isTheirs = await directory.bind(met, account.surface, account.ids[0]);
        surroundings.forget();
        // An account that is remembered stays whose it was, whatever was kept of that person before they were configured.
        if (isTheirs || (account.remembered !== undefined && tries > 0)) return { person: met, namesake: false };
        continue;
      }
      const called = freeName(clean, people);
      const ids = account && { [account.surface]: account.ids[0] };
      const person: Person = { id: idFor(called, people), name: called, ...(zone && { zone }), ...(ids && { ids }) };
      const joined = await directory.join(person);
      surroundings.forget();
      if (joined) return { person, namesake: called !== clean };
    }
    throw new Error(`no free id was found for ${clean}`);
  }

  /**
   * Whether somebody may be whoever has an account of their name. Only where nobody picks their name themselves, and
   * nothing is known against it: whoever was met by another account may be a namesake.
   */
  function fits(person: Person | undefined, { surface, vouched }: Heard): boolean {
    if (!person || !vouched) return false;
    const ids = Object.keys(person.ids ?? {});
    return Object.hasOwn(configured, person.id) ? !ids.includes(surface) : ids.length === 0;
  }
}

function named(name: string, people: People): Person | undefined {
  const read = asRead(name);
  return Object.values(people).find((person) => asRead(person.name) === read);
}

/** What nobody sees makes no name another one. */
function asRead(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase();
}

/** The name itself, numbered where somebody has it. */
function freeName(name: string, people: People): string {
  let free = name;
  for (let n = 2; named(free, people); n += 1) free = `${name} (${n})`;
  return free;
}

/** A readable id from a name; numbered where it is taken, also by somebody who turned out to be another person. */
function idFor(name: string, people: People): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const stem = plain === '' || plain === BATON || plain === 'room' ? `person-${plain || 'x'}` : plain;
  const taken = new Set(Object.values(people).flatMap(({ id, also = [] }) => [id, ...also]));
  let id = stem;
  for (let n = 2; taken.has(id); n += 1) id = `${stem}-${n}`;
  return id;
}
