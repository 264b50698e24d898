/** Makes any text the name of a field, and back: MongoDB reads dots, dollars and zeros in names as something else. */

const SPECIAL = /[%.$\0]/g;

/** What an empty name is called; nothing else is called so, because a percent sign is always followed by two digits. */
const EMPTY = '%';

export function fieldName(text: string): string {
  if (text === '') return EMPTY;
  return text.replace(SPECIAL, (one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

export function textOf(field: string): string {
  if (field === EMPTY) return '';
  return field.replace(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** The same value with every key, however deep, made a field name. */
export function toStored(value: unknown): unknown {
  return withKeys(value, fieldName);
}

export function fromStored(value: unknown): unknown {
  return withKeys(value, textOf);
}

function withKeys(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => withKeys(one, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [rename(key), withKeys(inner, rename)]));
}
