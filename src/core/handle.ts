/** The only loop: load, decide, append, keep clocks, deliver. */
import { advance, introduce } from './advance.ts';
import { clocksOf } from './clocks.ts';
import { commandNamed } from './commands/index.ts';
import type { Clock, Order, World } from './contract.ts';
import { refuse } from './contract.ts';
import { decide } from './decide.ts';
import type { Recorded } from './events.ts';
import { createCalm } from './handling/calm.ts';
import { createDeliveries } from './handling/deliveries.ts';
import { createNewcomers } from './handling/newcomers.ts';
import { createRetries } from './handling/retries.ts';
import { ahead, createStates, type Held, timeIn, UNBORN } from './handling/states.ts';
import { createSurroundings } from './handling/surroundings.ts';
import { createTies } from './handling/ties.ts';
import { createTurns, MOST_TRIES } from './handling/turns.ts';
import type { Incident } from './incident.ts';
import type { Answer, Decided, Directory, Intake, Jobs, Log, Outlet, Sharing, Store } from './ports.ts';
import type { Settings } from './settings.ts';
import { BATON, type Duration, type IncidentId, type Instant, type People, personNow } from './units.ts';

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

/** Clocks that are kept: of which state, and when the first of them rings. */
interface Kept {
  readonly version: number;
  readonly next: Instant;
}

export function createHandler(house: House): Handler {
  const { store, directory, jobs, sharing, settings, now, later, log } = house;
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
  const turns = createTurns();
  const calm = createCalm(now);
  const surroundings = createSurroundings(house);
  const names = outlets.map(({ name }) => name);
  const states = createStates(store, names, surroundings, now, sharing === undefined);
  const retries = createRetries(later);
  const deliveries = createDeliveries({
    store,
    ...(sharing && { sharing }),
    outlets,
    settings,
    now,
    retries,
    log,
    states,
    surroundings,
    turns,
  });

  /** One append: the events are durable and begin to go out, or somebody else was first. */
  async function append(id: IncidentId, before: Held, incident: Incident, events: readonly Recorded[]) {
    const outcome = await states.append(id, before, incident, events);
    if (outcome === 'appended') void turns.track(afterwards(id, incident));
    return outcome;
  }

  /** What does not hold up the answer: the state is kept already, and what fails here is repeated. */
  async function afterwards(id: IncidentId, incident: Incident): Promise<void> {
    await house.aside?.();
    await Promise.all([keepClocks(id, incident), deliveries.spread(id, incident)]);
  }

  /** Resolves to whether they are kept, and for which version; otherwise they are tried again. */
  async function keepClocks(id: IncidentId, incident: Incident): Promise<Kept | undefined> {
    try {
      // Meanwhile more may have happened, and its clocks must not be overtaken by these.
      let newest = states.held(id)?.incident ?? incident;
      for (let tries = 1; ; tries += 1) {
        const clocks = clocksOf(newest, await surroundings.world());
        const kept = { version: newest.version, next: clocks[0]?.at ?? Number.POSITIVE_INFINITY };
        const hasChanged = await jobs.keep(id, clocks);
        retries.succeeded(id);
        if (!sharing || !hasChanged || tries === MOST_TRIES) return kept;
        // Another instance may have appended since, and kept its clocks before these took their place.
        const { incident: latest } = await states.load(id);
        if (!latest || latest.version <= newest.version) return kept;
        newest = latest;
      }
    } catch (error) {
      keepLater(id, error);
      return undefined;
    }
  }

  /** Here, because whoever sweeps this incident does not know that anything failed. */
  function keepLater(id: IncidentId, error: unknown): void {
    const failed = retries.failed(id, () => ring(id).catch((failure) => keepLater(id, failure)));
    log.error({ incident: id, failed, error }, 'could not keep clocks; trying again');
  }

  async function handle(order: Order, decided?: Decided): Promise<Answer> {
    if (commandNamed(order.command)?.opens) return open(order);
    const id = order.incident ?? '';
    return turns.inTurn(id, async () => {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const before = await states.load(id);
        const world = await around(order, await surroundings.world());
        const decision = decide(before.incident, byWhom(order, world), world, timeIn(before, now()), id);
        if ('refusal' in decision) {
          if (surroundings.mayBeOutdated()) continue;
          return { refusal: decision.refusal, ...(before.incident ? { incident: before.incident } : {}) };
        }
        if ('repeated' in decision) return { incident: before.incident as Incident, events: [], repeated: true };
        if (decision.events.length === 0) return decision;
        const appending = append(id, before, decision.incident, decision.events);
        foretell(decision.incident, decided);
        const outcome = await appending;
        if (outcome === 'appended') return decision;
        if (outcome !== 'conflict') return alreadyOpen(outcome.duplicate);
      }
      throw new Error(`${id} is changed so often by others that the order could not be kept`);
    });
  }

  /** The world, with what the store says of another incident where an order names one. */
  async function around(order: Order, world: World): Promise<World> {
    const { names } = commandNamed(order.command) ?? {};
    const named = names === undefined ? undefined : order.fields[names];
    if (typeof named !== 'string') return world;
    const [found, open] = await Promise.all([incident(named.trim().toUpperCase()), store.open()]);
    return { ...world, elsewhere: { exists: found !== undefined, open: open.map(({ id }) => id) } };
  }

  /** What goes wrong here goes wrong again, and is told, when what was kept is drawn. */
  function foretell(incident: Incident, decided: Decided | undefined): void {
    try {
      decided?.(incident);
    } catch (error) {
      log.warn({ incident: incident.id, error }, 'what is about to be kept could not be drawn');
    }
  }

  /** Makes an incident under the next free number. */
  async function open(order: Order): Promise<Answer> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const id = `INC-${(await store.newest()) + 1}`;
      const world = await surroundings.world();
      const decision = decide(undefined, byWhom(order, world), world, now(), id);
      if ('refusal' in decision) {
        if (surroundings.mayBeOutdated()) continue;
        return { refusal: decision.refusal };
      }
      if ('repeated' in decision) throw new Error('an incident that does not exist yet knows an order');
      const outcome = await turns.inTurn(id, () => append(id, UNBORN, decision.incident, decision.events));
      if (outcome === 'appended') return decision;
      if (outcome !== 'conflict') {
        const { incident } = await states.load(outcome.duplicate);
        if (incident?.orders.includes(order.id)) return { incident, events: [], repeated: true };
        return alreadyOpen(outcome.duplicate);
      }
    }
    throw new Error('no free incident number was found');
  }

  async function alreadyOpen(id: IncidentId): Promise<Answer> {
    const { incident } = await states.load(id);
    const refusal = refuse('already-open', { incident: id }, { command: 'join-call', primary: true });
    return { refusal, ...(incident ? { incident } : {}) };
  }

  /** Resolves to the clocks that were kept, where nothing was due. */
  function ring(id: IncidentId, clock?: Clock): Promise<Kept | undefined> {
    return turns.inTurn(id, async () => {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const before = await states.load(id);
        if (!before.incident) return undefined;
        // A clock that rings is due, though the time here be a moment short of it: it does not ring again.
        const at = timeIn(before, Math.max(now(), clock?.at ?? 0));
        const context = { ...(await surroundings.world()), at, by: BATON, via: 'clock' };
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
    const wasHeld = states.held(id) !== undefined;
    const kept = await ring(id);
    calm.end(id);
    const held = states.held(id);
    const isDone = kept && held?.incident?.version === kept.version && held.tail.length === 0;
    if (!isDone || !deliveries.isShown(id, kept.version, true)) return false;
    calm.note(id, kept.version, kept.next - ahead(held));
    // Whoever asks for it has it folded anew: of thousands in which nothing happens no state need stay.
    if (!wasHeld && ahead(held) === 0) states.letGo(id);
    return true;
  }

  async function catchUp(id: IncidentId, version?: number): Promise<void> {
    const keeping = await deliveries.keeps(id);
    if (!keeping && !deliveries.speaksHere()) return;
    const isCalm = keeping && version !== undefined && calm.has(id, version);
    if (isCalm && deliveries.isShown(id, version, keeping)) return;
    // There may be thousands: whoever asks for something meanwhile goes first.
    await house.aside?.();
    if (keeping && (await isFoundCalm(id))) return;
    const incident = states.held(id)?.incident;
    const isUnseen = incident && !deliveries.isShown(id, incident.version, keeping);
    // Not waited for: one receiver that is slow must not hold up the clocks and deliveries of other incidents.
    void turns.track(isUnseen ? deliveries.spread(id, incident) : deliveries.deliver(id));
  }

  async function noticed(id: IncidentId, version: number): Promise<void> {
    if (deliveries.isSeen(id, version)) return;
    await turns.inTurn(id, async () => {
      const { incident } = await states.load(id);
      const isUnseen = incident && !deliveries.isSeen(id, incident.version);
      if (isUnseen) void turns.track(deliveries.spread(id, incident));
    });
  }

  const incident = async (id: IncidentId) => (await states.load(id)).incident;

  return {
    handle,
    ring: async (id, clock) => void (await ring(id, clock)),
    catchUp,
    noticed,
    now,
    world: () => surroundings.world(),
    introduce: createNewcomers({
      directory,
      surroundings,
      turns,
      isShared: sharing !== undefined,
      configured: house.people,
    }),
    unite: createTies({ directory, store, incident, surroundings, turns, configured: house.people }),
    incident,
    events: async (id, after) => (await store.load(id, after))?.events ?? [],
    list: (query) => store.list(query),
    open: () => store.open(),
    withKey: (key) => store.withKey(key),
    settled: () => turns.settled(),
  };
}

/** Whoever was met as somebody else before is one person by now. */
function byWhom(order: Order, { people }: World): Order {
  const by = personNow(people, order.by);
  return by === order.by ? order : { ...order, by };
}
