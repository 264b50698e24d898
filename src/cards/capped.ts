/** Keeps lists and facts to what a card can hold, and says what was left out. */
import type { Facts } from '../core/contract.ts';
import type { Block, Row } from './card.ts';
import { clip } from './words/clip.ts';
import type { Words } from './words/words.ts';

/**
 * A list of at most `cap` rows; where there are more, the number left out and where they all are: the command that shows
 * them, or `record`.
 * @returns nothing for an empty list
 */
export function cappedList(
  title: string,
  rows: readonly Row[],
  cap: number,
  words: Words,
  where?: string,
): readonly Block[] {
  if (rows.length === 0) return [];
  const items = rows.slice(0, cap);
  const count = rows.length - items.length;
  if (count === 0) return [{ type: 'list', title, items }];
  return [{ type: 'list', title, items, more: leftOut(count, where, words) }];
}

function leftOut(count: number, where: string | undefined, words: Words): string {
  if (where === undefined) return words.t('card.more', { count });
  return where === 'record'
    ? words.t('card.more.record', { count })
    : words.t('card.more.command', { count, command: where });
}

/** Facts with what people wrote cut short, for lines that must stay lines. */
export function clippedFacts(facts: Facts): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, typeof fact === 'string' ? clip(fact) : fact]),
  );
}
