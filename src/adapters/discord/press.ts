/** What a button, a select's option or a modal carries: a press, packed into the hundred characters there are. */
import type { FieldValue } from '../../core/contract.ts';
import type { IncidentId } from '../../core/units.ts';
import { digest } from '../../desk/ids.ts';
import { LONGEST_CUSTOM_ID } from './limits.ts';

export interface Press {
  readonly command: string;
  readonly incident?: IncidentId | undefined;
  readonly seen?: number | undefined;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Opens the form, at this page from 1; absent: acts at once. */
  readonly page?: number | undefined;
}

/** A packed press; what did not fit is kept under `hash`. */
export interface Packed {
  readonly id: string;
  readonly long?: { readonly hash: string; readonly fields: string };
}

/** A packed press as it comes back; its fields may first have to be fetched. */
export interface Unpacked extends Omit<Press, 'fields'> {
  readonly fields: Readonly<Record<string, FieldValue>> | undefined;
  readonly hash?: string;
}

const MARK = 'b';

/** @param mark tells presses of buttons from what modals bring back */
export function pack(press: Press, mark = MARK): Packed {
  const { command, incident = '', seen, page } = press;
  const sorted = Object.fromEntries(Object.entries(press.fields).sort(([a], [b]) => (a < b ? -1 : 1)));
  const fields = Object.keys(sorted).length === 0 ? '' : JSON.stringify(sorted);
  const head = [mark, command, incident, seen ?? '', page ?? ''].join(':');
  const whole = `${head}:${fields}`;
  if (whole.length <= LONGEST_CUSTOM_ID) return { id: whole };
  const hash = digest([command, incident, sorted]).slice(0, 20);
  return { id: `${head}:#${hash}`, long: { hash, fields } };
}

export function unpack(id: string, mark = MARK): Unpacked | undefined {
  const [found, command, incident = '', seen = '', page = '', ...rest] = id.split(':');
  if (found !== mark || !command || !/^\d*$/.test(seen) || !/^\d*$/.test(page)) return undefined;
  const packed = rest.join(':');
  const head = {
    command,
    incident: incident === '' ? undefined : incident,
    seen: seen === '' ? undefined : Number(seen),
    page: page === '' ? undefined : Number(page),
  };
  if (packed.startsWith('#')) return { ...head, fields: undefined, hash: packed.slice(1) };
  return { ...head, fields: readFields(packed) };
}

/** Values that a press may carry; anything else was not made here. */
export function readFields(json: string): Readonly<Record<string, FieldValue>> | undefined {
  if (json === '') return {};
  try {
    const fields: unknown = JSON.parse(json);
    return typeof fields === 'object' && fields !== null && Object.values(fields).every(isValue)
      ? (fields as Record<string, FieldValue>)
      : undefined;
  } catch {
    return undefined;
  }
}

function isValue(value: unknown): boolean {
  return (
    ['string', 'number', 'boolean'].includes(typeof value) ||
    (Array.isArray(value) && value.every((one) => typeof one === 'string'))
  );
}
