/** Whether a stored job matches a query in MongoDB's language, which is what `unique` and `data` are written in. */
import { compare, typeRank } from './sqlite-compare.ts';
import type { StoredJob } from './sqlite-row.ts';
import { isPlainObject } from './sqlite-values.ts';

/** Field paths (`data.user.id`) and their wanted values or operators. */
export type Query = Readonly<Record<string, unknown>>;

/** Throws a `TypeError` for an operator that is not known here. */
export function matches(job: StoredJob, query: Query): boolean {
  return Object.entries(query).every(([key, wanted]) => {
    if (!key.startsWith('$')) return fieldMatches(job, key, wanted);
    const parts = wanted as readonly Query[];
    if (key === '$and') return parts.every((part) => matches(job, part));
    if (key === '$or') return parts.some((part) => matches(job, part));
    if (key === '$nor') return !parts.some((part) => matches(job, part));
    throw unknown(key);
  });
}

function fieldMatches(job: StoredJob, path: string, wanted: unknown): boolean {
  const found = reach(job, path.split('.'));
  if (!isOperators(wanted)) return equals(found, wanted);
  return Object.entries(wanted).every(([operator, operand]) => operatorHolds(found, operator, operand, wanted));
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

/** A list also matches by each of its items. */
function withItems(found: readonly unknown[]): unknown[] {
  return found.flatMap((value) => (Array.isArray(value) ? [value, ...value] : [value]));
}

function equals(found: readonly unknown[], wanted: unknown): boolean {
  return withItems(found).some((value) =>
    wanted instanceof RegExp && typeof value === 'string'
      ? new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, '')).test(value)
      : compare(value, wanted) === 0,
  );
}

function ordered(found: readonly unknown[], wanted: unknown, holds: (difference: number) => boolean): boolean {
  return withItems(found).some((value) => typeRank(value) === typeRank(wanted) && holds(compare(value, wanted)));
}

function operatorHolds(found: readonly unknown[], operator: string, operand: unknown, all: Query): boolean {
  switch (operator) {
    case '$eq':
      return equals(found, operand);
    case '$ne':
      return !equals(found, operand);
    case '$gt':
      return ordered(found, operand, (difference) => difference > 0);
    case '$gte':
      return ordered(found, operand, (difference) => difference >= 0);
    case '$lt':
      return ordered(found, operand, (difference) => difference < 0);
    case '$lte':
      return ordered(found, operand, (difference) => difference <= 0);
    case '$in':
      return (operand as unknown[]).some((one) => equals(found, one));
    case '$nin':
      return !(operand as unknown[]).some((one) => equals(found, one));
    case '$all':
      return (operand as unknown[]).length > 0 && (operand as unknown[]).every((one) => equals(found, one));
    case '$exists':
      return found.some((value) => value !== undefined) === Boolean(operand);
    case '$size':
      return found.some((value) => Array.isArray(value) && value.length === operand);
    case '$elemMatch':
      return found.some((value) => Array.isArray(value) && value.some((item) => itemMatches(item, operand as Query)));
    case '$regex':
      return equals(found, toRegExp(operand as string | RegExp, all.$options as string | undefined));
    case '$options':
      return true;
    case '$not':
      return isOperators(operand)
        ? !Object.entries(operand).every(([inner, value]) => operatorHolds(found, inner, value, operand))
        : !equals(found, operand);
    default:
      throw unknown(operator);
  }
}

function itemMatches(item: unknown, query: Query): boolean {
  if (isOperators(query) && !Object.keys(query).some((key) => ['$and', '$or', '$nor'].includes(key))) {
    return fieldMatches({ item }, 'item', query);
  }
  return isPlainObject(item) && matches(item, query);
}

function toRegExp(pattern: string | RegExp, options = ''): RegExp {
  return typeof pattern === 'string'
    ? new RegExp(pattern, options)
    : new RegExp(pattern.source, options || pattern.flags);
}

function unknown(operator: string): TypeError {
  return new TypeError(`The operator "${operator}" is not understood in a query for jobs in SQLite.`);
}
