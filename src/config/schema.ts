/** The shape of baton.yaml. What each setting means stands at its type: core/settings.ts, core/severity.ts, core/units.ts, config.ts. */
import * as z from 'zod';
import { readDuration } from '../core/fields.ts';
import { DEFAULTS, SURFACES } from '../core/settings.ts';
import { QUESTIONS } from '../core/severity.ts';
import { nearest } from './nearest.ts';

/** A mapping that takes these keys and no others; its complaint about a stranger lists what it knows. */
function section<const S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });
}

/** A mapping whose keys the operator makes up. `__proto__` and its like are no ids. */
function named<V extends z.ZodType>(value: V) {
  return z.record(id, value);
}

const text = z.string().trim().min(1, 'is empty. Write something, or leave the setting out.');

const id = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,63}$/u,
    'cannot be an id. Use letters, digits, ".", "-" and "_", at most 64.',
  )
  .refine((key) => !(key in Object.prototype), 'cannot be an id. Choose another.');

const ids = z.array(id);

/** Longer ones are slips of the hand, and the longest would leave the calendar. Milliseconds. */
const LONGEST = 30 * 24 * 3_600_000;

const duration = z.unknown().transform((written, context) => {
  const bare = /^\d+$/.test(String(written));
  const parsed = typeof written === 'string' && !bare ? readDuration(written.trim()) : undefined;
  if (parsed !== undefined && parsed <= LONGEST) return parsed;
  const message = parsed
    ? `is ${written}, longer than a month. Nothing in an incident waits that long: write less than 720h.`
    : bare
      ? `is ${written} of what? Write a unit: ${written}s, ${written}m or ${written}h.`
      : `is ${JSON.stringify(written)}, which is no duration above zero. Write it like 90s, 15m or 1h30m.`;
  context.addIssue({ code: 'custom', message, input: written });
  return z.NEVER;
});

/** Days of 24 hours, as milliseconds. */
const days = z.unknown().transform((written, context) => {
  const many = typeof written === 'string' ? Number(/^([1-9]\d{0,4})d$/.exec(written.trim())?.[1]) : Number.NaN;
  if (!Number.isNaN(many)) return many * 24 * 3_600_000;
  const message = `is ${JSON.stringify(written)}, which is no number of days. Write it like 90d or 365d, or leave it out to keep everything.`;
  context.addIssue({ code: 'custom', message, input: written });
  return z.NEVER;
});

const ZONES = Intl.supportedValuesOf('timeZone');

const zone = z.string().superRefine((name, context) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    const meant = nearest(name, ZONES);
    const remedy = meant ? `Did you mean "${meant}"?` : 'Write it like Europe/Berlin or America/New_York.';
    context.addIssue({ code: 'custom', message: `is "${name}", which is no time zone. ${remedy}`, input: name });
  }
});

const language = z.string().superRefine((tag, context) => {
  try {
    Intl.getCanonicalLocales(tag);
  } catch {
    context.addIssue({
      code: 'custom',
      message: `is "${tag}", which is no language tag. Write it like en, de or pt-BR.`,
    });
  }
});

/** Links are shown to be pressed: only schemes that open a page or a call. */
const callLink = address(['http:', 'https:', 'tel:', 'sip:'], 'https://meet.example.com/bridge');
const webAddress = address(['http:', 'https:'], 'https://example.com/hook');

function address(schemes: readonly string[], example: string) {
  return z
    .string()
    .refine(
      (written) => URL.canParse(written) && schemes.includes(new URL(written).protocol),
      `is no address that Baton can use. Write it like ${example}.`,
    );
}

const hour = z.int().min(0).max(23);

const surfaces = z.array(z.enum(SURFACES));

const person = section({
  name: text,
  zone: zone.optional(),
  phone: text.optional(),
  email: text.optional(),
  language: language.optional(),
  hour12: z.boolean().optional(),
  ids: section({ teams: text.optional(), discord: text.optional() }).optional(),
});

const seat = section({ name: text, chain: ids.default([]) });

const service = section({ name: text, seats: ids.default([]), at: named(ids).optional() });

const place = section({ name: text, audience: z.enum(['customers', 'stakeholders']) });

const severityRow = {
  round: duration,
  observation: duration,
  overlap: z.boolean(),
  shift: duration,
  watch: duration,
  standDown: z.boolean(),
  quorum: ids,
  leaders: ids,
};

/** One row of a table of the house's own: what costs nothing may be left out. */
const wholeSeverity = section({
  id,
  ...severityRow,
  overlap: severityRow.overlap.default(false),
  standDown: severityRow.standDown.default(false),
  quorum: severityRow.quorum.default(['commander']),
  leaders: severityRow.leaders.default([]),
});

/** Some settings of a row that is there already. */
const partOfSeverity = section(severityRow).partial();

const choices = <const C extends readonly [string, ...string[]]>(values: C) => z.enum(values).optional();

const matrixRow = section({
  when: section({
    reproduced: choices(QUESTIONS.reproduced),
    frequency: choices(QUESTIONS.frequency),
    retries: choices(QUESTIONS.retries),
    scope: choices(QUESTIONS.scope),
  }).default({}),
  severity: id,
});

const secret = text;
/** One secret, or several while one is being exchanged for another. */
const secrets = z.preprocess((written) => (typeof written === 'string' ? [written] : written), z.array(secret).min(1));

const labelled = { secret: secrets.optional(), serviceLabel: text.optional(), severityLabel: text.optional() };

const header = z
  .string()
  .regex(/^[\w-]{1,100}$/, 'is no name of a header. Write it like X-Grafana-Alerting-Signature.');

/** A path into somebody's body, or several of them. */
const paths = z.preprocess((written) => (typeof written === 'string' ? [written] : written), z.array(text).min(1));

/** The fields that an alert has for us, by where somebody else's body has them. */
const mappedFields = section({
  title: paths,
  key: paths.optional(),
  severity: paths.optional(),
  service: paths.optional(),
  text: paths.optional(),
  links: paths.optional(),
  status: paths.optional(),
  source: paths.optional(),
});

/** Stands in an address as it is written. */
const sourceName = z
  .string()
  .regex(
    /^[A-Za-z0-9][\w.-]{0,63}$/,
    'cannot stand in an address. Use letters from a to z, digits, ".", "-" and "_", at most 64.',
  )
  .refine((key) => !(key in Object.prototype), 'cannot be a name. Choose another.');

const jsonSource = section({
  secret: secrets.optional(),
  fields: mappedFields,
  resolved: z.array(text).min(1).optional(),
});

const webhook = { url: webAddress, secret };

/** Without a slash at the end, so that a path can follow. */
const root = webAddress.transform((written) => written.replace(/\/+$/, ''));

const pagerDuty = section({
  url: root.default('https://events.pagerduty.com'),
  key: secret.optional(),
  people: named(secret).default({}),
  seats: named(secret).default({}),
  services: named(secret).default({}),
});

const ntfy = section({
  url: root.default('https://ntfy.sh'),
  token: secret.optional(),
  topics: named(secret).default({}),
});

const statuspage = section({
  url: root.default('https://api.statuspage.io'),
  page: text,
  key: secret,
  place: id,
  components: named(z.array(text).min(1)).default({}),
});

/** A section of durations takes the keys that the core has defaults for. */
function durations<const T extends Readonly<Record<string, number>>>(defaults: T) {
  const shape = Object.fromEntries(Object.keys(defaults).map((key) => [key, duration.optional()]));
  return section(shape as { [K in keyof T]: z.ZodOptional<typeof duration> }).optional();
}

const document = {
  zone: zone.optional(),
  people: named(person).optional(),
  services: named(service).optional(),
  seats: named(seat).optional(),
  startAt: id.optional(),
  matrix: z.array(matrixRow).min(1).optional(),
  commanders: ids.optional(),
  commsLeads: ids.optional(),
  permissions: named(ids).optional(),
  places: named(place).optional(),
  rooms: section({
    always: surfaces.default([]),
    severities: named(surfaces).default({}),
    services: named(surfaces).default({}),
  }).optional(),
  call: section({ link: callLink.optional() }).optional(),
  paging: durations(DEFAULTS.paging),
  command: durations(DEFAULTS.command),
  impact: durations(DEFAULTS.impact),
  acknowledgement: durations(DEFAULTS.acknowledgement),
  delegation: durations(DEFAULTS.delegation),
  lull: durations(DEFAULTS.lull),
  rounds: durations(DEFAULTS.rounds),
  shift: durations(DEFAULTS.shift),
  fatigue: durations(DEFAULTS.fatigue),
  night: section({ from: hour.optional(), to: hour.optional() }).optional(),
  standDown: durations(DEFAULTS.standDown),
  recurrence: duration.optional(),
  practice: z.boolean().optional(),
  retention: section({ incidents: days.optional(), attachments: days.optional() }).optional(),
  hooks: section({
    severities: z.record(text, id).optional(),
    alertmanager: section(labelled).optional(),
    grafana: section({
      ...labelled,
      signatureHeader: header.optional(),
      timestampHeader: header.optional(),
    }).optional(),
    json: section({ secret: secrets.optional(), sources: z.record(sourceName, jsonSource).optional() }).optional(),
  }).optional(),
  pagers: section({
    webhook: section(webhook).optional(),
    pagerduty: pagerDuty.optional(),
    ntfy: ntfy.optional(),
  }).optional(),
  publishers: section({
    webhook: section({ ...webhook, places: ids.optional() }).optional(),
    statuspage: statuspage.optional(),
    chat: named(secret).optional(),
  }).optional(),
  teams: section({
    channel: text.optional(),
    tenants: z.array(text).min(1).optional(),
    language: language.optional(),
    organizer: text.optional(),
    team: text.optional(),
  }).optional(),
  discord: section({
    language: language.optional(),
    category: text.max(90).optional(),
    archive: section({
      how: z.enum(['keep', 'move', 'delete']).optional(),
      after: duration.optional(),
      category: text.max(90).optional(),
    }).optional(),
  }).optional(),
};

/** A list under `severities` is a new table; a mapping changes rows of the built-in one. */
const withTable = section({ ...document, severities: z.array(wholeSeverity).min(1).optional() });
const withChanges = section({ ...document, severities: named(partOfSeverity).optional() });

export type ConfigDocument = z.output<typeof withTable> | z.output<typeof withChanges>;

export function checkShape(written: unknown): z.ZodSafeParseResult<ConfigDocument> {
  const severities = typeof written === 'object' && written && 'severities' in written ? written.severities : undefined;
  return Array.isArray(severities) ? withTable.safeParse(written) : withChanges.safeParse(written);
}
