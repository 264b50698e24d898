/** Publishes on an Atlassian Statuspage, as one incident there for each of Baton's: https://developer.statuspage.io/ */
import { clip } from '../../cards/words/clip.ts';
import type { World } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import type { Store } from '../../core/ports.ts';
import { type Attempt, attempt, type Failed, type Request, tries, WIRE, type Wire } from '../../posting/send.ts';
import { type Publication, type Published, type Publisher, publisherName } from './publisher.ts';

export interface StatuspageOptions {
  /** The API, without its version. */
  readonly url: string;
  /** Id of the page. */
  readonly page: string;
  /** Of a user who may edit its incidents. */
  readonly key: string;
  /** The place that it is. */
  readonly place: string;
  /** Ids of the components that are hit, by service. */
  readonly components: Readonly<Record<string, readonly string[]>>;
}

/** What there is of an incident there, as far as Baton looks at it. */
interface Shown {
  readonly id: string;
  readonly status: string;
  readonly shortlink?: string;
  readonly metadata?: { readonly baton?: { readonly reference?: string; readonly published?: string } };
}

const NAME = 'statuspage';
/** One request a second for each key, or 420 and 429. A little more, because clocks differ. */
const APART = 1_050;
/** As many as the API lists at once. */
const LISTED = 100;
const LARGEST_LIST = 8 * 1024 * 1024;
/** Of the headline, which is the first sentence of what was confirmed first. Characters. */
const LONGEST_NAME = 120;

/** By place in the house's own table, worst first. */
const HIT = ['major_outage', 'partial_outage', 'degraded_performance'] as const;

/** Where its incidents are, and how whoever asks shows that they may. */
export function incidentsOf({ url, page, key }: StatuspageOptions) {
  const address = `${url}/v1/pages/${encodeURIComponent(page)}/incidents`;
  return { address, headers: { authorization: `OAuth ${key}` } };
}

export function statuspage(
  options: StatuspageOptions,
  store: Pick<Store, 'remember' | 'recall'>,
  wire: Wire = WIRE,
): Publisher {
  const pace = paced(wire);
  const components = new Map(Object.entries(options.components));
  const { address: root, headers } = incidentsOf(options);
  const outlet = publisherName(NAME);

  const ask = async (path: string, more: Partial<Request>): Promise<Attempt> => {
    await pace();
    return attempt({ url: `${root}${path}`, headers, largest: LARGEST_LIST, ...more }, wire);
  };

  return {
    name: NAME,
    serves: (place) => place === options.place,
    knowsAgain: true,
    async publish(publication): Promise<Published> {
      let unclear = false;
      return tries(async () => {
        const outcome = await once(publication);
        // What an earlier try may have done does not become clear by a later one that did nothing.
        unclear ||= !outcome.sent && outcome.unclear;
        return outcome.sent ? outcome : { ...outcome, unclear };
      }, wire);
    },
    end: (incident) => tries(() => resolve(incident), wire),
  };

  /** Looks before it acts, each time: an answer may have been lost, or Baton may have died before it kept it. */
  async function once(publication: Publication): Promise<Attempt & { link?: string }> {
    const { effect, incident, world } = publication;
    const found = await find(incident);
    if (!('shown' in found)) return { ...found, unclear: false };
    const { shown } = found;
    const already = shown.find((one) => publishedIn(one).includes(effect.id));
    if (already) return done(already);
    const standing =
      shown.find(({ status }) => status !== 'resolved') ?? (incident.phase === 'closed' ? shown[0] : undefined);
    const status = statusOf(incident, standing);
    const content = {
      incident: {
        status,
        body: effect.text,
        metadata: metadata(incident, [...publishedIn(standing), effect.id]),
        ...hit(incident, status, world),
        ...(!standing && { name: headline(effect.text) }),
      },
    };
    const path = standing ? `/${standing.id}` : '';
    const answered = await ask(path, { method: standing ? 'PATCH' : 'POST', content });
    if (!answered.sent) return answered;
    const made = isShown(answered.answer) ? answered.answer : standing;
    if (made) await store.remember(incident.id, outlet, 'incident', made.id);
    return made ? done(made) : { sent: true };
  }

  /** Nobody confirmed words for it, so nobody is sent any: the page only stops saying that it is going on. */
  async function resolve(incident: Incident): Promise<Attempt> {
    const found = await find(incident);
    if (!('shown' in found)) return found;
    const standing = found.shown.find(({ status }) => status !== 'resolved');
    if (!standing) return { sent: true };
    const content = { incident: { status: 'resolved', deliver_notifications: false, ...hit(incident, 'resolved') } };
    return ask(`/${standing.id}`, { method: 'PATCH', content });
  }

  /** Baton's own, newest first: the one that it remembers, or those that bear its reference. */
  async function find(incident: Incident): Promise<{ readonly shown: readonly Shown[] } | (Attempt & Failed)> {
    const { incident: known } = await store.recall(incident.id, outlet);
    if (known !== undefined) {
      const one = await ask(`/${encodeURIComponent(known)}`, { method: 'GET' });
      if (one.sent && isShown(one.answer) && one.answer.status !== 'resolved') return { shown: [one.answer] };
      if (!one.sent && one.status !== 404) return one;
    }
    const listed = await ask(`?limit=${LISTED}`, { method: 'GET' });
    if (!listed.sent) return listed;
    const all = Array.isArray(listed.answer) ? listed.answer.filter(isShown) : undefined;
    // Without the list nobody knows what is there already.
    if (!all) return { ...NO_LIST, reason: `${new URL(root).host} sent no list of incidents` };
    return { shown: all.filter(({ metadata: kept }) => kept?.baton?.reference === referenceOf(incident)) };
  }

  function hit(incident: Incident, status: string, world?: World): object {
    const ids = components.get(incident.service ?? '') ?? [];
    if (ids.length === 0) return {};
    const row = world?.settings.severities.findIndex(({ id }) => id === incident.severity.severity) ?? 0;
    const state = status === 'resolved' ? 'operational' : (HIT[Math.max(0, row)] ?? 'degraded_performance');
    return { component_ids: ids, components: Object.fromEntries(ids.map((id) => [id, state])) };
  }
}

const NO_LIST = { sent: false, unclear: false, passing: true, pause: 0 } as const;

/** Two houses may publish on one page, and each has an INC-1. */
function referenceOf({ id, declared }: Incident): string {
  return `${id}@${declared.at}`;
}

/** The API wants objects inside objects, and shows them to nobody who reads the page. */
function metadata(incident: Incident, published: readonly string[]) {
  return { baton: { reference: referenceOf(incident), published: published.join(' ') } };
}

function publishedIn(shown: Shown | undefined): readonly string[] {
  return shown?.metadata?.baton?.published?.split(' ').filter(Boolean) ?? [];
}

/** Whoever says on the page that the cause is known knows more than Baton does. */
function statusOf({ phase }: Incident, standing: Shown | undefined): string {
  if (phase === 'closed') return 'resolved';
  if (phase === 'watching') return 'monitoring';
  return standing?.status === 'identified' ? 'identified' : 'investigating';
}

/** Only confirmed words go out, so the headline is made of them rather than of the incident's title. */
function headline(text: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text.trim());
  return clip(first?.segment ?? text, LONGEST_NAME);
}

function isShown(answer: unknown): answer is Shown {
  return typeof answer === 'object' && answer !== null && 'id' in answer && 'status' in answer;
}

function done({ shortlink }: Shown): Attempt & { sent: true; link?: string } {
  return { sent: true, ...(shortlink?.startsWith('https://') && { link: shortlink }) };
}

/** Resolves when the next request may go out. */
function paced({ now, sleep }: Wire): () => Promise<void> {
  let next = 0;
  return async () => {
    const at = Math.max(now(), next);
    next = at + APART;
    if (at > now()) await sleep(at - now());
  };
}
