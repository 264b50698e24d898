/** Tells whether words look like a value of a field: a person, an activity, a time, one of its choices. */
import type { Field, FieldValue } from '../core/contract.ts';
import type { People } from '../core/units.ts';
import type { Choice } from './form.ts';
import type { Token } from './tokens.ts';
import type { Typing } from './typing.ts';

export interface Match {
  readonly value: FieldValue;
  /** How many tokens it takes. */
  readonly length: number;
}

/** Longest name or choice that is looked for, in words. */
const LONGEST_NAME = 4;

const DURATION = /^(?=\d)(\d+h)?(\d+m(in)?)?(\d+s(ec)?)?$/i;
const CLOCK = /^([01]?\d|2[0-3])[:.][0-5]\d$/;
/** Words before a time that say nothing more than that one follows. */
const BEFORE_TIMES = ['in', 'by', 'until', 'till', 'for', 'at', 'bis', 'um', 'für'];
/** Words before a name that say nothing more than that one follows. */
const BEFORE_PEOPLE = ['to', 'an', 'with', 'mit'];
const AND = ['and', 'und', '&', '+', ','];

/**
 * How sure a word has to be. `short`: a bare number or name will do. `marked`: only what can hardly be meant otherwise.
 * `known`: as `short`, and an activity has to be one that the field offers.
 */
export type Form = 'short' | 'known' | 'marked';

/** Whether tokens begin with a value of the field. */
export function match(
  tokens: readonly Token[],
  name: string,
  field: Field,
  typing: Typing,
  form: Form,
): Match | undefined {
  const [first] = tokens;
  if (!first || (first.quoted && field.type !== 'person' && field.type !== 'people')) return undefined;
  const word = first.text;
  const short = form !== 'marked';
  switch (field.type) {
    case 'text':
      return undefined;
    case 'person':
      return person(tokens, typing, short);
    case 'people':
      return people(tokens, typing, short);
    case 'activity':
      return only(isActivity(word, field, typing, form), word);
    case 'severity':
      return only(short && /^\d$/.test(word), word) ?? choice(tokens, typing.choicesOf(field), short, /^sev-?\d$/i);
    case 'duration':
    case 'moment':
      return time(tokens, field.type, short);
    case 'number':
      return only(short && /^\d{1,9}$/.test(word), word);
    case 'yes':
      if (word.toLowerCase() === name.toLowerCase()) return { value: true, length: 1 };
      return only(short && /^(yes|no|ja|nein|on|off)$/i.test(word), word);
    default:
      return short ? choice(tokens, typing.choicesOf(field), short) : undefined;
  }
}

function isActivity(word: string, field: Field, typing: Typing, form: Form): boolean {
  const [, letter, id] = /^([AM]?)(\d{1,6})$/i.exec(word) ?? [];
  if (id === undefined || form === 'marked') return id !== undefined && letter !== '';
  return form === 'short' || typing.choicesOf(field)?.some(({ value }) => value === id) === true;
}

function only(fits: boolean, value: string): Match | undefined {
  return fits ? { value, length: 1 } : undefined;
}

function time(tokens: readonly Token[], type: 'duration' | 'moment', short: boolean): Match | undefined {
  const led = BEFORE_TIMES.includes(tokens[0]?.text.toLowerCase() ?? '') ? 1 : 0;
  const word = tokens[led]?.text ?? '';
  const fits = DURATION.test(word) || (type === 'moment' && CLOCK.test(word)) || (short && /^\d{1,4}$/.test(word));
  return fits ? { value: word, length: led + 1 } : undefined;
}

/** `@Ben`, `@Ben Ito`, `ben`, `me`; in its marked form only with the @. */
function person(tokens: readonly Token[], typing: Typing, short: boolean): Match | undefined {
  const [first] = tokens;
  if (!first) return undefined;
  const at = first.text.startsWith('@');
  if (!at && !short) return undefined;
  if (BEFORE_PEOPLE.includes(first.text.toLowerCase())) {
    const led = person(tokens.slice(1), typing, short);
    if (led) return { value: led.value, length: led.length + 1 };
  }
  if (first.text.toLowerCase().replace(/^@/, '') === 'me') return { value: typing.by, length: 1 };
  for (let length = Math.min(LONGEST_NAME, tokens.length); length > 0; length -= 1) {
    const name = phrase(tokens, length).replace(/^@/, '').replace(/,$/, '');
    const found = named(name, typing.people, at || !short ? 'any word' : 'first word');
    if (found) return { value: found, length };
  }
  // Nobody that is known: said as it is, so that the answer can ask who is meant.
  return at ? { value: first.text, length: 1 } : undefined;
}

function people(tokens: readonly Token[], typing: Typing, short: boolean): Match | undefined {
  const found: string[] = [];
  let at = 0;
  while (at < tokens.length) {
    const and = found.length > 0 && AND.includes(tokens[at]?.text.toLowerCase() ?? '') ? 1 : 0;
    const listed = tokens[at + and]?.text.includes(',') ? list(tokens[at + and]?.text ?? '', typing) : undefined;
    const next = listed ?? person(tokens.slice(at + and), typing, short);
    if (!next) break;
    found.push(...[next.value].flat().map(String));
    at += and + next.length;
  }
  return found.length > 0 ? { value: found, length: at } : undefined;
}

/** `ben,chris` in one word. */
function list(word: string, typing: Typing): Match | undefined {
  const names = word.split(',').filter((name) => name !== '');
  const ids = names.map((name) => named(name.replace(/^@/, ''), typing.people, 'any word'));
  return ids.length > 1 && ids.every((id) => id !== undefined) ? { value: ids, length: 1 } : undefined;
}

/** The one person with this id, name or word of a name; nobody when it could be two. */
function named(name: string, known: People, part: 'any word' | 'first word'): string | undefined {
  const lower = name.toLowerCase();
  const all = Object.values(known);
  const exact = all.filter((one) => one.id.toLowerCase() === lower || one.name.toLowerCase() === lower);
  if (exact.length > 0) return exact.length === 1 ? exact[0]?.id : undefined;
  const partly = all.filter((one) => {
    const words = one.name.toLowerCase().split(/\s+/);
    return part === 'any word' ? words.includes(lower) : words[0] === lower;
  });
  return partly.length === 1 ? partly[0]?.id : undefined;
}

/** `no effect`, `no-effect` or what the reader's language calls it. */
function choice(
  tokens: readonly Token[],
  choices: readonly Choice[] | undefined,
  short: boolean,
  marked?: RegExp,
): Match | undefined {
  if (!short && !marked?.test(tokens[0]?.text ?? '')) return undefined;
  for (let length = Math.min(LONGEST_NAME, tokens.length); length > 0; length -= 1) {
    const said = plain(phrase(tokens, length));
    const found = choices?.find(({ value, label }) => plain(value) === said || plain(label) === said);
    if (found) return { value: found.value, length };
  }
  return undefined;
}

function phrase(tokens: readonly Token[], length: number): string {
  return tokens
    .slice(0, length)
    .map(({ text }) => text)
    .join(' ');
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s'’-]+/g, '');
}
