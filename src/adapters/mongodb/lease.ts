/** What one instance at a time does for all: a document that names it, and that is anybody's once that instance is gone. */
import type { Lease, Log } from '../../core/ports.ts';
import type { Duration } from '../../core/units.ts';
import type { MongoDatabase } from './database.ts';

/** What a lease needs to know of its instance, whose sign of life it stands or falls with (sharing.ts). */
export interface Life {
  readonly database: MongoDatabase;
  readonly log: Log;
  /** The name that this instance goes by now: another one after it was taken for dead. */
  readonly me: () => string;
  /** Whether this instance was heard so lately that nobody can have taken over from it. */
  readonly inTouch: () => boolean;
  readonly isAlive: (instance: string) => Promise<boolean>;
}

export interface MongoLease extends Lease {
  /** Takes it where nobody who is alive has it. To be called after each sign of life. */
  look(): Promise<void>;
}

/** How soon an instance that is no longer heard notices that itself. */
const NOTICED_WITHIN: Duration = 250;
const DUPLICATE = 11_000;

export function mongoLease(name: string, { database, log, me, inTouch, isAlive }: Life): MongoLease {
  const { leases } = database.collections;
  /** The name under which this instance has taken it. */
  let holder: string | undefined;
  let told: Parameters<Lease['seek']>[0] | undefined;
  let toldTaken = false;
  let timer: NodeJS.Timeout | undefined;

  const held = () => holder !== undefined && holder === me() && inTouch();

  function tell(): void {
    if (!told || held() === toldTaken) return;
    toldTaken = !toldTaken;
    log.info(
      { lease: name },
      toldTaken ? 'from now on this instance does it for all' : 'this instance no longer does it',
    );
    if (toldTaken) told.taken();
    else told.lost();
  }

  async function look(): Promise<void> {
    const asked = me();
    if (told && holder !== asked && (await take(asked)) && told) holder = asked;
    tell();
  }

  /** Resolves to whether it is now in that instance's name. */
  async function take(instance: string): Promise<boolean> {
    const found = await leases.findOne({ _id: name });
    if (!found) return insert(instance);
    if (found.holder !== instance && (await isAlive(found.holder))) return false;
    const { matchedCount } = await leases.updateOne(
      { _id: name, holder: found.holder },
      { $set: { holder: instance } },
    );
    return matchedCount === 1;
  }

  async function insert(instance: string): Promise<boolean> {
    try {
      await leases.insertOne({ _id: name, holder: instance });
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === DUPLICATE) return false;
      throw error;
    }
  }

  return {
    held,
    look,
    seek(those) {
      told = those;
      timer ??= setInterval(tell, NOTICED_WITHIN).unref();
      database
        .attempt(look)
        .catch((error) => log.warn({ lease: name, error }, 'could not look who does it; trying again'));
    },
    async release() {
      clearInterval(timer);
      told = undefined;
      const before = holder;
      holder = undefined;
      if (before === undefined) return;
      await database
        .attempt(() => leases.deleteOne({ _id: name, holder: before }))
        .catch((error) => log.warn({ lease: name, error }, 'others take it over a little later'));
    },
  };
}
