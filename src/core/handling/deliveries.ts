/** Out of the house: every outlet draws the newest state and is handed the effects that are due to it, in order, by a cursor. */
import type { Effect, World } from '../contract.ts';
import { effectsOf } from '../effects.ts';
import type { Recorded } from '../events.ts';
import type { Incident } from '../incident.ts';
import type { Log, Outlet, Sharing, Store } from '../ports.ts';
import { pingedOn } from '../reach.ts';
import { isRouted } from '../routing.ts';
import type { Settings } from '../settings.ts';
import type { IncidentId, Instant, PersonId } from '../units.ts';
import type { Retries } from './retries.ts';
import type { Held, States } from './states.ts';
import type { Surroundings } from './surroundings.ts';
import type { Turns } from './turns.ts';

/** So often a platform that is down is asked again before whoever it would ping is pinged on another: some 15 s. */
const PINGS_WAIT = 4;

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
  /** With several instances: whether this one has seen that version, and drawn it wherever it was then to do so. */
  isSeen(id: IncidentId, version: number): boolean;
  /** The same, and it has drawn it wherever it is to do so now, given that it keeps the incident or not. */
  isShown(id: IncidentId, version: number, kept: boolean): boolean;
}

/** The newest version that was seen here, and the outlets that have drawn it. */
interface Seen {
  readonly version: number;
  readonly on: readonly Outlet[];
}

const UNSEEN: Seen = { version: 0, on: [] };

interface Untold {
  reached: number;
  /** Ids of effects of the event behind `reached`. */
  readonly effects: Set<string>;
  /** Pings, by effect and person, that others have delivered in place of this outlet; a restart may repeat them (ADR 14). */
  readonly instead: Set<string>;
}

export function createDeliveries(means: Means): Deliveries {
  const { store, sharing, outlets, settings, now, retries, log, states, surroundings, turns } = means;
  const lanes = new Map<string, Promise<void>>();
  /** By outlet and incident, what was delivered and the store could not yet be told: this process does not repeat it. */
  const untold = new Map<string, Untold>();
  const seen = new Map<IncidentId, Seen>();
  const asking = new Map<IncidentId, Promise<boolean>>();

  /** Asked by several at once, it is asked once: none of them goes on before it is known what was delivered elsewhere. */
  function keeps(id: IncidentId): Promise<boolean> {
    const asked = asking.get(id) ?? ask(id).finally(() => asking.delete(id));
    asking.set(id, asked);
    return asked;
  }

  async function ask(id: IncidentId): Promise<boolean> {
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

  function isSeen(id: IncidentId, version: number): boolean {
    return !sharing || (seen.get(id)?.version ?? 0) >= version;
  }

  function isShown(id: IncidentId, version: number, kept: boolean): boolean {
    return isSeen(id, version) && (!sharing || drawnBy(kept).every((outlet) => seen.get(id)?.on.includes(outlet)));
  }

  /** The outlets that this instance draws an incident on, where it keeps that or does not. */
  function drawnBy(kept: boolean): readonly Outlet[] {
    return outlets.filter(({ draw, everywhere, here }) => draw && (everywhere || (here ? here() : kept)));
  }

  async function spread(id: IncidentId, incident: Incident): Promise<void> {
    if (!sharing) {
      draw(incident, outlets);
      return deliver(id);
    }
    const before = seen.get(id) ?? UNSEEN;
    // Before it is known who keeps it, so that whoever hears of that version meanwhile does not begin as well.
    let newest: Seen = { ...before, version: Math.max(before.version, incident.version) };
    seen.set(id, newest);
    try {
      const kept = await keeps(id);
      const on = drawnBy(kept);
      draw(incident, on);
      if (seen.get(id) === newest) {
        newest = { ...newest, on };
        seen.set(id, newest);
      }
      if (!kept) await deliverHere(id, before.version);
      await deliver(id);
    } catch (error) {
      if (seen.get(id) === newest) seen.set(id, before);
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

  /** Outlets to people who may have several of them; whoever is connected to this instance sees all anyway. */
  const chats = outlets.filter(({ takes: types, everywhere }) => types.includes('ping') && !everywhere);
  const surfaces = chats.map(({ name, surface = name }) => surface);

  /** The effects of an event that an outlet takes; of pings those whom it is to ping. */
  function meantFor(
    outlet: Outlet,
    event: Recorded,
    incident: Incident,
    world: World,
    { effects, instead }: Untold,
  ): readonly Effect[] {
    const { name, surface = name } = outlet;
    return effectsOf(event, incident, world).flatMap((effect) => {
      if (!takes(outlet, effect) || effects.has(effect.id)) return [];
      if (effect.type !== 'ping' || !chats.includes(outlet)) return [effect];
      const to = effect.to.filter((person) => {
        const at = pingedOn(person, event.seq, incident, world.people, surfaces);
        return (at === undefined || at === surface) && !instead.has(`${effect.id} ${person}`);
      });
      return to.length > 0 ? [{ ...effect, to }] : [];
    });
  }

  /** Pings on the other platforms whom this one alone was to ping and cannot; resolves to whom that has reached. */
  async function pingInstead(
    failing: Outlet,
    effect: Effect,
    missed: readonly PersonId[],
    incident: Incident,
    { people }: World,
  ): Promise<readonly PersonId[]> {
    const { name, surface = name } = failing;
    const own = missed.filter((person) => pingedOn(person, effect.seq, incident, people, surfaces) === surface);
    let left: readonly PersonId[] = own;
    for (const outlet of chats) {
      if (effect.type !== 'ping' || outlet === failing || left.length === 0) continue;
      if (!(await minds(outlet, incident.id))) continue;
      try {
        left = (await outlet.deliver({ ...effect, to: left, instead: true }, incident)) ?? [];
      } catch (error) {
        log.warn({ incident: incident.id, outlet: outlet.name, error }, 'could not ping in place of another platform');
      }
    }
    return own.filter((person) => !left.includes(person));
  }

  /** An outlet has been down for a while: whoever it would ping must not wait for it. */
  async function pingMeanwhile(failing: Outlet, id: IncidentId, lane: string): Promise<void> {
    const held = states.held(id);
    const done = untold.get(lane);
    if (!held?.incident || !done || !chats.includes(failing)) return;
    const world = await surroundings.world();
    for (const event of held.tail.filter(({ seq }) => seq > done.reached)) {
      for (const effect of meantFor(failing, event, held.incident, world, done)) {
        const to = effect.type === 'ping' ? effect.to : [];
        const reached = await pingInstead(failing, effect, to, held.incident, world);
        for (const person of reached) done.instead.add(`${effect.id} ${person}`);
      }
    }
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
      // What fails here too is done by the next try.
      if (failed >= PINGS_WAIT) await pingMeanwhile(outlet, id, lane).catch(() => undefined);
    }
  }

  async function deliverDue(outlet: Outlet, id: IncidentId, lane: string): Promise<void> {
    // Whoever had a lease before has moved the cursor.
    const held = (sharing && outlet.here ? undefined : states.held(id)) ?? (await states.load(id));
    const { incident } = held;
    if (!incident) return;
    const kept = held.cursors[outlet.name] ?? 0;
    const before = untold.get(lane);
    // Whoever kept it meanwhile may have delivered more than this instance had.
    const done =
      before && before.reached >= kept
        ? before
        : { reached: kept, effects: new Set<string>(), instead: before?.instead ?? new Set<string>() };
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
        const effects = meantFor(outlet, event, incident, world, done);
        for (const effect of effects) {
          // The one before may have taken minutes: nobody is to be rung for what was answered in them.
          const newest = (states.held(id) ?? (await states.load(id))).incident ?? incident;
          const missed = (await outlet.deliver(effect, newest)) ?? [];
          done.effects.add(effect.id);
          await pingInstead(outlet, effect, missed, newest, world);
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
    isSeen,
    isShown,
    speaksHere: () => outlets.some(({ here }) => here?.()),
  };
}
