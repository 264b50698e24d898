/** The JSON of Adaptive Cards, and how people's words stay words in it. */

export type Json = { readonly [name: string]: unknown };

/** Clients fill in `{{DATE(...)}}` and `{{TIME(...)}}` even in text runs; an invisible joiner keeps them as written. */
export function plain(text: string): string {
  return text.replaceAll('{{', '{\u2060{');
}
