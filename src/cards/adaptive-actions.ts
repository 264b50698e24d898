/** Buttons as Adaptive Card actions, and the way back: what a press of one means. */
import type { FieldValue } from '../core/contract.ts';
import type { Json } from './adaptive-json.ts';
import type { Button, Link } from './card.ts';

/** Ids of inputs carry this, so that a field may be called as an entry of the press itself. */
export const INPUT = 'field:';

/** Data above this is sent once, without the fallback for clients that know no Action.Execute. */
const LARGE = 1_000;
/** Data above this would push the card over its limit: the longest texts are left out, to be typed again. */
const LARGEST = 18_000;

/** What comes back with a press. */
export interface Press {
  readonly command: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** It asks for the form instead of acting. */
  readonly form: boolean;
  readonly incident?: string;
  readonly seen?: number;
}

type Around = { readonly incident?: string; readonly seen?: number };

export function actions(buttons: readonly Button[], around: Around, inTheOpen: number): readonly Json[] {
  return buttons.map((button, n) => action(button, around, n >= inTheOpen));
}

function action({ label, command, fields, form, primary }: Button, around: Around, overflow: boolean): Json {
  const data = { command, fields: withinLimit(fields), form, ...around };
  const look = {
    title: label,
    ...(primary ? { style: 'positive' } : {}),
    ...(overflow ? { mode: 'secondary' } : {}),
  };
  const execute = { type: 'Action.Execute', verb: command, ...look, data };
  if (size(data) > LARGE) return execute;
  return { ...execute, fallback: { type: 'Action.Submit', ...look, data } };
}

export function linkActions(links: readonly Link[]): readonly Json[] {
  return links.map(({ label, url }) => ({ type: 'Action.OpenUrl', title: label, url }));
}

/**
 * Reads the data of a pressed action, with what was put into the inputs beside it.
 * @returns undefined for anything that no button of ours sends
 */
export function readPress(data: unknown): Press | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { command, fields, form, incident, seen } = data as Record<string, unknown>;
  if (typeof command !== 'string') return undefined;
  const filled = Object.entries(data).flatMap(([id, value]) =>
    id.startsWith(INPUT) && isFieldValue(value) ? [[id.slice(INPUT.length), value] as const] : [],
  );
  const given = typeof fields === 'object' && fields !== null ? Object.entries(fields) : [];
  return {
    command,
    fields: Object.fromEntries([...given.filter(([, value]) => isFieldValue(value)), ...filled]),
    form: form === true,
    ...(typeof incident === 'string' ? { incident } : {}),
    ...(typeof seen === 'number' ? { seen } : {}),
  };
}

function isFieldValue(value: unknown): value is FieldValue {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function withinLimit(fields: Button['fields']): Button['fields'] {
  const lightestFirst = Object.entries(fields).sort(([, a], [, b]) => size(a) - size(b));
  while (size(lightestFirst) > LARGEST) lightestFirst.pop();
  return Object.fromEntries(lightestFirst);
}

/** Bytes of UTF-8 that a value takes as JSON, at most. */
function size(value: unknown): number {
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, '...').length;
}
