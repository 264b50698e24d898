/** Says in a sentence, with a remedy, what a check of the shape found. */
import type * as z from 'zod';
import { nearest } from './nearest.ts';
import { dotted, type Problem } from './problems.ts';

type Issue = z.core.$ZodIssue;
type Path = Problem['path'];

/** One problem per stranger among the keys, and one per everything else. */
export function explain(issue: Issue, written: unknown): Problem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const name = dotted(path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => stranger(path, key, issue.message.split(' ')));
  if (issue.code === 'invalid_key') {
    return [{ path, at: 'key', message: `${name} ${issue.issues[0]?.message ?? 'cannot be an id.'}` }];
  }
  const value = valueAt(written, path);
  if (value === undefined && issue.code !== 'custom') {
    return [{ path, at: 'value', message: `${name} is missing. Add it.` }];
  }
  // Whoever reads the log, or looks over a shoulder, must not learn a secret from how it was written.
  const seen = isSecret(path) && typeof value !== 'object' ? HIDDEN : value;
  return [{ path, at: 'value', message: `${name || 'The file'} ${remedy(issue, seen)}` }];
}

const HIDDEN = Symbol('hidden');

/** Whatever a pager asks for beside its address may be a key; of channels the address itself is one. */
function isSecret(path: Path): boolean {
  const [section, provider] = path;
  if (section === 'pagers') return path.at(-1) !== 'url';
  return path.includes('secret') || (section === 'publishers' && (provider === 'chat' || path.includes('key')));
}

function stranger(path: Path, key: string, known: readonly string[]): Problem {
  const meant = nearest(key, known);
  const way = meant ? `Did you mean "${meant}"?` : `Known here: ${known.join(', ')}.`;
  return { path: [...path, key], at: 'key', message: `${dotted([...path, key])} is not a setting. ${way}` };
}

function remedy(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `is ${shown(value)}. ${WANTED[issue.expected] ?? `It has to be ${issue.expected}.`}`;
    case 'invalid_value':
      return oneOf(value, issue.values.map(String));
    case 'too_small':
      return issue.origin === 'string'
        ? issue.message
        : `is ${shown(value)}. ${least(issue.origin, Number(issue.minimum))}`;
    case 'too_big':
      return `is ${shown(value)}. The most it can be is ${issue.maximum}.`;
    default:
      return issue.message;
  }
}

const WANTED: Readonly<Partial<Record<string, string>>> = {
  string: 'It has to be text: put it in quotes.',
  boolean: 'Write true or false.',
  int: 'It has to be a whole number.',
  number: 'It has to be a number.',
  array: 'It has to be a list: [one, another].',
  object: 'It has to be a section with settings indented below it.',
  record: 'It has to be a section with ids indented below it.',
};

function least(origin: string, minimum: number): string {
  return origin === 'array' ? 'List at least one, or leave the setting out.' : `The least it can be is ${minimum}.`;
}

function oneOf(value: unknown, known: readonly string[]): string {
  const meant = typeof value === 'string' ? nearest(value, known) : undefined;
  return `is ${shown(value)}. It has to be one of ${known.join(', ')}${meant ? `: did you mean "${meant}"?` : '.'}`;
}

function shown(value: unknown): string {
  if (value === HIDDEN) return 'no text';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a section';
  return typeof value === 'string' ? `"${value}"` : `the ${typeof value} ${String(value)}`;
}

function valueAt(written: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner ? (inner as Record<string, unknown>)[step] : undefined),
    written,
  );
}
