/** Who is there of the instances on one database: each gives signs of life, and whoever has been silent is removed. */
import type { Collection } from 'mongodb';
import type { Log } from '../../core/ports.ts';
import type { Duration, Instant } from '../../core/units.ts';
import type { InstanceDocument } from './collections.ts';

export interface RollCall {
  /**
   * Removes whoever has been silent for too long, but not `me`. Resolves to those who are gone since the last look, and
   * when each was last heard.
   * @param now the database's time
   */
  look(me: string, now: Instant): Promise<ReadonlyMap<string, Instant>>;
  /** Whether it was there at the last look. */
  has(instance: string): boolean;
  /** Whether it is there; asks the database about one that was not. */
  isAlive(instance: string): Promise<boolean>;
}

export interface RollCallOptions {
  readonly log: Log;
  /** Between two signs of life, and two looks. */
  readonly beatEvery: Duration;
  readonly lapse: Duration;
}

/** A sign of life, by the database's clock, and when it was given at the latest, by this machine's steady one. */
interface Heard {
  readonly beat: Instant;
  readonly at: number;
}

/**
 * How long somebody is silent is told by a clock that nobody sets: the database's may jump when another of its members
 * takes over, and then everybody would seem dead, or nobody.
 */
export function createRollCall(
  instances: Collection<InstanceDocument>,
  { log, beatEvery, lapse }: RollCallOptions,
): RollCall {
  /** Empty until the first look. */
  let there = new Map<string, Heard>();

  async function look(me: string, now: Instant): Promise<ReadonlyMap<string, Instant>> {
    const asked = performance.now();
    const found = await instances.find().toArray();
    const answered = performance.now();
    // Only one that has just begun has to believe how old a sign of life is that it has not seen come.
    const oldest = there.size === 0 ? Number.POSITIVE_INFINITY : beatEvery;
    const before = new Map(there);
    const after = new Map<string, Heard>();
    for (const { _id, beat: stamp } of found) {
      const beat = stamp.getTime();
      const age = Math.min(oldest, Math.max(0, now - beat));
      const known = before.get(_id);
      const heard = known?.beat === beat ? known : { beat, at: answered - age };
      before.set(_id, heard);
      const isSilent = _id !== me && asked - heard.at > lapse;
      if (!isSilent || !(await remove(_id, stamp))) after.set(_id, heard);
    }
    there = after;
    const gone = [...before].filter(([name]) => !after.has(name));
    return new Map(gone.map(([name, { beat, at }]) => [name, Math.min(beat, now - (answered - at))]));
  }

  /** Resolves to whether it is gone: it may have been heard just now. */
  async function remove(instance: string, beat: Date): Promise<boolean> {
    const { deletedCount } = await instances.deleteOne({ _id: instance, beat });
    if (deletedCount === 1) log.warn({ instance }, 'an instance has fallen silent; what it kept is taken over');
    return deletedCount === 1 || !(await isStored(instance));
  }

  async function isStored(instance: string): Promise<boolean> {
    return (await instances.countDocuments({ _id: instance }, { limit: 1 })) === 1;
  }

  return {
    look,
    has: (instance) => there.has(instance),
    isAlive: async (instance) => there.has(instance) || isStored(instance),
  };
}
