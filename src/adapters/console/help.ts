/** The page's own words, and the commands in the order and under the headings of the guide. */
import { LANGUAGES, section } from '../../cards/words/catalogues.ts';
import type { Field } from '../../core/contract.ts';
import { nameable, OFFERED } from '../../desk/offered.ts';
import { type Eyes, wordsOf } from './render.ts';
import type { Help, PageWords } from './wire.ts';

/** The words of pages in a language, English standing in for what it lacks. */
export function catalogue(wanted: string): PageWords {
  const [stem] = wanted.split('-');
  const language = LANGUAGES.find(({ id }) => id === wanted || id === stem)?.id ?? 'en';
  return { language, languages: LANGUAGES, words: section(language, 'console') };
}

export function helpFor(eyes: Eyes): Help {
  const words = wordsOf(eyes);
  const commands = OFFERED.map(({ name, aliases, guide, fields }) => ({
    guide: words.t(`guide.${guide}`),
    usage: [`/${name}`, ...Object.entries(nameable(fields, words)).map(([field, one]) => usage(field, one))].join(' '),
    aliases,
    text: words.t(`command.${name}.what`),
  }));
  return { commands };
}

function usage(name: string, { required }: Field): string {
  return required ? `<${name}>` : `[${name}]`;
}
