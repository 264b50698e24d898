/** Reads cards as people do: lines, rows, lists and buttons, whatever draws them. */
import type { Block, Button, Card, Row } from '../../src/cards/card.ts';
import { wordsFor } from '../../src/cards/words/words.ts';
import type { Room } from './room.ts';

type Of<T extends Block['type']> = Extract<Block, { readonly type: T }>;

export function blocksOf<T extends Block['type']>(card: Card, type: T): Of<T>[] {
  return card.blocks.filter((block): block is Of<T> & Block => block.type === type) as Of<T>[];
}

/** The large line on a card. */
export function lineOf(card: Card): string | undefined {
  return blocksOf(card, 'line')[0]?.text;
}

/** All rows, those of lists included. */
export function rowsOf(card: Card): readonly Row[] {
  return card.blocks.flatMap((block) =>
    block.type === 'rows' ? block.rows : block.type === 'list' ? block.items : [],
  );
}

/** The value of the first row with a label. */
export function valueAt(card: Card, label: string): string | undefined {
  return rowsOf(card).find((row) => row.label === label)?.value;
}

/** A list by its title, as `label: value`. */
export function listOf(card: Card, title: string): readonly string[] {
  const list = blocksOf(card, 'list').find((block) => block.title === title);
  return [...(list?.items ?? []).map(({ label, value }) => `${label}: ${value}`), ...(list?.more ? [list.more] : [])];
}

export function buttonsOf(card: Card): readonly Button[] {
  return blocksOf(card, 'buttons').flatMap(({ buttons }) => buttons);
}

export function buttonOf(card: Card, label: string): Button {
  const found = buttonsOf(card).find((button) => button.label === label);
  if (!found)
    throw new Error(
      `no button "${label}" among ${buttonsOf(card)
        .map((one) => one.label)
        .join(', ')}`,
    );
  return found;
}

/** Words for a room: English, in UTC, unless said otherwise. */
export function wordsOf(room: Room, language = 'en', zone = 'UTC') {
  return wordsFor({ language, zone }, room.world.people, room.incident, room.world.settings.places);
}
