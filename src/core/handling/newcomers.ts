/** People who sign in: known again by their name, or new under a readable id of their own. */
import type { Directory } from '../ports.ts';
import { BATON, type People, type Person } from '../units.ts';
import type { Surroundings } from './surroundings.ts';
import { MOST_TRIES, type Turns } from './turns.ts';

const LONGEST_NAME = 80;

/** @param isShared other instances add people too */
export function createNewcomers(directory: Directory, surroundings: Surroundings, turns: Turns, isShared: boolean) {
  /** One after the other, so that two whose names come to the same id at once stay two. */
  return (name: string, zone?: string): Promise<Person> => turns.inTurn('people', () => introduce(name, zone));

  async function introduce(name: string, zone?: string): Promise<Person> {
    const clean = name.toWellFormed().replace(/\s+/g, ' ').trim().slice(0, LONGEST_NAME);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      // Another instance may have met somebody of nearly that name a moment ago.
      if (isShared) surroundings.forget();
      const { people } = await surroundings.world();
      const same = Object.values(people).find((person) => person.name.toLowerCase() === clean.toLowerCase());
      if (same) return same;
      const person: Person = { id: idFor(clean, people), name: clean, ...(zone === undefined ? {} : { zone }) };
      const joined = await directory.join(person);
      surroundings.forget();
      if (joined) return person;
    }
    throw new Error(`no free id was found for ${clean}`);
  }
}

/** A readable id from a name; numbered where it is taken. */
function idFor(name: string, people: People): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const stem = plain === '' || plain === BATON || plain === 'room' ? `person-${plain || 'x'}` : plain;
  let id = stem;
  for (let n = 2; Object.hasOwn(people, id); n += 1) id = `${stem}-${n}`;
  return id;
}
