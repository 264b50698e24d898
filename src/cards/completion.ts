/** Offers what can come next in a typed line, and says what the command being typed expects. */
import type { Command, Field, FieldValue } from '../core/contract.ts';
import { VIEWS } from './buttons.ts';
import type { Choice } from './form.ts';
import { tokensOf } from './tokens.ts';
import { commandTyped, near, readFields } from './typed.ts';
import type { Typing } from './typing.ts';

export interface Offer {
  /** What stands in the line once it is chosen. */
  readonly insert: string;
  /** The command or the choice, as data for words: a command's name, or a choice's label. */
  readonly command?: string;
  readonly label?: string;
}

export interface Completed {
  /** The stretch of the line that an offer replaces. */
  readonly from: number;
  readonly to: number;
  readonly offers: readonly Offer[];
  /** The command being typed, with the fields it has and the one that is expected now. */
  readonly command?: Command;
  readonly filled: Readonly<Record<string, FieldValue>>;
  readonly expects?: string;
}

const MOST_OFFERS = 8;

/** @param caret where in the line its writer is: what stands behind is left alone. */
export function complete(line: string, caret: number, typing: Typing): Completed {
  const before = line.slice(0, caret);
  const [, gap = '', word = ''] = /^(\s*)(\/?\S*)/.exec(before) ?? [];
  const nothing = { from: caret, to: caret, offers: [], filled: {} };
  if (typing.plain && !word.startsWith('/')) return nothing;
  if (gap.length + word.length === before.length) {
    const to = gap.length + (/^\S*/.exec(line.slice(gap.length))?.[0].length ?? 0);
    return { from: gap.length, to, offers: commandsFor(word, typing), filled: {} };
  }
  const command = commandTyped(word.replace(/^\//, ''), typing.commands);
  return command ? fieldsFor(line, caret, gap.length + word.length, command, typing) : nothing;
}

function commandsFor(word: string, typing: Typing): Offer[] {
  const typed = word.replace(/^\//, '');
  const offered = typing.commands.filter(({ right }) => right !== 'adapter');
  const slash = typing.plain || word.startsWith('/') ? '/' : '';
  const names = typed === '' ? [...offered.map(({ name }) => name), ...VIEWS] : near(typed, offered);
  return names
    .slice(0, typed === '' ? names.length : MOST_OFFERS)
    .map((name) => ({ insert: `${slash}${name} `, command: name }));
}

function fieldsFor(line: string, caret: number, start: number, command: Command, typing: Typing): Completed {
  const all = typing.fieldsOf(command);
  const last = tokensOf(line.slice(start, caret)).at(-1);
  const inWord = last !== undefined && start + last.to === caret;
  const from = inWord ? start + last.from : caret;
  const word = inWord ? line.slice(from, caret) : '';
  const settled = readFields(line.slice(start, from), command, typing);
  const open = Object.entries(all).filter(([name]) => !(name in settled.fields));

  const key = inWord ? last.name : undefined;
  const asked = key === undefined ? open : Object.entries(all).filter(([name]) => name === key);
  const mention = word.startsWith('@');
  const [expected] = asked.filter(([, field]) => !mention || field.type === 'person' || field.type === 'people') ?? [];
  const typed = (key === undefined ? word : (last?.text ?? '')).toLowerCase();
  const offers = expected ? choicesFor(expected[1], typed, typing) : [];
  const prefix = key === undefined ? '' : `${word.slice(0, key.length + 1)}`;
  const names =
    key === undefined && typed.length > 1
      ? open
          .filter(([name]) => name.toLowerCase().startsWith(typed))
          .map(([name]) => ({ insert: `${name}:`, label: `${name}:` }))
      : [];
  const filled = readFields(line.slice(start), command, typing).fields;
  const rest = /^\S*/.exec(line.slice(caret))?.[0].length ?? 0;
  return {
    from,
    to: inWord ? caret + rest : caret,
    offers: [...offers.map((offer) => ({ ...offer, insert: `${prefix}${offer.insert} ` })), ...names].slice(
      0,
      MOST_OFFERS,
    ),
    command,
    filled,
    ...(expected ? { expects: expected[0] } : {}),
  };
}

/** Choices that begin with what is typed come before those that only hold it. */
function choicesFor(field: Field, typed: string, typing: Typing): Offer[] {
  const bare = typed.replace(/^@/, '');
  const choices = typing.choicesOf(field) ?? [];
  const rank = ({ value, label }: { value: string; label: string }) => {
    const said = [value, label].map((text) => text.toLowerCase());
    if (said.some((text) => text.startsWith(bare))) return 0;
    return said.some((text) => text.includes(bare)) ? 1 : 2;
  };
  const person = field.type === 'person' || field.type === 'people';
  return choices
    .filter((choice) => bare === '' || rank(choice) < 2)
    .sort((a, b) => rank(a) - rank(b))
    .map(({ value, label }) => ({ insert: person ? `@${unique(label, choices) ? label : value}` : value, label }));
}

function unique(label: string, choices: readonly Choice[]): boolean {
  return choices.filter((other) => other.label.toLowerCase() === label.toLowerCase()).length === 1;
}
