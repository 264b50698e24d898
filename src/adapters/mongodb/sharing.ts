/** Shares the incidents of one database among the instances that work on it, by a sign of life of each. */
import { randomUUID } from 'node:crypto';
import type { Log, Sharing } from '../../core/ports.ts';
import type { Duration, IncidentId, Instant } from '../../core/units.ts';
import type { MongoDatabase } from './database.ts';
import { type MongoLease, mongoLease } from './lease.ts';
import { createRollCall } from './roll-call.ts';

export interface SharingOptions {
  readonly log: Log;
  readonly wallClock?: () => Instant;
  /** Between signs of life. */
  readonly beatEvery?: Duration;
  /** Silence after which an instance is taken for dead, and what it kept for anybody's. */
  readonly lapse?: Duration;
}

export interface MongoSharing extends Sharing {
  /** The database's clock, as near as can be told: the same for every instance, whatever their machines' clocks are set to. */
  now(): Instant;
}

/** Silence after which an instance is taken for dead, unless it is said otherwise. */
export const LAPSE: Duration = 10_000;

const DEFAULTS = { wallClock: Date.now, beatEvery: 2_000, lapse: LAPSE };

/** How much further back than the latest known change is looked: longer than a write takes to show. */
const OVERLAP: Duration = 5_000;

/**
 * An instance has a name that nobody ever had, and a document that it stamps with the database's time. Whoever sees the
 * same stamp there for longer than `lapse` removes the document, and then what it kept is free: an instance that comes
 * back finds its document gone and begins anew under another name. One that has not been heard for half as long delivers
 * nothing, so that it has stopped before anybody else begins. Instances' own clocks are compared with nobody's.
 */
export async function mongoSharing(database: MongoDatabase, options: SharingOptions): Promise<MongoSharing> {
  const { log, wallClock, beatEvery, lapse } = { ...DEFAULTS, ...options };
  const { attempt } = database;
  const { incidents, instances } = database.collections;
  let me = '';
  const rollCall = createRollCall(instances, { log, beatEvery, lapse });
  /** What this instance keeps, and which other one keeps what it does not, as far as it has asked. */
  const mine = new Set<IncidentId>();
  const others = new Map<IncidentId, string>();
  /** Counts how often it had to forget them: what was asked before is no answer after. */
  let forgotten = 0;
  /** Instances that are gone since incidents were last taken over, and when each was last heard. */
  const gone = new Map<string, Instant>();
  /** This machine's two clocks before the last sign of life that was acknowledged: one stands still in a suspended machine, the other may be set. */
  let heard = { steady: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY };
  /**
   * What to add to this machine's steady clock to have the database's. Not to the one that can be set: set wrong for
   * a moment, it would stamp events with a time that all later ones have to wait for.
   */
  let offset = wallClock() - performance.now();
  /** Up to where changes are known. */
  let latest: Instant = Number.POSITIVE_INFINITY;
  const leases: MongoLease[] = [];
  /** It was out of touch, and what it keeps has not been looked at since. */
  let missed = false;
  let stopped = false;

  function inTouch(): boolean {
    const steady = performance.now() - heard.steady;
    const wall = wallClock() - heard.wall;
    return !stopped && steady < lapse / 2 && wall < lapse / 2 && wall > -lapse / 2;
  }

  async function beat(): Promise<void> {
    const before = { steady: performance.now(), wall: wallClock() };
    const stamp = { $currentDate: { beat: true as const } };
    let kept = me === '' ? null : await instances.findOneAndUpdate({ _id: me }, stamp, { returnDocument: 'after' });
    if (!kept) {
      if (me !== '') log.warn({ instance: me }, 'this instance was taken for dead; it begins anew');
      forget();
      me = randomUUID();
      kept = await instances.findOneAndUpdate({ _id: me }, stamp, { upsert: true, returnDocument: 'after' });
    } else if (!inTouch()) {
      forget();
      missed = true;
    }
    const after = performance.now();
    const now = kept?.beat.getTime() ?? after + offset;
    // Somewhere between asking and being answered the database's clock showed `now`.
    offset = Math.max(now - after, Math.min(now - before.steady, offset));
    heard = before;
    // That clock may have been set back, and what is changed from then on is not to be missed.
    latest = Math.min(latest, now);
    for (const [one, last] of await rollCall.look(me, now)) gone.set(one, last);
  }

  /** Others may have taken what it kept: it has to ask again. */
  function forget(): void {
    mine.clear();
    others.clear();
    forgotten += 1;
  }

  async function beatAndLook(): Promise<void> {
    await attempt(beat);
    for (const lease of leases) await attempt(lease.look);
  }

  await attempt(beat);
  let beating = Promise.resolve();
  const timer = setInterval(() => {
    beating = beating
      .then(() => (stopped ? undefined : beatAndLook()))
      .catch((error) => log.warn({ error }, 'no sign of life could be given; another instance may take over'));
  }, beatEvery);
  timer.unref();

  let leaving: Promise<void> | undefined;
  function leave(): Promise<void> {
    leaving ??= goAway();
    return leaving;
  }

  async function goAway(): Promise<void> {
    // First of all: from here on nothing is delivered, so whoever takes over is alone.
    stopped = true;
    clearInterval(timer);
    await beating;
    await attempt(async () => {
      await incidents.updateMany({ keeper: me }, { $unset: { keeper: '' } });
      await instances.deleteOne({ _id: me });
    }).catch((error) => log.warn({ error }, 'others take over a little later'));
  }
  database.beforeClose(leave);

  const now = () => Math.round(performance.now() + offset);

  return {
    now,
    leave,

    lease(name) {
      const lease = mongoLease(name, { database, log, me: () => me, inTouch, isAlive: rollCall.isAlive });
      leases.push(lease);
      return lease;
    },

    async keeps(id) {
      if (!inTouch()) return 'elsewhere';
      if (mine.has(id)) return 'kept';
      const known = others.get(id);
      if (known !== undefined && rollCall.has(known)) return 'elsewhere';
      return attempt(async () => {
        const name = me;
        const before = forgotten;
        const found = await incidents.findOne({ _id: id }, { projection: { keeper: 1 } });
        if (!found) return 'elsewhere';
        const { keeper } = found;
        if (keeper !== undefined && keeper !== name && (await rollCall.isAlive(keeper))) {
          others.set(id, keeper);
          return 'elsewhere';
        }
        const free = { _id: id, keeper: keeper ?? { $exists: false } };
        const { matchedCount } = await incidents.updateOne(free, { $set: { keeper: name } });
        if (matchedCount === 0 || before !== forgotten || !inTouch()) return 'elsewhere';
        mine.add(id);
        others.delete(id);
        return 'taken';
      });
    },

    async takeOver() {
      if (!inTouch() || (gone.size === 0 && !missed)) return [];
      const name = me;
      const before = forgotten;
      const all = missed;
      const dead = [...gone.keys()];
      const heardOf = Math.min(...gone.values());
      return attempt(async () => {
        if (dead.length > 0) {
          await incidents.updateMany({ keeper: { $in: dead } }, { $set: { keeper: name } });
          await incidents.updateMany({ open: true, keeper: { $exists: false } }, { $set: { keeper: name } });
        }
        const found = await incidents.find({ keeper: name }, { projection: { changedAt: 1 } }).toArray();
        if (before !== forgotten) return [];
        missed = false;
        for (const one of dead) gone.delete(one);
        const taken = found.filter(
          ({ _id, changedAt }) => all || !mine.has(_id) || changedAt.getTime() > heardOf - OVERLAP,
        );
        for (const { _id } of found) {
          mine.add(_id);
          others.delete(_id);
        }
        return taken.map(({ _id }) => _id);
      });
    },

    async changed() {
      const since = new Date(latest - OVERLAP);
      const found = await attempt(() =>
        incidents
          .find({ changedAt: { $gte: since } }, { projection: { version: 1, changedAt: 1 } })
          .sort({ changedAt: 1 })
          .toArray(),
      );
      const last = found.at(-1)?.changedAt.getTime() ?? latest;
      // What seems to come from the future was written before the database's clock was set back.
      latest = Math.max(latest, Math.min(last, now()));
      return found.map(({ _id, version }) => ({ id: _id, version }));
    },
  };
}
