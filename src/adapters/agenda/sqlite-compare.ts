/** Equality and order of values as MongoDB has them, because Agenda's queries are defined by what MongoDB does. */

/** MongoDB's order of types. Values of different types are never equal, and never greater or less in a query. */
export function typeRank(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (typeof value === 'number' || typeof value === 'bigint') return 1;
  if (typeof value === 'string') return 2;
  if (typeof value === 'boolean') return 6;
  if (Array.isArray(value)) return 4;
  if (value instanceof Uint8Array) return 5;
  if (value instanceof Date) return 7;
  if (value instanceof RegExp) return 8;
  return 3;
}

/** Negative, zero or positive. Objects compare entry by entry in the order of their keys, lists item by item. */
export function compare(left: unknown, right: unknown): number {
  const rank = typeRank(left);
  const difference = rank - typeRank(right);
  if (difference !== 0) return difference;
  switch (rank) {
    case 0:
      return 0;
    case 1:
      return compareNumbers(left as number, right as number);
    case 2:
      return Buffer.compare(Buffer.from(left as string), Buffer.from(right as string));
    case 3:
      return compareLists(Object.entries(left as object).map(flat), Object.entries(right as object).map(flat));
    case 4:
      return compareLists(left as unknown[], right as unknown[]);
    case 5:
      return Buffer.compare(left as Uint8Array, right as Uint8Array);
    case 8:
      return compare(String(left), String(right));
    default:
      return compareNumbers(Number(left), Number(right));
  }
}

/** Within an object the type of a value counts before its key, and the key before the value. */
function flat([key, value]: [string, unknown]): unknown[] {
  return [typeRank(value), key, value];
}

function compareNumbers(left: number, right: number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
  return left < right ? -1 : Number(left > right);
}

function compareLists(left: readonly unknown[], right: readonly unknown[]): number {
  for (const [index, value] of left.entries()) {
    if (index >= right.length) return 1;
    const difference = compare(value, right[index]);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** A list sorts by its least item ascending and by its greatest descending; an empty one before everything. */
export function compareForSorting(left: unknown, right: unknown, direction: 'asc' | 'desc'): number {
  const sign = direction === 'asc' ? 1 : -1;
  const key = (value: unknown): unknown =>
    Array.isArray(value) && value.length > 0 ? value.reduce((a, b) => (compare(a, b) * sign <= 0 ? a : b)) : value;
  const empty = (value: unknown): number => (Array.isArray(value) && value.length === 0 ? -1 : 0);
  return sign * (empty(left) - empty(right) || compare(key(left), key(right)));
}
