/** The languages there are, each a flat catalogue from key to sentence. */
import { de } from './de.ts';
import { en } from './en.ts';

export const CATALOGUES: Readonly<Record<string, Readonly<Record<string, string>>>> = { en, de };

/** What people pick their language from, each named in itself. */
export const LANGUAGES: readonly { readonly id: string; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'de', name: 'Deutsch' },
];

/** The sentences of one section (`console`), unfilled, by key: for pages that fill them in by themselves. */
export function section(language: string, name: string): Readonly<Record<string, string>> {
  const own = CATALOGUES[language.split('-')[0] ?? ''] ?? {};
  const keys = Object.keys(en).filter((key) => key.startsWith(`${name}.`));
  return Object.fromEntries(keys.map((key) => [key, own[key] ?? (en as Readonly<Record<string, string>>)[key] ?? '']));
}
