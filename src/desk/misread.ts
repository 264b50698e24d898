/** A line that is no command: what may have been meant, and where nothing is open, the way to declare it. */
import type { Button, Card } from '../cards/card.ts';
import type { Typed } from '../cards/typed.ts';
import type { Words } from '../cards/words/words.ts';
import { LONGEST_TITLE } from '../core/contract.ts';

type Problem = Extract<Typed, { readonly problem: string }>;

export interface Misread {
  readonly card: Card;
  /** The same as one line. */
  readonly text: string;
}

/** @param title what was typed, where it may be the title of an incident */
export function misread({ problem, facts, near }: Problem, title: string | undefined, words: Words): Misread {
  const line = words.t(`refusal.${problem}`, facts);
  const meant =
    near.length > 0 ? words.t('desk.near', { near: words.list(near.map((name) => `/${name}`)) }) : undefined;
  const declare: Button | undefined =
    title !== undefined && meant === undefined
      ? {
          label: words.t('button.declare'),
          command: 'declare',
          fields: { title: title.slice(0, LONGEST_TITLE).toWellFormed() },
          form: false,
          primary: true,
        }
      : undefined;
  const { command: about } = facts;
  const help: Button = {
    label: words.t('button.help'),
    command: 'help',
    fields: typeof about === 'string' ? { about } : {},
    form: false,
  };
  const way = about === undefined ? words.t('desk.all') : words.t('desk.takes', { command: about });
  const card: Card = {
    key: 'problem',
    title: words.t('card.refusal'),
    blocks: [
      { type: 'line', text: line, tone: 'warn', ...(declare ? { why: words.t('desk.declare-instead') } : {}) },
      ...(meant === undefined ? [] : [{ type: 'text', text: meant } as const]),
      { type: 'buttons', buttons: declare ? [declare, help] : [help] },
    ],
  };
  return { card, text: `${line} ${meant ?? way}` };
}
