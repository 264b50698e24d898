/** Words for whoever reads what goes out: their own language and zone, else English and the house's zone. */
import { readerOf } from '../cards/words/reader.ts';
import { type Words, wordsFor } from '../cards/words/words.ts';
import type { World } from '../core/contract.ts';
import type { Incident } from '../core/incident.ts';
import type { Person } from '../core/units.ts';

export function personalWords(person: Person, { settings, people }: World, incident: Incident): Words {
  return wordsFor(readerOf(person, { language: 'en', zone: settings.zone }), people, incident);
}

export function houseWords({ settings, people }: World, incident: Incident): Words {
  return wordsFor({ language: 'en', zone: settings.zone }, people, incident);
}
