/** People, an alert source and newcomers who order all the time, and ask again until each order is answered. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Replied } from './asking.ts';
import { nextOrder, type Watched } from './orders.ts';
import type { Random } from './random.ts';
import { CLOSER, PEOPLE } from './short-lives.ts';

/** An order that was answered. */
export interface Acknowledged {
  readonly order: string;
  readonly incident: string;
  readonly command: string;
  /** It was carried out, now or by an earlier try; otherwise it was refused. */
  readonly done: boolean;
  readonly repeated: boolean;
  /** The incident's version that the answer named; 0 where it was refused. */
  readonly version: number;
  readonly tries: number;
}

export interface AlertSent {
  readonly incident: string;
  readonly fingerprint: string;
  readonly status: string;
}

/** Everything that Baton has promised. */
export interface Promises {
  readonly orders: readonly Acknowledged[];
  readonly alerts: readonly AlertSent[];
  /** People who were told that they are known, by name. */
  readonly people: ReadonlyMap<string, string>;
  readonly incidents: readonly Watched[];
  /** Answers that no client should ever get. */
  readonly strange: readonly string[];
}

export interface Crowd {
  readonly promised: Promises;
  /** Nobody orders anything new; resolves when all that was ordered is answered. */
  finish(): Promise<void>;
}

/** Incidents that are worked on at once, beside the alert source's. */
const AT_ONCE = 3;
/** An incident with more events is closed, and another one declared: reading one must not become the test. */
const ENOUGH = 400;
/** Milliseconds that a person takes at most before the next order. */
const BREATH = 80;
/** Alerts of one group before the source goes on to the next. */
const GROUP = 25;

/** Told of every incident as soon as its declaration, and its end, is answered. */
export interface Told {
  opened(incident: Watched): void;
  closed(incident: Watched): void;
}

export function startCrowd(client: Client, random: Random, told: Told): Crowd {
  const orders: Acknowledged[] = [];
  const alerts: AlertSent[] = [];
  const people = new Map<string, string>();
  const incidents: Watched[] = [];
  const strange: string[] = [];
  let going = true;
  let number = 0;

  const mark = (by: string) => {
    number += 1;
    return `${by}-${number}`;
  };

  async function order(by: string, command: string, fields: object, incident?: Watched, id = mark(by)) {
    const data = { command, fields, ...(incident ? { incident: incident.id } : {}) };
    const asked = { method: 'POST', path: `/console/orders?as=${by}`, body: JSON.stringify({ id, data }) } as const;
    return noted(id, command, incident, await client.ask(asked));
  }

  function noted(id: string, command: string, incident: Watched | undefined, { status, json, tries }: Replied) {
    const { outcome } = json;
    const done = outcome === 'done';
    if (status !== 200 || !(done || outcome === 'refused')) {
      strange.push(`${command} ${id}: ${status} ${JSON.stringify(json).slice(0, 300)}`);
      return undefined;
    }
    const version = done ? Number(json.version) : 0;
    const where = done ? String(json.incident) : (incident?.id ?? '');
    orders.push({ order: id, incident: where, command, done, repeated: json.repeated === true, version, tries });
    if (incident) incident.version = Math.max(incident.version, version);
    return done ? { incident: where, version } : undefined;
  }

  function watch(id: string, from: Watched['alerts']): Watched {
    const known = incidents.find((one) => one.id === id);
    if (known) return known;
    const incident: Watched = {
      id,
      version: 0,
      activities: 0,
      messages: 0,
      commander: '',
      closed: false,
      alerts: from,
    };
    incidents.push(incident);
    told.opened(incident);
    return incident;
  }

  async function declare(by: string): Promise<void> {
    const id = mark(by);
    const service = random.of([{}, { service: 'payments' }, { service: 'search' }]);
    const made = await order(by, 'declare', { title: `Trouble ${id}`, ...service }, undefined, id);
    if (made) watch(made.incident, 'none');
  }

  /** Whoever commands closes it; without anybody, gina does, who has no work of her own. */
  async function close(incident: Watched): Promise<void> {
    incident.closed = true;
    for (let tries = 0; tries < 20; tries += 1) {
      await order(CLOSER, 'take-command', {}, incident);
      for (const by of [CLOSER, ...PEOPLE]) {
        if (await order(by, 'close', { reason: 'enough was seen' }, incident)) return told.closed(incident);
      }
    }
    strange.push(`nobody could close ${incident.id}`);
  }

  async function work(by: string): Promise<void> {
    while (going) {
      await sleep(random.upTo(BREATH));
      const open = incidents.filter(({ closed }) => !closed);
      const full = open.find((one) => one.alerts === 'over' || (one.alerts === 'none' && one.version > ENOUGH));
      if (full) await close(full);
      else if (open.filter((incident) => incident.alerts === 'none').length < AT_ONCE) await declare(by);
      else await one(by, random.of(open));
    }
  }

  async function one(by: string, incident: Watched): Promise<void> {
    if (random.next() < 0.03) return evidence(by, incident);
    const id = mark(by);
    const { command, fields } = nextOrder(random, by, incident, id);
    const done = await order(by, command, fields, incident, id);
    if (!done) return;
    if (command === 'delegate' || command === 'propose-mitigation') incident.activities += 1;
    if (command === 'draft-message') incident.messages += 1;
    if (command === 'take-command' || command === 'accept-hand-over') incident.commander = by;
  }

  async function evidence(by: string, incident: Watched): Promise<void> {
    const id = mark(by);
    const query = new URLSearchParams({ as: by, id, name: `${id}.txt`, text: `What ${by} saw` });
    const path = `/console/incidents/${incident.id}/evidence?${query}`;
    const body = Buffer.from(`Evidence ${id} `.repeat(1 + random.upTo(4_000)));
    noted(id, 'keep-evidence', incident, await client.ask({ method: 'POST', path, body, type: 'text/plain' }));
  }

  async function newcomers(): Promise<void> {
    for (let n = 1; going; n += 1) {
      await sleep(random.upTo(1_500));
      // Names that come out as the same id, asked for at once: each is somebody else.
      const names = [`Guest ${n}`, `Guest-${n}`];
      await Promise.all(
        names.map(async (name) => {
          const asked = { method: 'POST', path: '/console/session', body: JSON.stringify({ name }) } as const;
          const { status, json } = await client.ask(asked);
          if (status === 200 && json.name === name) people.set(name, String(json.id));
          else strange.push(`session ${name}: ${status} ${JSON.stringify(json)}`);
        }),
      );
    }
  }

  async function alertSource(): Promise<void> {
    for (let n = 0; going; n += 1) {
      await sleep(random.upTo(400));
      const fingerprint = `f${n}`;
      const group = Math.floor(n / GROUP);
      for (const status of ['firing', 'resolved']) {
        const body = JSON.stringify(alertOf(fingerprint, status, group));
        const reply = await client.ask({ method: 'POST', path: '/hooks/alertmanager/local', body });
        const id = String(reply.json.incident);
        if (reply.status !== 200) {
          strange.push(`alert ${fingerprint}: ${reply.status} ${JSON.stringify(reply.json)}`);
          continue;
        }
        alerts.push({ incident: id, fingerprint, status });
        watch(id, 'coming');
      }
      // The source has nothing more to say of this group.
      if (n % GROUP === GROUP - 1) for (const one of incidents) if (one.alerts === 'coming') one.alerts = 'over';
    }
  }

  const everybody = Promise.all([...PEOPLE.map(work), newcomers(), alertSource()]);
  return {
    promised: { orders, alerts, people, incidents, strange },
    async finish() {
      going = false;
      await everybody;
    },
  };
}

const STARTED = '2026-01-01T00:00:00Z';

function alertOf(fingerprint: string, status: string, group: number) {
  const labels = { alertname: `Errors${group}`, service: 'payments', instance: fingerprint };
  const ends = status === 'resolved' ? { endsAt: '2026-01-01T00:01:00Z' } : {};
  return {
    version: '4',
    status,
    groupKey: `{}:{alertname="Errors${group}"}`,
    alerts: [{ status, labels, annotations: {}, startsAt: STARTED, fingerprint, ...ends }],
    commonLabels: { alertname: `Errors${group}`, service: 'payments' },
  };
}
