/** Out of the house: every outlet draws the newest state and is handed the effects that are due to it, in order, by a cursor. */
import type { Effect } from '../contract.ts';
import { effectsOf } from '../effects.ts';
import type { Incident } from '../incident.ts';
import type { Log, Outlet, Sharing, Store } from '../ports.ts';
import { isRouted } from '../routing.ts';
import type { Settings } from '../settings.ts';
import type { IncidentId, Instant } from '../units.ts';
import type { Retries } from './retries.ts';
import type { Held, States } from './states.ts';
import type { Surroundings } from './surroundings.ts';
import type { Turns } from './turns.ts';

/** What another instance appended longer ago is no news to those who are connected here: they see it on the card. */
const NEWS = 60_000;

export interface Means {
  readonly store: Store;
  readonly sharing?: Sharing;
  readonly outlets: readonly Outlet[];
  readonly settings: Settings;
  readonly now: () => Instant;
  readonly retries: Retries;
  readonly log: Log;
  readonly states: States;
  readonly surroundings: Surroundings;
  readonly turns: Turns;
}

export interface Deliveries {
  /** Whether this instance delivers the incident and draws it for all. */
  keeps(id: IncidentId): Promise<boolean>;
  /** Whether any outlet delivers from here, whoever keeps the incident. */
  speaksHere(): boolean;
  /** Draws an incident and delivers what is due: for all, or for those who are connected here. */
  spread(id: IncidentId, incident: Incident): Promise<void>;
  /** Delivers what is outstanding to every outlet. */
  deliver(id: IncidentId): Promise<void>;
  /** With several instances: whether this one has drawn and delivered that version. */
  isShown(id: IncidentId, version: number): boolean;
}

export function createDeliveries(means: Means): Deliveries {
  const { store, sharing, outlets, settings, now, retries, log, states, surroundings, turns } = means;
  const lanes = new Map<string, Promise<void>>();
  /** By outlet and incident, what was delivered and the store could not yet be told: this process does not repeat it. */
  const untold = new Map<string, { reached: number; readonly effects: Set<string> }>();
  const shown = new Map<IncidentId, number>();

  async function keeps(id: IncidentId): Promise<boolean> {
    const keeping = await sharing?.keeps(id);
    // Whoever kept it before has moved its cursors.
    if (keeping === 'taken') await states.load(id);
    return keeping !== 'elsewhere';
  }

  /** Whether this instance delivers an incident to an outlet and draws it there for all. */
  async function minds(outlet: Outlet, id: IncidentId): Promise<boolean> {
    if (!sharing) return true;
    return outlet.here ? outlet.here() : keeps(id);
  }

  function isShown(id: IncidentId, version: number): boolean {
    return !sharing || (shown.get(id) ?? 0) >= version;
  }

  async function spread(id: IncidentId, incident: Incident): Promise<void> {
    if (!sharing) {
      draw(incident, outlets);
      return deliver(id);
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
      await deliver(id);
      if (incident.phase === 'closed' && !turns.isBusy(id)) shown.delete(id);
    } catch (error) {
      shown.set(id, before);
      log.error({ incident: id, error }, 'could not find out who delivers; the sweep will');
    }
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

  function takes({ name, takes, surface = name }: Outlet, effect: Effect): boolean {
    if (!takes.includes(effect.type)) return false;
    if (effect.type !== 'open-room' && effect.type !== 'open-call') return true;
    return effect.surface === undefined ? !isRouted(surface, settings) : effect.surface === surface;
  }

  /** To those who are connected here, while another instance keeps the incident. What fails is not repeated: they look. */
  async function deliverHere(id: IncidentId, after: number): Promise<void> {
    const here = outlets.filter(({ everywhere }) => everywhere);
    const stored = here.length > 0 ? await store.load(id, after) : undefined;
    const incident = states.held(id)?.incident;
    if (!stored || !incident) return;
    const world = await surroundings.world();
    for (const event of stored.events) {
      const isNews = event.seq <= incident.version && event.at > now() - NEWS;
      for (const effect of isNews ? effectsOf(event, incident, world) : []) {
        for (const outlet of here) if (takes(outlet, effect)) await outlet.deliver(effect, incident);
      }
    }
    if (incident.phase === 'closed' && !turns.isBusy(id)) states.letGo(id);
  }

  async function deliver(id: IncidentId): Promise<void> {
    await Promise.all(outlets.map((outlet) => deliverTo(outlet, id)));
  }

  /** One run at a time for each outlet, and a run sees what was appended meanwhile. */
  function deliverTo(outlet: Outlet, id: IncidentId): Promise<void> {
    const lane = `${outlet.name} ${id}`;
    const before = lanes.get(lane) ?? Promise.resolve();
    const run = before.then(() => tryToDeliver(outlet, id, lane));
    lanes.set(lane, run);
    return run.finally(() => {
      if (lanes.get(lane) === run) lanes.delete(lane);
    });
  }

  async function tryToDeliver(outlet: Outlet, id: IncidentId, lane: string): Promise<void> {
    try {
      // Otherwise what was delivered stays in mind: who was not heard for a moment may keep it again the next.
      if (await minds(outlet, id)) await deliverDue(outlet, id, lane);
      retries.succeeded(lane);
    } catch (error) {
      const failed = retries.failed(lane, () => void turns.track(deliverTo(outlet, id)));
      log.warn({ incident: id, outlet: outlet.name, failed, error }, 'could not deliver; trying again');
    }
  }

  async function deliverDue(outlet: Outlet, id: IncidentId, lane: string): Promise<void> {
    // Whoever had a lease before has moved the cursor.
    const held = (sharing && outlet.here ? undefined : states.held(id)) ?? (await states.load(id));
    const { incident } = held;
    if (!incident) return;
    const kept = held.cursors[outlet.name] ?? 0;
    const done = untold.get(lane) ?? { reached: kept, effects: new Set() };
    const due = held.tail.filter(({ seq }) => seq > done.reached);
    if (due.length === 0 && done.reached <= kept) {
      untold.delete(lane);
      return forget(id, held);
    }
    untold.set(lane, done);
    const world = await surroundings.world();
    let told = kept;
    const tell = async () => {
      await store.delivered(id, outlet.name, done.reached);
      told = done.reached;
    };
    try {
      for (const event of due) {
        // Whoever was suspended meanwhile keeps it no longer.
        if (!(await minds(outlet, id))) break;
        const effects = effectsOf(event, incident, world).filter((effect) => takes(outlet, effect));
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
        states.delivered(id, outlet.name, done.reached);
        forget(id, states.held(id));
      }
    }
    untold.delete(lane);
  }

  /** A closed incident whose effects are all delivered is only read again, if at all: its state need not stay. */
  function forget(id: IncidentId, held: Held | undefined): void {
    if (held?.incident?.phase === 'closed' && held.tail.length === 0 && !turns.isBusy(id)) states.letGo(id);
  }

  return {
    keeps,
    spread,
    deliver,
    isShown,
    speaksHere: () => outlets.some(({ here }) => here?.()),
  };
}
