/** Whether a stored job matches a query in MongoDB's language, which is what `unique` and `data` are written in. */
import { compare, typeRank } from './sqlite-compare.ts';
import type { StoredJob } from './sqlite-row.ts';
import { isPlainObject } from './sqlite-values.ts';

/** Field paths (`data.user.id`) and their wanted values or operators. */
export type Query = Readonly<Record<string, unknown>>;

/** An operator that `checkOperators` would refuse never matches. */
export function matches(job: StoredJob, query: Query): boolean {
  return Object.entries(query).every(([key, wanted]) => {
    if (!key.startsWith('$')) return fieldMatches(job, key, wanted);
    const parts = wanted as readonly Query[];
    if (key === '$and') return parts.every((part) => matches(job, part));
    if (key === '$or') return parts.some((part) => matches(job, part));
    return key === '$nor' && !parts.some((part) => matches(job, part));
  });
}

function fieldMatches(job: StoredJob, path: string, wanted: unknown): boolean {
  const found = reach(job, path.split('.'));
  // A list also matches by each of its items.
  const items = found.flatMap((value) => (Array.isArray(value) ? [value, ...value] : [value]));
  return isOperators(wanted) ? operatorsHold(found, items, wanted) : equals(items, wanted);
}

export function isOperators(value: unknown): value is Query {
  return isPlainObject(value) && Object.keys(value).some((key) => key.startsWith('$'));
}

/**
 * What lies at a path: one value, or several where lists lie on the way, each item being a way of its own.
 * `undefined` stands for nothing being there.
 */
function reach(value: unknown, path: readonly string[]): unknown[] {
  const [key, ...rest] = path;
  if (key === undefined) return [value];
  if (Array.isArray(value)) {
    const inItems = value.filter(isPlainObject).flatMap((item) => reach(item, path));
    return /^\d+$/.test(key) && Number(key) < value.length ? [...reach(value[Number(key)], rest), ...inItems] : inItems;
  }
  if (isPlainObject(value) && Object.hasOwn(value, key)) return reach(value[key], rest);
  return [undefined];
}

function equals(items: readonly unknown[], wanted: unknown): boolean {
  return items.some((value) =>
    wanted instanceof RegExp && typeof value === 'string'
      ? new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, '')).test(value)
      : compare(value, wanted) === 0,
  );
}

function ordered(items: readonly unknown[], wanted: unknown, holds: (difference: number) => boolean): boolean {
  return items.some((value) => typeRank(value) === typeRank(wanted) && holds(compare(value, wanted)));
}

/** Whether an operator holds. `found` is what lies at the path, `items` what its values are compared with. */
type Operator = (operand: unknown, items: readonly unknown[], found: readonly unknown[], all: Query) => boolean;

const OPERATORS: Readonly<Record<string, Operator>> = {
  $eq: (operand, items) => equals(items, operand),
  $ne: (operand, items) => !equals(items, operand),
  $gt: (operand, items) => ordered(items, operand, (difference) => difference > 0),
  $gte: (operand, items) => ordered(items, operand, (difference) => difference >= 0),
  $lt: (operand, items) => ordered(items, operand, (difference) => difference < 0),
  $lte: (operand, items) => ordered(items, operand, (difference) => difference <= 0),
  $in: (operand, items) => (operand as unknown[]).some((one) => equals(items, one)),
  $nin: (operand, items) => !(operand as unknown[]).some((one) => equals(items, one)),
  $all: (operand, items) =>
    (operand as unknown[]).length > 0 && (operand as unknown[]).every((one) => equals(items, one)),
  $exists: (operand, _items, found) => found.some((value) => value !== undefined) === Boolean(operand),
  $size: (operand, _items, found) => found.some((value) => Array.isArray(value) && value.length === operand),
  $elemMatch: (operand, _items, found) =>
    found.some((value) => Array.isArray(value) && value.some((item) => itemMatches(item, operand as Query))),
  $regex: (operand, items, _found, all) => equals(items, toRegExp(operand as string | RegExp, all.$options)),
  // Said beside $regex.
  $options: () => true,
  $not: (operand, items, found) =>
    !(isOperators(operand) ? operatorsHold(found, items, operand) : equals(items, operand)),
};

const JOINTS = new Set(['$and', '$or', '$nor']);

/** Throws a `TypeError` for an operator that is not known here, among them those that would run code in MongoDB. */
export function checkOperators(query: unknown): void {
  if (Array.isArray(query)) query.forEach(checkOperators);
  if (!isPlainObject(query)) return;
  for (const [key, inner] of Object.entries(query)) {
    if (key.startsWith('$') && !JOINTS.has(key) && !Object.hasOwn(OPERATORS, key)) {
      throw new TypeError(`The operator "${key}" is not understood in the unique key of a job in SQLite.`);
    }
    checkOperators(inner);
  }
}

function operatorsHold(found: readonly unknown[], items: readonly unknown[], operators: Query): boolean {
  return Object.entries(operators).every(([name, operand]) => OPERATORS[name]?.(operand, items, found, operators));
}

function itemMatches(item: unknown, query: Query): boolean {
  const joined = Object.keys(query).some((key) => JOINTS.has(key));
  if (isOperators(query) && !joined) return operatorsHold([item], [item], query);
  // A list within the list is looked at by the places of its items.
  return (isPlainObject(item) || Array.isArray(item)) && matches({ ...item }, query);
}

function toRegExp(pattern: string | RegExp, options: unknown): RegExp {
  const flags = typeof options === 'string' ? options : undefined;
  return typeof pattern === 'string' ? new RegExp(pattern, flags) : new RegExp(pattern.source, flags ?? pattern.flags);
}
