/** Reads how people are reached who are not looking: the pagers, and for whom each has a way. */
import type { Settings } from '../core/settings.ts';
import type { People, PersonId } from '../core/units.ts';
import { dotted, type Problem } from './problems.ts';
import type { ConfigDocument } from './schema.ts';
import type { ReadSecret } from './secrets.ts';

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

/** Push through an ntfy server. */
export interface NtfyConfig {
  /** The server. Default https://ntfy.sh, where everybody may listen to every topic that they know. */
  readonly url: string;
  /** Of an account that may write to the topics. */
  readonly token?: string;
  /** What each person's phone listens to. */
  readonly topics: Readonly<Record<PersonId, string>>;
}

/** Several may reach one person; a page has failed when each of those has. */
export interface PagersConfig {
  /** Reaches everybody. */
  readonly webhook?: Webhook;
  readonly pagerduty?: PagerDutyConfig;
  readonly ntfy?: NtfyConfig;
}

export function pagersOf({ pagers = {} }: ConfigDocument, secret: ReadSecret, problems: Problem[]): PagersConfig {
  const { webhook, pagerduty, ntfy } = pagers;
  return {
    ...(webhook && { webhook: { ...webhook, secret: secret(webhook.secret, 'pagers', 'webhook', 'secret') } }),
    ...(pagerduty && { pagerduty: pagerDutyOf(pagerduty, secret, problems) }),
    ...(ntfy && { ntfy: ntfyOf(ntfy, secret, problems) }),
  };
}

type Written = NonNullable<ConfigDocument['pagers']>;

function pagerDutyOf(
  written: NonNullable<Written['pagerduty']>,
  secret: ReadSecret,
  problems: Problem[],
): PagerDutyConfig {
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

function ntfyOf(written: NonNullable<Written['ntfy']>, secret: ReadSecret, problems: Problem[]): NtfyConfig {
  const topic = (one: string, person: PersonId) => {
    const path = ['pagers', 'ntfy', 'topics', person];
    const read = secret(one, ...path);
    if (read !== '' && !/^[-_A-Za-z0-9]{1,64}$/.test(read)) {
      const message = `${dotted(path)} is no topic. Use letters, digits, "-" and "_", at most 64, and make it hard to guess: whoever knows it may listen.`;
      problems.push({ path, at: 'value', message });
    }
    return read;
  };
  return {
    url: written.url,
    topics: Object.fromEntries(Object.entries(written.topics).map(([person, one]) => [person, topic(one, person)])),
    ...(written.token !== undefined && { token: secret(written.token, 'pagers', 'ntfy', 'token') }),
  };
}

/**
 * Whom no pager reaches although they may be paged, nor any chat by an account that is written down. It is no reason not
 * to run: where no chat has met them, the commander is told the number to call.
 * @param chats where Baton pages beside the pagers; without either it is said elsewhere that pages only show
 */
export function reachedByNone(
  pagers: PagersConfig,
  { seats, commanders, services }: Settings,
  people: People,
  chats: readonly string[],
): Problem[] {
  const { webhook, pagerduty, ntfy } = pagers;
  if (webhook || (chats.length === 0 && !(pagerduty || ntfy))) return [];
  const { key, people: byPerson = {}, seats: bySeat = {}, services: byService = {} } = pagerduty ?? {};
  const always = Object.keys(services).length > 0 && Object.keys(services).every((id) => Object.hasOwn(byService, id));
  if (key !== undefined || always) return [];
  const isReached = (person: PersonId, seat: string) =>
    [byPerson, ntfy?.topics ?? {}].some((ways) => Object.hasOwn(ways, person)) ||
    Object.hasOwn(bySeat, seat) ||
    chats.some((chat) => people[person]?.ids?.[chat] !== undefined);
  const missed = Object.entries(seats).flatMap(([seat, { chain }]) =>
    (seat === 'commander' && chain.length === 0 ? commanders : chain).filter((person) => !isReached(person, seat)),
  );
  if (missed.length === 0) return [];
  const named = [...new Set(missed)].join(', ');
  const ids = chats.map((chat) => `ids.${chat}`).join(' or ');
  const message =
    chats.length === 0
      ? `pagers have no way to ${named}. Give them a way there: until then the commander is told to call them.`
      : `pagers have no way to ${named}, and people no ${ids} of theirs. Give them one or the other: until Baton meets them in a chat the commander is told to call them.`;
  return [{ path: [pagerduty || ntfy ? 'pagers' : 'seats'], at: 'key', message }];
}
