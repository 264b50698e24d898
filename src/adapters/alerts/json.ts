/**
 * Anything that can post JSON: a small body of our own, or somebody else's by a mapping of fields. A doubt falls towards
 * opening: an alert that is refused for a detail at night is an outage that nobody hears of.
 */
import { at, gist } from './paths.ts';
import { asName, asText, asTitle, isWeb, type Malformed, nameFor, type Report } from './report.ts';

/** Names the source in addresses, orders and the record. */
export const JSON_SOURCE = 'json';

/** The fields of our own body. The title alone is wanted. */
export const FIELDS = ['title', 'key', 'severity', 'service', 'text', 'links', 'status', 'source'] as const;
export type Field = (typeof FIELDS)[number];

/** Where somebody else's body has what we want. */
export interface Mapping {
  readonly fields: { readonly [F in Field]?: readonly string[] | undefined };
  /** The values of the status that mean it is over, in whatever case; everything else fires. */
  readonly resolved: readonly string[];
}

/** Of texts and links all are wanted; of the rest the first that says something. */
const JOINED: readonly Field[] = ['text', 'links'];

const OURS: Mapping = {
  fields: Object.fromEntries(FIELDS.map((field) => [field, [field]])),
  resolved: ['resolved'],
};

/**
 * @param sent the parsed JSON of the request
 * @param name of the source, as it is configured: its keys are its own
 * @param mapping absent: the body is of our own shape
 */
export function readJson(sent: unknown, name: string = JSON_SOURCE, mapping: Mapping = OURS): Report | Malformed {
  // A mapping finds its way into lists by itself.
  const list = mapping === OURS && Array.isArray(sent) ? sent : [sent];
  const body: unknown = list.length === 1 ? list[0] : list;
  const all = gist(body);
  if (all === '') return { malformed: 'There is nothing in it. Send at least {"title": "what is wrong"}' };
  const doubts = list.length > 1 ? ['It is a list: send each alert by itself, so that each is one'] : [];
  const say = (field: Field) => said(body, field, mapping, doubts);

  const text = say('text');
  const key = say('key');
  const service = asTitle(say('service'));
  const severity = asTitle(say('severity'));
  const sender = asName(say('source'));
  const titled = asTitle(say('title'));
  const instead = [text.split('\n')[0] ?? '', key, service].map(asTitle).find((words) => words !== '');
  // All that cannot be read goes into one incident, however much of it comes.
  const unread = titled === '' && instead === undefined;
  const title = titled || instead || asTitle(all);
  if (titled === '') doubts.push(`There is no title at ${placesOf('title', mapping)}: "${title}" stands in for it`);

  const own = key || [title, service].join('\n');
  const whose = [name, sender];
  const links = linksIn(body, mapping, doubts);
  const prose = asText([unread ? all : text, ...links.slice(1)].filter((line) => line !== '').join('\n'));
  return {
    key: unread ? nameFor(JSON_SOURCE, name, 'unread') : nameFor(JSON_SOURCE, ...whose, own),
    title,
    ...(service && { service }),
    severities: severity === '' ? [] : [severity],
    ...(sender !== '' && { sender }),
    ...(mapping === OURS && at(body, 'test') === true && { test: true }),
    alerts: [
      {
        fingerprint: nameFor(JSON_SOURCE, ...whose, unread ? all : own),
        name: title,
        status: statusOf(say('status'), mapping, doubts),
        ...(links[0] !== undefined && { link: links[0] }),
        ...(prose !== '' && { text: prose }),
      },
    ],
    leftOut: 0,
    doubts,
  };
}

/** What is no JSON at all is still a call for help: its words stand as they are. */
export function readText(text: string, broken: string, name: string = JSON_SOURCE): Report | Malformed {
  const report = readJson(asText(text), name);
  if ('malformed' in report) return report;
  return { ...report, doubts: [`The body is not JSON (${broken}): its text stands for the alert`] };
}

function pathsOf(field: Field, { fields }: Mapping): readonly string[] {
  return fields[field] ?? [];
}

function placesOf(field: Field, mapping: Mapping): string {
  return pathsOf(field, mapping).join(' or ') || 'any place: none is configured';
}

/** What a field says as text; '' for nothing. What is no text is left out, and said to be. */
function said(body: unknown, field: Field, mapping: Mapping, doubts: string[]): string {
  const parts: string[] = [];
  for (const path of pathsOf(field, mapping)) {
    const value = at(body, path);
    const words = asWords(value);
    if (words === undefined)
      doubts.push(`${path} is ${Array.isArray(value) ? 'a list' : 'an object'}, where text is wanted: it was left out`);
    else if (words !== '') parts.push(words);
    if (parts.length > 0 && !JOINED.includes(field)) break;
  }
  return parts.join('\n');
}

/** Numbers and lists of words do; undefined for what cannot be read as text. */
function asWords(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    const words = value.map((one: unknown) => (Array.isArray(one) ? undefined : asWords(one)));
    return words.every((word) => word !== undefined) ? words.filter((word) => word !== '').join(', ') : undefined;
  }
  return typeof value === 'object' ? undefined : asText(String(value));
}

function linksIn(body: unknown, mapping: Mapping, doubts: string[]): string[] {
  const given = pathsOf('links', mapping).flatMap((path) => at(body, path) ?? []);
  const addresses = given.flatMap((link: unknown) => {
    const address = typeof link === 'object' && link !== null ? (at(link, 'url') ?? at(link, 'href')) : link;
    return typeof address === 'string' && isWeb(address) ? [address] : [];
  });
  const others = given.length - addresses.length;
  if (others > 0) doubts.push(`Links that do not begin with http:// or https:// were left out: ${others}`);
  return addresses;
}

/** Only what surely means "over" is taken for it: a word that nobody knows fires. */
function statusOf(status: string, mapping: Mapping, doubts: string[]): 'firing' | 'resolved' {
  const word = status.trim().toLowerCase();
  if (mapping.resolved.some((over) => over.toLowerCase() === word)) return 'resolved';
  if (mapping === OURS && word !== '' && word !== 'firing') {
    doubts.push(`status is "${asTitle(status)}", which is neither firing nor resolved: it was taken as firing`);
  }
  return 'firing';
}
