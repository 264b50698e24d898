/** Reads how people are reached who are not looking: the pagers, and for whom each has a way. */
import type { Settings } from '../core/settings.ts';
import type { PersonId } from '../core/units.ts';
import { dotted, type Problem } from './problems.ts';
import type { ConfigDocument } from './schema.ts';

/** An address that Baton posts to, and the secret it signs with. */
export interface Webhook {
  readonly url: string;
  /** Shared with the receiver: signs every request (HMAC-SHA256). */
  readonly secret: string;
}

/** Integration keys of PagerDuty's Events API v2: of those that fit a page, its person's comes first, then its seat's. */
export interface PagerDutyConfig {
  /** Where events go. Default https://events.pagerduty.com; https://events.eu.pagerduty.com for accounts in Europe. */
  readonly url: string;
  readonly people: Readonly<Record<string, string>>;
  readonly seats: Readonly<Record<string, string>>;
  readonly services: Readonly<Record<string, string>>;
  /** For everything else. Absent: PagerDuty pages nobody else. */
  readonly key?: string;
}

/** Several may reach one person; a page has failed when each of those has. */
export interface PagersConfig {
  /** Reaches everybody. */
  readonly webhook?: Webhook;
  readonly pagerduty?: PagerDutyConfig;
}

/** Resolves `$NAME`; what is missing becomes a problem. */
export type ReadSecret = (written: string, ...path: (string | number)[]) => string;

export function pagersOf({ pagers = {} }: ConfigDocument, secret: ReadSecret, problems: Problem[]): PagersConfig {
  const { webhook, pagerduty } = pagers;
  return {
    ...(webhook && { webhook: { ...webhook, secret: secret(webhook.secret, 'pagers', 'webhook', 'secret') } }),
    ...(pagerduty && { pagerduty: pagerDutyOf(pagerduty, secret, problems) }),
  };
}

type Written = NonNullable<NonNullable<ConfigDocument['pagers']>['pagerduty']>;

function pagerDutyOf(written: Written, secret: ReadSecret, problems: Problem[]): PagerDutyConfig {
  const key = (one: string, ...path: string[]) => {
    const read = secret(one, 'pagers', 'pagerduty', ...path);
    if (read !== '' && !/^[A-Za-z0-9]{32}$/.test(read)) {
      const where = ['pagers', 'pagerduty', ...path];
      const message = `${dotted(where)} is no integration key, which has 32 letters and digits. Copy it from the integration "Events API V2" of a service in PagerDuty.`;
      problems.push({ path: where, at: 'value', message });
    }
    return read;
  };
  const keys = (section: 'people' | 'seats' | 'services') =>
    Object.fromEntries(Object.entries(written[section]).map(([id, one]) => [id, key(one, section, id)]));
  return {
    url: written.url,
    people: keys('people'),
    seats: keys('seats'),
    services: keys('services'),
    ...(written.key !== undefined && { key: key(written.key, 'key') }),
  };
}

/** Whom no pager reaches although they may be paged. It is no reason not to run: the commander is told the number to call. */
export function reachedByNone(
  { webhook, pagerduty }: PagersConfig,
  { seats, commanders, services }: Settings,
  chats: readonly string[],
): Problem[] {
  if (webhook || !pagerduty || chats.length > 0) return [];
  if (pagerduty.key !== undefined) return [];
  const isReached = (person: PersonId, seat: string) =>
    Object.hasOwn(pagerduty.people, person) ||
    Object.hasOwn(pagerduty.seats, seat) ||
    (Object.keys(services).length > 0 && Object.keys(services).every((id) => Object.hasOwn(pagerduty.services, id)));
  const paged = Object.entries(seats).flatMap(([seat, { chain }]) =>
    (seat === 'commander' && chain.length === 0 ? commanders : chain).map((person) => [person, seat] as const),
  );
  const missed = [...new Set(paged.filter(([person, seat]) => !isReached(person, seat)).map(([person]) => person))];
  if (missed.length === 0) return [];
  const message = `pagers have no way to ${missed.join(', ')}. Give them a way there: until then the commander is told to call them.`;
  return [{ path: ['pagers'], at: 'key', message }];
}
