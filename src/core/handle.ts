/** The only loop: load, decide, append, keep clocks, deliver. */
import { advance, introduce } from './advance.ts';
import { clocksOf } from './clocks.ts';
import { commandNamed } from './commands/index.ts';
import type { Clock, Effect, Order, World } from './contract.ts';
import { refuse } from './contract.ts';
import { decide } from './decide.ts';
import { effectsOf } from './effects.ts';
import type { Recorded } from './events.ts';
import { evolve } from './evolve.ts';
import type { Incident } from './incident.ts';
import type { Answer, Directory, Intake, Jobs, Log, Outlet, Sharing, Store, Summary } from './ports.ts';
import { isRouted } from './routing.ts';
import type { Settings } from './settings.ts';
import { BATON, type Duration, type IncidentId, type Instant, type People, type Person } from './units.ts';

export interface House {
  readonly store: Store;
  readonly directory: Directory;
  readonly jobs: Jobs;
  /** Absent where this is the only instance. */
  readonly sharing?: Sharing;
  readonly outlets: readonly Outlet[];
  readonly settings: Settings;
  /** People of baton.yaml. */
  readonly people: People;
  readonly now: () => Instant;
  /** Resolves when answers that are ready have gone out; what follows an order waits for that. */
  readonly aside?: () => Promise<void>;
  /** Runs a task later, unless the process ends before. */
  readonly later: (delay: Duration, task: () => void) => void;
  readonly log: Log;
}

export interface Handler extends Intake {
  /** A clock has rung: whatever is due in that incident follows. Rejects when nothing could be kept. */
  ring(id: IncidentId, clock?: Clock): Promise<void>;
  /**
   * Rings what is due, keeps clocks, and begins to deliver what is outstanding; `settled` waits for that. Nothing is done
   * where at that version everything was done already and no clock has come since.
   */
  catchUp(id: IncidentId, version?: number): Promise<void>;
  /** Somebody, maybe another instance, has brought an incident to a version: it is shown and delivered here as is due. */
  noticed(id: IncidentId, version: number): Promise<void>;
  /** Resolves when everything under way is done. */
  settled(): Promise<void>;
}

/** How often a lost race is run again before the person is told to try again. */
const MOST_TRIES = 20;
/** Delay before an outlet that failed is tried again; doubles up to the longest. */
const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 60_000;
/** How long what the store says about people and closed incidents is taken as fresh. */
const WORLD_FRESH = 60_000;
/** The same where other instances change it too. */
const SHARED_WORLD_FRESH = 5_000;
/** A refusal that rests on an older world than this is decided again with a fresh one, where others may have changed it. */
const REFUSING_WORLD_FRESH = 1_000;

/** States beyond these are folded anew when they are needed: those of a few busy hours, not of all that is open. */
const MOST_HELD = 1_000;
/** An incident in which nothing happens is looked at thoroughly this often all the same, at latest after twice as long. */
const THOROUGHLY = 10 * 60_000;
const CALM_STEPS = 20;

/** What another instance appended longer ago is no news to those who are connected here: they see it on the card. */
const NEWS = 60_000;

/** Clocks that are kept: of which state, and when the first of them rings. */
interface Kept {
  readonly version: number;
  readonly next: Instant;
}

interface Cached {
  incident: Incident | undefined;
  /** When its newest event happened. */
  at: Instant;
  /** What the clock showed here when that was heard of. */
  seen: Instant;
  /** Events that some outlet may still have to see, oldest first. */
  tail: readonly Recorded[];
  cursors: Record<string, number>;
}

const NONE: Cached = { incident: undefined, at: 0, seen: 0, tail: [], cursors: {} };

export function createHandler(house: House): Handler {
  const { store, directory, jobs, sharing, settings, now, log } = house;
  const cache = new Map<IncidentId, Cached>();
  const queues = new Map<IncidentId, Promise<unknown>>();
  const deliveries = new Map<string, Promise<void>>();
  const failures = new Map<string, number>();
  /** By outlet and incident, what was delivered and the store could not yet be told: this process does not repeat it. */
  const untold = new Map<string, { reached: number; readonly effects: Set<string> }>();
  /** With several instances: up to which version this one has drawn and delivered. */
  const shown = new Map<IncidentId, number>();
  /** What was found in order: nothing has to be done at this version before that time. */
  const calm = new Map<IncidentId, { readonly version: number; readonly until: Instant }>();
  const underWay = new Set<Promise<unknown>>();
  let known: { world: World; at: Instant } | undefined;
  /** Counts what changed the world, so that a reading begun before a change is not kept after it. */
  let changes = 0;

  const orders: Outlet = {
    name: 'orders',
    takes: ['order'],
    async deliver(effect) {
      if (effect.type !== 'order') return;
      const answer = await handle(effect.order);
      if ('refusal' in answer) log.warn({ order: effect.order.id, refused: answer.refusal.refused }, 'order refused');
    },
  };
  const outlets = [...house.outlets, orders];

  /** Runs tasks of one incident one after the other: a process never races with itself. */
  function inTurn<T>(id: IncidentId, task: () => Promise<T>): Promise<T> {
    const turn = (queues.get(id) ?? Promise.resolve()).then(task, task);
    const done = turn
      .catch(() => undefined)
      .then(() => {
        if (queues.get(id) === done) queues.delete(id);
      });
    queues.set(id, done);
    return track(turn);
  }

  function track<T>(work: Promise<T>): Promise<T> {
    const quiet = work.catch(() => undefined).finally(() => underWay.delete(quiet));
    underWay.add(quiet);
    return work;
  }

  async function load(id: IncidentId): Promise<Cached> {
    const cached = cache.get(id);
    const stored = await store.load(id, cached?.incident?.version ?? 0);
    if (!stored) return NONE;
    let incident = cached?.incident;
    for (const event of stored.events) incident = evolve(incident, event, id);
    // Somebody who only reads may have been overtaken by an append: what it left is newer.
    const latest = cache.get(id);
    if (latest !== cached && (latest?.incident?.version ?? 0) >= (incident?.version ?? 0) && latest) return latest;
    const cursors = { ...stored.cursors, ...maximum(cached?.cursors, stored.cursors) };
    const tail = undelivered([...(cached?.tail ?? []), ...stored.events], cursors);
    const { at = cached?.at ?? 0 } = stored.events.at(-1) ?? {};
    const entry = { incident, at, seen: stored.events.length > 0 ? now() : (cached?.seen ?? 0), tail, cursors };
    hold(id, entry);
    if (cached) heed(stored.events);
    return entry;
  }

  /** Keeps a state at hand, and lets go of one that nobody has asked for the longest. */
  function hold(id: IncidentId, entry: Cached): void {
    cache.delete(id);
    cache.set(id, entry);
    if (cache.size <= MOST_HELD) return;
    for (const [oldest, one] of cache) if (ahead(one) === 0) return void cache.delete(oldest);
  }

  /** How far its time is ahead of the clock here, which somebody has set back; known only while the state is at hand. */
  function ahead({ at, seen }: Cached): Duration {
    return Math.max(0, at - seen);
  }

  /**
   * Never before what has happened already: a clock may have been set back, and instances' clocks are a little apart.
   * And it goes on from there, because reminders must not wait until that clock has caught up.
   */
  function timeIn(entry: Cached): Instant {
    return Math.max(entry.at, now() + ahead(entry));
  }

  function heed(events: readonly Recorded[]): void {
    if (events.some(({ type }) => CHANGES_WORLD.has(type))) known = undefined;
  }

  function undelivered(events: readonly Recorded[], cursors: Readonly<Record<string, number>>): Recorded[] {
    const least = Math.min(...outlets.map(({ name }) => cursors[name] ?? 0));
    return events.filter(({ seq }) => seq > least);
  }

  function isFresh(age: Duration): boolean {
    return known !== undefined && now() - known.at < age && now() >= known.at;
  }

  /** A refusal that may rest on what other instances have changed since: then the next try asks the store. */
  function mayBeOutdated(): boolean {
    if (!sharing || isFresh(REFUSING_WORLD_FRESH)) return false;
    known = undefined;
    return true;
  }

  async function world(): Promise<World> {
    if (known && isFresh(sharing ? SHARED_WORLD_FRESH : WORLD_FRESH)) return known.world;
    const began = changes;
    const [signedIn, people, closed] = await Promise.all([
      directory.people(),
      store.people(),
      store.list({ closedAfter: now() - settings.recurrence }),
    ]);
    const fresh: World = {
      settings,
      people: { ...Object.fromEntries(signedIn.map((person) => [person.id, person])), ...house.people },
      ...people,
      closed: closed.flatMap(({ id, closedAt, service, key }) =>
        closedAt === undefined
          ? []
          : [
              {
                id,
                at: closedAt,
                ...(service === undefined ? {} : { service }),
                ...(key === undefined ? {} : { key }),
              },
            ],
      ),
    };
    if (began === changes) known = { world: fresh, at: now() };
    return fresh;
  }

  function forgetWorld(): void {
    changes += 1;
    known = undefined;
  }

  /** One append: the events are durable, or somebody else was first. */
  async function append(id: IncidentId, before: Cached, incident: Incident, events: readonly Recorded[]) {
    const outcome = await store.append(id, before.incident?.version ?? 0, events, summaryOf(incident));
    if (outcome !== 'appended') {
      cache.delete(id);
      return outcome;
    }
    hold(id, {
      incident,
      at: events.at(-1)?.at ?? before.at,
      seen: now(),
      tail: [...before.tail, ...events],
      cursors: before.cursors,
    });
    if (events.some(({ type }) => CHANGES_WORLD.has(type))) forgetWorld();
    void track(afterwards(id, incident));
    return outcome;
  }

  /** What does not hold up the answer: the state is kept already, and the sweep repeats what fails here. */
  async function afterwards(id: IncidentId, incident: Incident): Promise<void> {
    await house.aside?.();
    await Promise.all([keepClocks(id, incident), spread(id, incident)]);
  }

  /** Whether this instance delivers the incident and draws it for all. */
  async function keeps(id: IncidentId): Promise<boolean> {
    const keeping = await sharing?.keeps(id);
    // Whoever kept it before has moved its cursors.
    if (keeping === 'taken') await load(id);
    return keeping !== 'elsewhere';
  }

  /** Whether this instance delivers an incident to an outlet and draws it there for all. */
  async function minds(outlet: Outlet, id: IncidentId): Promise<boolean> {
    if (!sharing) return true;
    return outlet.here ? outlet.here() : keeps(id);
  }

  /** Draws an incident and delivers what is due: for all, or for those who are connected here. */
  async function spread(id: IncidentId, incident: Incident): Promise<void> {
    if (!sharing) {
      draw(incident, outlets);
      return deliverAll(id);
    }
    const before = shown.get(id) ?? 0;
    shown.set(id, Math.max(before, incident.version));
    try {
      const kept = await keeps(id);
      draw(
        incident,
        outlets.filter(({ everywhere, here }) => everywhere || (here ? here() : kept)),
      );
      if (!kept) await deliverHere(id, before);
      await deliverAll(id);
      if (incident.phase === 'closed' && !queues.has(id)) shown.delete(id);
    } catch (error) {
      shown.set(id, before);
      log.error({ incident: id, error }, 'could not find out who delivers; the sweep will');
    }
  }

  function takes({ name, takes, surface = name }: Outlet, effect: Effect): boolean {
    if (!takes.includes(effect.type)) return false;
    if (effect.type !== 'open-room' && effect.type !== 'open-call') return true;
    return effect.surface === undefined ? !isRouted(surface, settings) : effect.surface === surface;
  }

  function draw(incident: Incident, those: readonly Outlet[]): void {
    for (const outlet of those) {
      try {
        outlet.draw?.(incident);
      } catch (error) {
        log.error({ incident: incident.id, outlet: outlet.name, error }, 'could not draw');
      }
    }
  }

  /** To those who are connected here, while another instance keeps the incident. What fails is not repeated: they look. */
  async function deliverHere(id: IncidentId, after: number): Promise<void> {
    const here = outlets.filter(({ everywhere }) => everywhere);
    const stored = here.length > 0 ? await store.load(id, after) : undefined;
    const incident = cache.get(id)?.incident;
    if (!stored || !incident) return;
    const around = await world();
    for (const event of stored.events) {
      const isNews = event.seq <= incident.version && event.at > now() - NEWS;
      for (const effect of isNews ? effectsOf(event, incident, around) : []) {
        for (const outlet of here) if (takes(outlet, effect)) await outlet.deliver(effect, incident);
      }
    }
    if (incident.phase === 'closed' && !queues.has(id)) cache.delete(id);
  }

  /** Resolves to whether they are kept, and for which version. */
  async function keepClocks(id: IncidentId, incident: Incident): Promise<Kept | undefined> {
    try {
      const around = await world();
      // Meanwhile more may have happened, and its clocks must not be overtaken by these.
      const newest = cache.get(id)?.incident ?? incident;
      const clocks = clocksOf(newest, around);
      await jobs.keep(id, clocks);
      return { version: newest.version, next: clocks[0]?.at ?? Number.POSITIVE_INFINITY };
    } catch (error) {
      log.error({ incident: id, error }, 'could not keep clocks; the sweep will');
      return undefined;
    }
  }

  function isCalm(id: IncidentId, version: number): boolean {
    const found = calm.get(id);
    if (found === undefined) return false;
    const left = found.until - now();
    // Whoever set the clock back has put off the time at which to look again.
    return found.version === version && left > 0 && left <= 2 * THOROUGHLY;
  }

  /** Whether nothing is outstanding; looked at again not all at the same time, though found so within one sweep. */
  function noteCalm(id: IncidentId, { version, next }: Kept): boolean {
    calm.delete(id);
    const entry = cache.get(id);
    const outstanding = entry === undefined || entry.tail.length > 0 || (sharing && (shown.get(id) ?? 0) < version);
    if (outstanding || entry.incident?.version !== version) return false;
    const spread = 1 + (calm.size % CALM_STEPS) / CALM_STEPS;
    calm.set(id, { version, until: Math.min(next - ahead(entry), now() + THOROUGHLY * spread) });
    return true;
  }

  async function deliverAll(id: IncidentId): Promise<void> {
    await Promise.all(outlets.map((outlet) => deliverTo(outlet, id)));
  }

  /** A closed incident whose effects are all delivered is only read again, if at all: its state need not stay. */
  function forget(id: IncidentId, { incident, tail }: Cached): void {
    if (incident?.phase === 'closed' && tail.length === 0 && !queues.has(id)) cache.delete(id);
  }

  /** Delivers to one outlet, in order; one run at a time, and a run sees what was appended meanwhile. */
  function deliverTo(outlet: Outlet, id: IncidentId): Promise<void> {
    const lane = `${outlet.name} ${id}`;
    const before = deliveries.get(lane) ?? Promise.resolve();
    const run = before.then(() => deliver(outlet, id, lane));
    deliveries.set(lane, run);
    return run.finally(() => {
      if (deliveries.get(lane) === run) deliveries.delete(lane);
    });
  }

  async function deliver(outlet: Outlet, id: IncidentId, lane: string): Promise<void> {
    try {
      // What was delivered stays in mind: an instance that was not heard for a moment may keep it again the next.
      if (!(await minds(outlet, id))) return void failures.delete(lane);
      // Whoever had a lease before has moved the cursor.
      const known = sharing && outlet.here ? undefined : cache.get(id);
      const entry = known ?? (await load(id));
      const { incident } = entry;
      if (!incident) return;
      const kept = entry.cursors[outlet.name] ?? 0;
      const done = untold.get(lane) ?? { reached: kept, effects: new Set() };
      const due = entry.tail.filter(({ seq }) => seq > done.reached);
      if (due.length === 0 && done.reached <= kept) {
        untold.delete(lane);
        return forget(id, entry);
      }
      untold.set(lane, done);
      const around = await world();
      let told = kept;
      const tell = async () => {
        await store.delivered(id, outlet.name, done.reached);
        told = done.reached;
      };
      try {
        for (const event of due) {
          // Whoever was suspended meanwhile keeps it no longer.
          if (!(await minds(outlet, id))) break;
          const effects = effectsOf(event, incident, around).filter((effect) => takes(outlet, effect));
          for (const effect of effects) {
            if (done.effects.has(effect.id)) continue;
            await outlet.deliver(effect, incident);
            done.effects.add(effect.id);
          }
          done.reached = event.seq;
          done.effects.clear();
          if (effects.length > 0) await tell();
        }
      } finally {
        if (done.reached > told) await tell();
        if (told > kept) {
          const latest = cache.get(id);
          if (latest) {
            latest.cursors = { ...latest.cursors, [outlet.name]: done.reached };
            latest.tail = undelivered(latest.tail, latest.cursors);
            forget(id, latest);
          }
        }
      }
      untold.delete(lane);
      failures.delete(lane);
    } catch (error) {
      const failed = (failures.get(lane) ?? 0) + 1;
      failures.set(lane, failed);
      log.warn({ incident: id, outlet: outlet.name, failed, error }, 'could not deliver; trying again');
      house.later(Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (failed - 1)), () => void track(deliverTo(outlet, id)));
    }
  }

  async function handle(order: Order): Promise<Answer> {
    if (commandNamed(order.command)?.opens) return open(order);
    const id = order.incident ?? '';
    return inTurn(id, async () => {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const before = await load(id);
        const decision = decide(before.incident, order, await world(), timeIn(before), id);
        if ('refusal' in decision) {
          if (mayBeOutdated()) continue;
          return { refusal: decision.refusal, ...(before.incident ? { incident: before.incident } : {}) };
        }
        if ('repeated' in decision) return { incident: before.incident as Incident, events: [], repeated: true };
        if (decision.events.length === 0) return decision;
        const outcome = await append(id, before, decision.incident, decision.events);
        if (outcome === 'appended') return decision;
        if (outcome !== 'conflict') return alreadyOpen(outcome.duplicate);
      }
      throw new Error(`${id} is changed so often by others that the order could not be kept`);
    });
  }

  /** Makes an incident under the next free number. */
  async function open(order: Order): Promise<Answer> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const id = `INC-${(await store.newest()) + 1}`;
      const decision = decide(undefined, order, await world(), now(), id);
      if ('refusal' in decision) {
        if (mayBeOutdated()) continue;
        return { refusal: decision.refusal };
      }
      if ('repeated' in decision) throw new Error('an incident that does not exist yet knows an order');
      const outcome = await inTurn(id, () => append(id, NONE, decision.incident, decision.events));
      if (outcome === 'appended') return decision;
      if (outcome !== 'conflict') {
        const { incident } = await load(outcome.duplicate);
        if (incident?.orders.includes(order.id)) return { incident, events: [], repeated: true };
        return alreadyOpen(outcome.duplicate);
      }
    }
    throw new Error('no free incident number was found');
  }

  async function alreadyOpen(id: IncidentId): Promise<Answer> {
    const { incident } = await load(id);
    const refusal = refuse('already-open', { incident: id }, { command: 'join-call', primary: true });
    return { refusal, ...(incident ? { incident } : {}) };
  }

  /** Resolves to the clocks that were kept, where nothing was due. */
  function ring(id: IncidentId): Promise<Kept | undefined> {
    return inTurn(id, async () => {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const before = await load(id);
        if (!before.incident) return undefined;
        const context = { ...(await world()), at: timeIn(before), by: BATON, via: 'clock' };
        const draft = introduce(advance({ id, incident: before.incident, events: [] }, context), context);
        if (!draft.incident) return undefined;
        if (draft.events.length === 0) return keepClocks(id, before.incident);
        if ((await append(id, before, draft.incident, draft.events)) === 'appended') return undefined;
      }
      throw new Error(`${id} is changed so often by others that its clocks could not be kept`);
    });
  }

  /** Rings what is due and keeps clocks; resolves to whether nothing is left to be done. */
  async function isFoundCalm(id: IncidentId): Promise<boolean> {
    const held = cache.has(id);
    const kept = await ring(id);
    if (!kept || !noteCalm(id, kept)) return false;
    // Whoever asks for it has it folded anew: of thousands in which nothing happens no state need stay.
    const entry = cache.get(id);
    if (!held && entry && ahead(entry) === 0) cache.delete(id);
    return true;
  }

  async function catchUp(id: IncidentId, version?: number): Promise<void> {
    const keeping = !sharing || (await keeps(id));
    if (!keeping && !outlets.some(({ here }) => here?.())) return;
    if (keeping && version !== undefined && isCalm(id, version)) return;
    // There may be thousands: whoever asks for something meanwhile goes first.
    await house.aside?.();
    if (keeping && (await isFoundCalm(id))) return;
    const incident = sharing && cache.get(id)?.incident;
    const isUnseen = incident && (shown.get(id) ?? 0) < incident.version;
    // Not waited for: one receiver that is slow must not hold up the clocks and deliveries of other incidents.
    void track(isUnseen ? spread(id, incident) : deliverAll(id));
  }

  async function noticed(id: IncidentId, version: number): Promise<void> {
    if ((shown.get(id) ?? 0) >= version) return;
    await inTurn(id, async () => {
      const { incident } = await load(id);
      if (incident && (shown.get(id) ?? 0) < incident.version) void track(spread(id, incident));
    });
  }

  /** One after the other, so that two whose names come to the same id at once stay two. */
  function introducePerson(name: string, zone?: string): Promise<Person> {
    return inTurn('people', () => introduceNext(name, zone));
  }

  async function introduceNext(name: string, zone?: string): Promise<Person> {
    const clean = name.toWellFormed().replace(/\s+/g, ' ').trim().slice(0, 80);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      // Another instance may have met somebody of nearly that name a moment ago.
      if (sharing) forgetWorld();
      const { people } = await world();
      const same = Object.values(people).find((person) => person.name.toLowerCase() === clean.toLowerCase());
      if (same) return same;
      const person: Person = { id: idFor(clean, people), name: clean, ...(zone === undefined ? {} : { zone }) };
      const joined = await directory.join(person);
      forgetWorld();
      if (joined) return person;
    }
    throw new Error(`no free id was found for ${clean}`);
  }

  return {
    handle,
    ring: async (id) => void (await ring(id)),
    catchUp,
    noticed,
    world,
    now,
    introduce: introducePerson,
    incident: async (id) => (await load(id)).incident,
    events: async (id, after) => (await store.load(id, after))?.events ?? [],
    list: (query) => store.list(query),
    withKey: (key) => store.withKey(key),
    async settled() {
      while (underWay.size > 0) await Promise.all([...underWay]);
    },
  };
}

/** Events after which people's seasoning, rest, or what is closed must be asked of the store again. */
const CHANGES_WORLD: ReadonlySet<string> = new Set([
  'command-taken',
  'person-relieved',
  'rest-overridden',
  'incident-closed',
  'incident-reopened',
]);

/** What lists show of an incident. */
export function summaryOf(incident: Incident): Summary {
  const resting = Object.values(incident.people).flatMap(({ id, restsUntil }) =>
    restsUntil === undefined ? [] : [[id, restsUntil] as const],
  );
  return {
    title: incident.title,
    phase: incident.phase,
    severity: incident.severity.severity,
    declaredAt: incident.declared.at,
    drill: incident.drill,
    commanders: [...new Set(incident.command.shifts.map(({ person }) => person))],
    resting: Object.fromEntries(resting),
    ...(incident.closedAt === undefined ? {} : { closedAt: incident.closedAt }),
    ...(incident.service === undefined ? {} : { service: incident.service }),
    ...(incident.key === undefined ? {} : { key: incident.key }),
    ...(incident.command.commander === undefined ? {} : { commander: incident.command.commander }),
  };
}

/** A readable id from a name; numbered where it is taken. */
function idFor(name: string, people: People): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const stem = plain === '' || plain === BATON || plain === 'room' ? `person-${plain || 'x'}` : plain;
  let id = stem;
  for (let n = 2; Object.hasOwn(people, id); n += 1) id = `${stem}-${n}`;
  return id;
}

function maximum(a: Readonly<Record<string, number>> = {}, b: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(a).map(([name, seq]) => [name, Math.max(seq, b[name] ?? 0)]));
}
