/** Reads a typed line as a command with its fields: `/delegate @Ben look at the database 15m`. */
import type { Command, Facts, Field, Fields, FieldValue } from '../core/contract.ts';
import { isView, VIEW_FIELDS, VIEWS } from './buttons.ts';
import { type Form, type Match, match } from './matching.ts';
import { type Token, tokensOf } from './tokens.ts';
import type { Typing } from './typing.ts';

/** Values are as typed: the command itself reads them further and says what is wrong or missing. */
export type Typed =
  | { readonly command: string; readonly fields: Readonly<Record<string, FieldValue>> }
  /** `near` are commands that may have been meant. */
  | { readonly problem: string; readonly facts: Facts; readonly near: readonly string[] };

export function readLine(line: string, typing: Typing): Typed {
  const trimmed = line.trim();
  if (typing.plain && !trimmed.startsWith('/')) {
    return { command: typing.plain.command, fields: trimmed ? { [typing.plain.field]: trimmed } : {} };
  }
  const [, word = ''] = /^\/?\s*(\S*)/.exec(trimmed) ?? [];
  // Whoever types no more than the sign of a command, or calls Baton without a word, looks for what there is.
  if (word === '') return { command: 'help', fields: {} };
  const rest = trimmed.slice(trimmed.indexOf(word) + word.length);
  const command = commandTyped(word, typing.commands);
  const view = word.toLowerCase();
  if (!command && isView(view)) {
    const about = rest.trim().replace(/^\//, '');
    return { command: view, fields: about ? { [VIEW_FIELDS[view] ?? 'about']: about } : {} };
  }
  if (!command) return { problem: 'typed-unknown', facts: { given: word }, near: near(word, typing.commands) };
  const { fields, surplus } = readFields(rest, command, typing);
  return surplus === undefined
    ? { command: command.name, fields }
    : { problem: 'typed-surplus', facts: { given: surplus, command: command.name }, near: [] };
}

/** By name or alias, whatever the case. */
export function commandTyped(word: string, commands: readonly Command[]): Command | undefined {
  const lower = word.toLowerCase();
  return commands.find(({ name, aliases }) => name === lower || aliases.includes(lower));
}

/**
 * Fills fields from what stands behind the command's name: named ones (`owner:ben`) first, then by what words look
 * like, in the order of the fields; what is left over is the text. `surplus` is what fits nowhere.
 */
export function readFields(
  rest: string,
  command: Command,
  typing: Typing,
): { readonly fields: Readonly<Record<string, FieldValue>>; readonly surplus?: string } {
  const all = typing.fieldsOf(command);
  const filled: Record<string, FieldValue> = {};
  const open = () => Object.entries(all).filter(([name]) => !(name in filled));
  let left = takeNamed(rest, tokensOf(rest), all, filled);

  // Short forms (a bare number, a name) count only in front; inside a text they are part of what is said.
  while (left.length > 0) {
    const found =
      firstMatch(left, open(), typing, 'known') ??
      firstMatch(left, open(), typing, 'short') ??
      firstPerson(left, all, filled);
    if (!found) break;
    filled[found.name] = found.value;
    left = left.slice(found.length);
  }
  // Marked forms (@ben, M3, SEV-1, 15m) count at the end too, as long as a text keeps something to say.
  const texts = open().filter(([, field]) => field.type === 'text');
  for (let found = lastMatch(left, open(), typing); found; found = lastMatch(left, open(), typing)) {
    if (texts.length > 0 && found.length >= left.length) break;
    filled[found.name] = found.value;
    left = left.slice(0, -found.length);
  }
  if (left.length === 0) return { fields: filled };
  const said = (tokens: readonly Token[]) => saying(rest, tokens);
  if (texts.length === 0) return { fields: filled, surplus: said(left) };
  const apart = texts.length > 1 && left.length > 1 && left.length <= texts.length && left.every((one) => one.quoted);
  if (apart) for (const [index, token] of left.entries()) filled[texts[index]?.[0] ?? ''] = token.text;
  else filled[texts[0]?.[0] ?? ''] = said(left);
  return { fields: filled };
}

/** Takes out `name:value`; an unquoted text goes on until the next name. */
function takeNamed(rest: string, tokens: Token[], all: Fields, filled: Record<string, FieldValue>): Token[] {
  const nameOf = (token: Token) =>
    Object.keys(all).find((name) => name.toLowerCase() === token.name?.toLowerCase() && !(name in filled));
  const left: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    const name = nameOf(token);
    if (name === undefined) {
      left.push(token);
      continue;
    }
    filled[name] = token.text;
    if (all[name]?.type !== 'text' || token.quoted) continue;
    const start = token.to - token.text.length;
    let last = token;
    for (let next = tokens[at + 1]; next && nameOf(next) === undefined; next = tokens[at + 1]) {
      last = next;
      at += 1;
    }
    filled[name] = rest.slice(start, last.to);
  }
  return left;
}

/**
 * Fields that stand behind a text take a bare word only where they are required: the rest is part of what is said.
 * The number of an activity of one's own is always one.
 */
function firstMatch(
  tokens: readonly Token[],
  open: readonly (readonly [string, Field])[],
  typing: Typing,
  form: Form,
): (Match & { readonly name: string }) | undefined {
  const text = open.findIndex(([, field]) => field.type === 'text');
  for (const [index, [name, field]] of open.entries()) {
    const own = form === 'known' && field.type === 'activity' && field.of === 'mine';
    const bare = text < 0 || field.required || index < text || own;
    const found = match(tokens, name, field, typing, bare ? form : 'marked');
    if (found) return { ...found, name };
  }
  return undefined;
}

/** The longest marked ending that fills an open field. */
function lastMatch(tokens: readonly Token[], open: readonly (readonly [string, Field])[], typing: Typing) {
  for (let from = Math.max(0, tokens.length - 4); from < tokens.length; from += 1) {
    const found = firstMatch(tokens.slice(from), open, typing, 'marked');
    if (found && from + found.length === tokens.length) return found;
  }
  return undefined;
}

/** Where a person has to be named first, the first word is taken for one, so that the answer can say who is unknown. */
function firstPerson(tokens: readonly Token[], all: Fields, filled: Readonly<Record<string, FieldValue>>) {
  const [name, field] = Object.entries(all)[0] ?? [];
  if (name === undefined || name in filled || field?.type !== 'person' || !field.required) return undefined;
  return { name, value: (tokens[0] as Token).text, length: 1 };
}

function saying(rest: string, tokens: readonly Token[]): string {
  const [first] = tokens;
  if (tokens.length === 1 && first) return first.quoted && !first.name ? first.text : rest.slice(first.from, first.to);
  // Named tokens may have stood in between: what is left is said without them.
  const runs: string[] = [];
  let from = first?.from ?? 0;
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (next && rest.slice(token.to, next.from).trim() === '') continue;
    runs.push(rest.slice(from, token.to));
    from = next?.from ?? 0;
  }
  return runs.join(' ');
}

/** Commands and views that begin alike, hold the word, or are off by a slip or two. */
export function near(word: string, commands: readonly Command[]): string[] {
  const lower = word.toLowerCase();
  if (lower === '') return [];
  const forgiven = Math.floor(lower.length / 3);
  const score = (called: string) => {
    if (called.startsWith(lower)) return 0;
    if (lower.length > 2 && called.includes(lower)) return 1;
    const wrong = slips(lower, called);
    return wrong <= forgiven ? 1 + wrong : Number.POSITIVE_INFINITY;
  };
  const offered = commands.filter(({ right }) => right !== 'adapter');
  return [...offered, ...VIEWS.map((name) => ({ name, aliases: [] }))]
    .map(({ name, aliases }) => ({ name, score: Math.min(...[name, ...aliases].map(score)) }))
    .filter((one) => one.score < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.score - b.score)
    .slice(0, 5)
    .map(({ name }) => name);
}

/** Letters to insert, delete or exchange until both are the same (Levenshtein). */
function slips(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const same = letter === b[j] ? 0 : 1;
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + same));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
