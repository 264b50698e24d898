/** In whose words something is said: those of one person, or of the house where many read the same. */
import { type Reader, readerOf } from '../cards/words/reader.ts';
import { type Words, wordsFor } from '../cards/words/words.ts';
import type { World } from '../core/contract.ts';
import type { Incident } from '../core/incident.ts';
import type { PersonId } from '../core/units.ts';

/** What a surface knows of how its people read. */
export interface Reading {
  /** The house's language, for cards that many read. */
  readonly language: string;
  readonly crew: {
    /** Language of somebody's client. */
    localeOf(person: PersonId): string | undefined;
  };
}

/** Words for everybody in a room. */
export function houseWords(desk: Reading, world: World, incident?: Incident): Words {
  return wordsFor(houseReader(desk, world), world.people, incident, world.settings.places);
}

/** Words for one person: their own settings first, then the language of their client. */
export function wordsOf(desk: Reading, world: World, person: PersonId, incident?: Incident): Words {
  const locale = desk.crew.localeOf(person);
  const client = readerOf(locale ? { language: locale } : undefined, houseReader(desk, world));
  return wordsFor(readerOf(world.people[person], client), world.people, incident, world.settings.places);
}

function houseReader({ language }: Reading, { settings }: World): Reader {
  return { language, zone: settings.zone };
}
