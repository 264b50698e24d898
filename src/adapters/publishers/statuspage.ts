/** Publishes on an Atlassian Statuspage, as one incident there for each of Baton's: https://developer.statuspage.io/ */
import type { World } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import {
  type Attempt,
  attempt,
  type Done,
  type Failed,
  type Request,
  tries,
  WIRE,
  type Wire,
} from '../../posting/send.ts';
import { type Around, type Family, familyOf, heirOf, isOfMerge } from './family.ts';
import { type Publication, type Published, type Publisher, publisherName } from './publisher.ts';
import {
  type Entry,
  headline,
  isEntry,
  isStanding,
  metadata,
  publishedIn,
  referenceOf,
  statusOf,
} from './statuspage-entry.ts';

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

/** What a look at the page came to. */
type Looked<T> = { readonly found: T } | (Attempt & Failed);

const NAME = 'statuspage';
/** One request a second for each key, or 420 and 429. A little more, because clocks differ. */
const APART = 1_050;
/** As many as the API lists at once. */
const LISTED = 100;
const LARGEST_LIST = 8 * 1024 * 1024;

/** By place in the house's own table, worst first. */
const HIT = ['major_outage', 'partial_outage', 'degraded_performance'] as const;

/** Where its incidents are, and how whoever asks shows that they may. */
export function incidentsOf({ url, page, key }: StatuspageOptions) {
  const address = `${url}/v1/pages/${encodeURIComponent(page)}/incidents`;
  return { address, headers: { authorization: `OAuth ${key}` } };
}

export function statuspage(options: StatuspageOptions, around: Around, wire: Wire = WIRE): Publisher {
  const { store } = around;
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
    publish: (publication): Promise<Published> => tries(() => once(publication), wire),
    end: (incident) => tries(() => resolve(incident), wire),
  };

  /** Looks before it acts, each time: an answer may have been lost, or Baton may have died before it kept it. */
  async function once({ effect, incident, world }: Publication): Promise<Attempt> {
    const heir = await heirOf(incident, outlet, around);
    const family = await familyOf(heir, outlet, around);
    const looked = await find(family);
    if (!('found' in looked)) return looked;
    const already = looked.found.find((one) => publishedIn(one).includes(effect.id));
    if (already) return done(already);
    const isOver = heir.phase === 'closed';
    const standing = looked.found.find(isStanding) ?? (isOver ? looked.found[0] : undefined);
    const hit = await (isOver ? recovered(family) : affected(family, world));
    if (!('found' in hit)) return hit;
    const content = {
      incident: {
        status: statusOf(heir, standing),
        body: effect.text,
        metadata: metadata(heir, [...publishedIn(standing), effect.id]),
        ...hit.found,
        ...(!standing && { name: headline(effect.text) }),
      },
    };
    const path = standing ? `/${standing.id}` : '';
    const answered = await ask(path, { method: standing ? 'PATCH' : 'POST', content });
    if (!answered.sent) return answered;
    const made = isEntry(answered.answer) ? answered.answer : standing;
    if (made) await store.remember(heir.id, outlet, 'incident', made.id);
    return made ? done(made) : { sent: true };
  }

  /** Nobody confirmed words for it, so nobody is sent any: the page only stops saying that it is going on. */
  async function resolve(incident: Incident): Promise<Attempt> {
    const heir = await heirOf(incident, outlet, around);
    if (heir.phase !== 'closed') return { sent: true };
    const family = await familyOf(heir, outlet, around);
    const standing = await standingOf(family);
    if (!('found' in standing)) return standing;
    if (standing.found.length === 0) return { sent: true };
    const hit = await recovered(family);
    if (!('found' in hit)) return hit;
    const content = { incident: { status: 'resolved', deliver_notifications: false, ...hit.found } };
    for (const { id } of standing.found) {
      const answered = await ask(`/${id}`, { method: 'PATCH', content });
      if (!answered.sent) return answered;
    }
    return { sent: true };
  }

  async function standingOf(family: Family): Promise<Looked<readonly Entry[]>> {
    if (!family.some(wasTried)) return { found: [] };
    const looked = await find(family);
    return 'found' in looked ? { found: looked.found.filter(isStanding) } : looked;
  }

  /** What failed may be there all the same. */
  function wasTried({ messages, updates }: Incident): boolean {
    const tried = messages.flatMap(({ published, failed }) => [...published, ...failed]);
    return updates.length > 0 || tried.some(({ place }) => place === options.place);
  }

  /** What it remembers and that stands; and where that is not all, what bears a reference of theirs, newest first. */
  async function find(family: Family): Promise<Looked<readonly Entry[]>> {
    const references = family.map(referenceOf);
    const isOwn = ({ metadata: kept }: Entry) => references.includes(kept?.baton?.reference ?? '');
    const known: Entry[] = [];
    for (const id of await remembered(family)) {
      const one = await ask(`/${encodeURIComponent(id)}`, { method: 'GET' });
      if (one.sent && isEntry(one.answer) && isStanding(one.answer) && isOwn(one.answer)) known.push(one.answer);
      if (!one.sent && one.status !== 404) return one;
    }
    if (known.length === family.length) return { found: known };
    const listed = await ask(`?limit=${LISTED}`, { method: 'GET' });
    if (!listed.sent) return listed;
    // Without the list nobody knows what is there already.
    if (!Array.isArray(listed.answer)) return { ...NO_LIST, reason: `${new URL(root).host} sent no list of incidents` };
    const others = listed.answer.filter(isEntry).filter((one) => !known.some(({ id }) => id === one.id));
    return { found: [...known, ...others.filter(isOwn)] };
  }

  async function remembered(family: Family): Promise<ReadonlySet<string>> {
    const kept = await Promise.all(family.map(({ id }) => store.recall(id, outlet)));
    return new Set(kept.flatMap(({ incident = [] }) => incident));
  }

  function componentsOf(incidents: readonly { readonly service?: string }[]): readonly string[] {
    return [...new Set(incidents.flatMap(({ service = '' }) => components.get(service) ?? []))];
  }

  function affected(family: Family, { settings }: World): Promise<Looked<object>> {
    const rowOf = ({ severity }: Incident) => settings.severities.findIndex(({ id }) => id === severity.severity);
    const row = rowOf(family[0]);
    return inState(family, HIT[Math.max(0, row)] ?? 'degraded_performance', (other) => rowOf(other) < row);
  }

  function recovered(family: Family): Promise<Looked<object>> {
    return inState(family, 'operational', () => true);
  }

  /**
   * What a request says of the components of a family.
   * @param isHeldBy whether a component stays as it is for that other incident, which stands on the page and names it
   */
  async function inState(
    family: Family,
    state: string,
    isHeldBy: (other: Incident) => boolean,
  ): Promise<Looked<object>> {
    const named = componentsOf(family);
    if (named.length === 0) return { found: {} };
    let free = named;
    const isFree = (one: string) => free.includes(one);
    for (const listed of await store.list({})) {
      // Of thousands that are open few have to be looked at.
      const mayShare =
        componentsOf([listed]).some(isFree) || Object.keys(await store.recall(listed.id, outlet)).some(isOfMerge);
      const other = mayShare && listed.id !== family[0].id && (await around.incident(listed.id));
      if (!other || !isHeldBy(other)) continue;
      const others = await familyOf(other, outlet, around);
      const theirs = componentsOf(others);
      const standing = theirs.some(isFree) ? await standingOf(others) : { found: [] };
      if (!('found' in standing)) return standing;
      if (standing.found.length > 0) free = free.filter((one) => !theirs.includes(one));
    }
    return { found: { component_ids: named, components: Object.fromEntries(free.map((id) => [id, state])) } };
  }
}

const NO_LIST = { sent: false, unclear: false, passing: true, pause: 0 } as const;

function done({ shortlink }: Entry): Done & { readonly link?: string } {
  return { sent: true, ...(shortlink?.startsWith('https://') && { link: shortlink }) };
}

/** Resolves when the next request may go out. */
function paced({ steady, sleep }: Wire): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = steady();
    const at = Math.max(now, next);
    next = at + APART;
    if (at > now) await sleep(at - now);
  };
}
