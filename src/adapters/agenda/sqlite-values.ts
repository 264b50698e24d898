/** How a job's free-form values are kept as JSON text without losing what JSON cannot say: dates, bytes, odd numbers. */

const TAG = '$';

/** An object of the caller's own making, as opposed to a date, bytes or an instance of some class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (value === null || typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** JSON text of any value; `undefined` becomes null and functions are left out, as they are in MongoDB. */
export function encode(value: unknown): string {
  return JSON.stringify(pack(value));
}

/** The value that `encode` was given. */
export function decode(text: string): unknown {
  return unpack(JSON.parse(text));
}

function tagged(kind: string, value: unknown): unknown {
  return { [TAG]: kind, value };
}

function pack(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : tagged('number', String(value));
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : tagged('bigint', String(value));
  }
  if (typeof value !== 'object') return value;
  if (value instanceof Date) return tagged('date', pack(value.getTime()));
  if (value instanceof Uint8Array) return tagged('bytes', Buffer.from(value).toString('base64'));
  if (Array.isArray(value)) return value.map((item) => (typeof item === 'function' ? null : pack(item)));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const kept = entries.filter(([, item]) => typeof item !== 'function').map(([key, item]) => [key, pack(item)]);
  // An object that has the tag's key itself is wrapped, so that it is never taken for a tag.
  const packed: unknown = Object.fromEntries(kept);
  return kept.some(([key]) => key === TAG) ? tagged('object', packed) : packed;
}

function unpack(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(unpack);
  const object = value as Record<string, unknown>;
  if (!Object.hasOwn(object, TAG)) return unpackEntries(object);
  switch (object[TAG]) {
    case 'number':
      return Number(object.value);
    case 'bigint':
      return BigInt(String(object.value));
    case 'date':
      return new Date(unpack(object.value) as number);
    case 'bytes':
      return new Uint8Array(Buffer.from(String(object.value), 'base64'));
    default:
      return unpackEntries(object.value as Record<string, unknown>);
  }
}

function unpackEntries(object: Record<string, unknown>): unknown {
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, unpack(item)]));
}
