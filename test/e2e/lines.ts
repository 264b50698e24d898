// Tells by its words which prompt a line on a card is, as a person who reads English would.
import { en } from '../../src/cards/words/en.ts';

const FORM = /^prompt\.([a-z-]+)(?:_one|_other)?$/;

const LINES = Object.entries(en).flatMap(([key, sentence]) => {
  const line = FORM.exec(key)?.[1];
  if (line === undefined) return [];
  const like = sentence.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\{[^}]+\}\}/g, '.+');
  return [{ line, like: new RegExp(`^${like}$`), plain: sentence.replace(/\{\{[^}]+\}\}/g, '').length }];
});

/** @returns the name of the prompt (`judge-mitigation`), undefined for a line that is none */
export function promptOf(text: string): string | undefined {
  // Of two that fit, the one that leaves least to be filled in.
  return LINES.filter(({ like }) => like.test(text)).sort((a, b) => b.plain - a.plain)[0]?.line;
}
