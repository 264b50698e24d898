/** An Atlassian Statuspage as its documentation has it: incidents with updates, one request a second for each key. */
import { type Answered, type Asked, type Provider, startProvider } from './provider.ts';

interface Standing {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly shortlink: string;
  readonly metadata: Readonly<Record<string, object>>;
  /** What people read, newest last. */
  readonly updates: readonly { readonly status: string; readonly body: string; readonly notified: boolean }[];
}

export interface StatuspageDouble extends Provider {
  readonly incidents: readonly Standing[];
  readonly components: Readonly<Record<string, string>>;
  /** What time it is for the limit. */
  clock: () => number;
}

const PAGE = 'p4g3';
const STATUSES = ['investigating', 'identified', 'monitoring', 'resolved'];
const STATES = ['operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance'];

interface Written {
  readonly name?: string;
  readonly status?: string;
  readonly body?: string;
  readonly metadata?: Readonly<Record<string, object>>;
  readonly components?: Readonly<Record<string, string>>;
  readonly deliver_notifications?: boolean;
}

/** @param key of a user who may edit the page `p4g3` */
export async function startStatuspage(key: string): Promise<StatuspageDouble> {
  const incidents: Standing[] = [];
  const components: Record<string, string> = {};
  let last = Number.NEGATIVE_INFINITY;
  const double = { clock: () => Number.POSITIVE_INFINITY };
  const provider = await startProvider(serve);
  return Object.assign(double, provider, { incidents, components });

  function serve({ method, path, headers, body }: Asked): Answered {
    if (headers.authorization !== `OAuth ${key}`) return { status: 401, content: { error: 'Could not authenticate' } };
    const now = double.clock();
    if (now - last < 1_000) return { status: 420, content: { error: 'Rate limit exceeded' } };
    last = now;
    const [, page, id] = /^\/v1\/pages\/(\w+)\/incidents(?:\/(\w+))?(?:\?limit=\d+)?$/.exec(path) ?? [];
    if (page !== PAGE) return { status: 404, content: { error: 'Not found' } };
    const at = incidents.findIndex((one) => one.id === id);
    const found = incidents[at];
    if (id !== undefined && !found) return { status: 404, content: { error: 'Not found' } };
    if (method === 'GET') return { status: 200, content: found ?? incidents.toReversed() };
    const written = (JSON.parse(body) as { incident: Written }).incident;
    const wrong = errorIn(written, method);
    if (wrong !== undefined) return { status: 422, content: { error: [wrong] } };
    Object.assign(components, written.components);
    if (method === 'PATCH' && found) {
      const changed = { ...found, ...pick(written), updates: [...found.updates, updateOf(written, found.status)] };
      incidents[at] = changed;
      return { status: 200, content: changed };
    }
    const n = incidents.length + 1;
    const made: Standing = {
      id: `inc${n}`,
      shortlink: `https://stspg.io/${n}`,
      status: 'investigating',
      name: '',
      metadata: {},
      ...pick(written),
      updates: [updateOf(written, 'investigating')],
    };
    incidents.push(made);
    return { status: 201, content: made };
  }
}

function pick({ name, status, metadata }: Written): Partial<Standing> {
  return { ...(name !== undefined && { name }), ...(status && { status }), ...(metadata && { metadata }) };
}

function updateOf({ status, body = '', deliver_notifications: notified = true }: Written, before: string) {
  return { status: status ?? before, body, notified };
}

function errorIn({ name, status, metadata, components = {} }: Written, method: string): string | undefined {
  if (method === 'POST' && !name) return "Name can't be blank";
  if (status !== undefined && !STATUSES.includes(status)) return 'Status is not included in the list';
  if (Object.values(metadata ?? {}).some((value) => typeof value !== 'object'))
    return 'Metadata values must be objects';
  if (Object.values(components).some((state) => !STATES.includes(state))) return 'Component status is invalid';
  return undefined;
}
