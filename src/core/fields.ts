/** Reads what people typed or picked into the values that commands take, and says what is wrong with the rest. */
import {
  type Command,
  type Context,
  type Facts,
  type Field,
  type Fields,
  type FieldValue,
  LONGEST_TEXT,
  type World,
} from './contract.ts';
import type { Activity, Incident } from './incident.ts';
import { type Instant, type People, type PersonId, personNow } from './units.ts';
import { nextLocal } from './zone.ts';

/** Fields that nobody fills in by hand: surfaces and alert sources set them, and no form, help or menu shows them. */
export const SET_BY_ADAPTERS: ReadonlySet<string> = new Set([
  'observed',
  'key',
  'origin',
  'sender',
  'test',
  'attachment',
]);

/** What is wrong with a field: `refusal.<problem>`. */
export interface Problem {
  readonly problem: string;
  readonly facts: Facts;
}

export type Parsed = { readonly values: Readonly<Record<string, FieldValue>> } | Problem;

/** Words that stand for nobody: work is for a person by name (DO-1). */
const NOBODY = ['somebody', 'someone', 'anyone', 'anybody', 'everyone', 'everybody', 'jemand', 'irgendwer', 'alle'];

const DURATION = /^(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?\s*(?:(\d+)\s*s(?:ec)?)?$/i;
const CLOCK = /^([01]?\d|2[0-3])[:.h]([0-5]\d)$/;

/** A command's fields at this moment, for this person. */
export function fieldsOf(command: Command, incident: Incident | undefined, by: PersonId): Fields {
  return command.also && incident ? { ...command.fields, ...command.also(incident, by) } : command.fields;
}

/** Everybody who can be named on an incident: the directory, and whoever is on it. */
export function peopleOf(incident: Incident | undefined, people: People): People {
  // Who was there as somebody else is named as whom they turned out to be.
  const there = Object.values(incident?.people ?? {}).filter(({ id }) => personNow(people, id) === id);
  const responders = there.map(({ id, name, zone }) => [id, zone === undefined ? { id, name } : { id, name, zone }]);
  return { ...Object.fromEntries(responders), ...people };
}

/** Activities that a field lets choose from. */
export function activitiesFor(
  field: Field & { readonly type: 'activity' },
  incident: Incident,
  by: PersonId,
): readonly Activity[] {
  const open = (activity: Activity) => activity.status === 'offered' || activity.status === 'under-way';
  switch (field.of) {
    case 'mine':
      return incident.activities.filter((activity) => open(activity) && activity.owner === by);
    case 'open':
      return incident.activities.filter(open);
    case 'queue':
      return incident.queue.flatMap((id) => incident.activities[id - 1] ?? []);
    case 'mitigations':
      return incident.activities.filter((activity) => activity.mitigation !== undefined);
    default:
      return incident.activities;
  }
}

/** What a field lets choose from, as values; undefined where anything may be typed. */
export function choicesOf(
  field: Field,
  incident: Incident | undefined,
  by: PersonId,
  world: World,
): readonly string[] | undefined {
  const { settings } = world;
  switch (field.type) {
    case 'person': {
      const all = Object.keys(peopleOf(incident, world.people));
      return all.filter((id) => !field.except?.includes(id));
    }
    case 'people':
      return Object.keys(peopleOf(incident, world.people));
    case 'activity':
      return incident ? activitiesFor(field, incident, by).map(({ id }) => String(id)) : [];
    case 'choice':
      return field.choices;
    case 'severity':
      return settings.severities.map(({ id }) => id);
    case 'service':
      return Object.keys(settings.services);
    case 'seat':
      return [...new Set([...Object.keys(settings.seats), ...Object.keys(incident?.seats ?? {})])];
    case 'places':
      return Object.keys(settings.places);
    default:
      return undefined;
  }
}

/** Parses all fields; the first problem ends it. */
export function parse(
  fields: Fields,
  raw: Readonly<Record<string, unknown>>,
  incident: Incident | undefined,
  context: Context,
): Parsed {
  const values: Record<string, FieldValue> = {};
  const unknown = Object.keys(raw).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) return { problem: 'field-unknown', facts: { field: unknown } };
  for (const [name, field] of Object.entries(fields)) {
    const given = raw[name];
    if (given === undefined || given === null || given === '' || (Array.isArray(given) && given.length === 0)) {
      if (field.required) return { problem: 'field-missing', facts: { field: { word: `field.${name}` } } };
      continue;
    }
    const read = readField(field, given, incident, context);
    if (typeof read === 'object' && 'problem' in read) {
      return { problem: read.problem, facts: { field: { word: `field.${name.split(':')[0]}` }, ...read.facts } };
    }
    values[name] = read;
  }
  return { values };
}

function readField(
  field: Field,
  given: unknown,
  incident: Incident | undefined,
  context: Context,
): FieldValue | Problem {
  if (field.type === 'yes') return readYes(given);
  if (field.type === 'people' || field.type === 'places') {
    const items = Array.isArray(given) ? given : String(given).split(',');
    const read = items.map((item) => readOne(field, String(item).trim(), incident, context));
    const problem = read.find((one): one is Problem => typeof one === 'object');
    return problem ?? [...new Set(read as string[])];
  }
  if (typeof given !== 'string' && typeof given !== 'number') {
    return { problem: 'field-wrong', facts: { given: typeof given } };
  }
  return readOne(field, typeof given === 'string' ? given.trim() : String(given), incident, context);
}

function readOne(
  field: Field,
  given: string,
  incident: Incident | undefined,
  context: Context,
): string | number | Problem {
  const { settings } = context;
  switch (field.type) {
    case 'text':
      return readText(field, given);
    case 'person':
    case 'people':
      return readPerson(given, peopleOf(incident, context.people));
    case 'activity':
      return readActivity(given, incident);
    case 'choice':
      return oneOf(field.choices, given);
    case 'severity':
      return oneOf(
        settings.severities.map(({ id }) => id),
        /^\d+$/.test(given) ? `SEV-${given}` : given,
      );
    case 'service':
      return oneOf(Object.keys(settings.services), given, (id) => settings.services[id]?.name);
    case 'seat':
      return oneOf(
        [...Object.keys(settings.seats), ...Object.keys(incident?.seats ?? {})],
        given,
        (id) => settings.seats[id]?.name,
      );
    case 'places':
      return oneOf(Object.keys(settings.places), given, (id) => settings.places[id]?.name);
    case 'duration':
      return readDuration(given) ?? { problem: 'field-duration', facts: { given } };
    case 'moment':
      return readMoment(given, context) ?? { problem: 'field-moment', facts: { given } };
    case 'number':
      return /^\d{1,15}$/.test(given) ? Number(given) : { problem: 'field-number', facts: { given } };
    default:
      return { problem: 'field-wrong', facts: { given } };
  }
}

function readText(field: { readonly max?: number; readonly long?: boolean }, given: string): string | Problem {
  const limit = field.max ?? LONGEST_TEXT;
  // Control characters show nothing and break stores; a title stands in one line.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = given.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
  const text = field.long || field.max === undefined ? clean : clean.replace(/\s+/g, ' ');
  const length = [...text].length;
  if (length > limit) return { problem: 'field-too-long', facts: { limit, length } };
  return text.trim() === '' ? { problem: 'field-empty', facts: {} } : text;
}

function readPerson(given: string, people: People): string | Problem {
  const bare = given.replace(/^@/, '');
  const now = personNow(people, bare);
  if (Object.hasOwn(people, now)) return now;
  const lower = bare.toLowerCase();
  if (NOBODY.includes(lower)) return { problem: 'owner-by-name', facts: { given } };
  const all = Object.values(people);
  const exact = all.filter(({ id, name }) => id.toLowerCase() === lower || name.toLowerCase() === lower);
  const found = exact.length > 0 ? exact : all.filter(({ name }) => name.toLowerCase().split(/\s+/).includes(lower));
  if (found.length === 1 && found[0]) return found[0].id;
  return found.length > 1
    ? { problem: 'person-ambiguous', facts: { given, people: { people: found.map(({ id }) => id) } } }
    : { problem: 'person-unknown', facts: { given } };
}

function readActivity(given: string, incident: Incident | undefined): number | Problem {
  const id = Number(/^[AM]?(\d{1,6})$/i.exec(given)?.[1] ?? Number.NaN);
  if (!incident?.activities[id - 1]) return { problem: 'activity-unknown', facts: { given } };
  // A field's narrower choice is only an offer: the command itself says what is wrong with another activity.
  return id;
}

function readYes(given: unknown): boolean | Problem {
  const said = String(given).toLowerCase();
  if (['true', 'yes', 'ja', '1', 'on'].includes(said)) return true;
  if (['false', 'no', 'nein', '0', 'off'].includes(said)) return false;
  return { problem: 'field-wrong', facts: { given: said } };
}

function oneOf(choices: readonly string[], given: string, name?: (id: string) => string | undefined): string | Problem {
  const lower = given.toLowerCase().replace(/\s+/g, '-');
  const found =
    choices.find((choice) => choice === given) ??
    choices.find((choice) => choice.toLowerCase() === lower || name?.(choice)?.toLowerCase() === given.toLowerCase());
  return found ?? { problem: 'field-choice', facts: { given, choices: choices.join(', ') } };
}

/** `15m`, `1h30m`, `90s`, or a bare number of minutes. */
export function readDuration(given: string): number | undefined {
  if (/^\d{1,5}$/.test(given)) return Number(given) * 60_000 || undefined;
  const match = DURATION.exec(given);
  if (!match || given === '') return undefined;
  const [, hours = 0, minutes = 0, seconds = 0] = match;
  return (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000 || undefined;
}

function readMoment(given: string, context: Context): Instant | undefined {
  const clock = CLOCK.exec(given);
  if (clock) {
    const zone = context.people[context.by]?.zone ?? context.settings.zone;
    return nextLocal(zone, context.at, Number(clock[1]) * 60 + Number(clock[2]));
  }
  const ahead = readDuration(given.replace(/^in\s+/i, ''));
  return ahead === undefined ? undefined : context.at + ahead;
}
