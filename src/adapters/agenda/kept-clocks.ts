/** Keeps a stored job for each clock that an incident wants and no other, knowing from memory what is stored. */
import type { Agenda } from 'agenda';
import type { Clock } from '../../core/contract.ts';
import type { Duration, IncidentId, Instant } from '../../core/units.ts';

/** What a job carries; its name is the clock's policy. */
export interface ClockData {
  readonly incident: IncidentId;
  readonly key: string;
  readonly at: Instant;
  /** Null for none, because that is what databases keep. */
  readonly about: string | null;
}

export interface KeptClocks {
  /** As the port says (`Jobs.keep`). Of calls that overlap the last one counts. */
  keep(id: IncidentId, clocks: readonly Clock[]): Promise<boolean>;
  /** Removes a job whose ring is done. */
  forget(id: IncidentId, job: string): Promise<void>;
}

/** A job by its id and by what was stored with it. */
interface Kept {
  readonly job: string;
  readonly clock: Clock;
}

/** What is stored for an incident, by `slot`. */
interface Picture {
  readonly readAt: Instant;
  readonly kept: Map<string, Kept>;
  /** Ids of jobs that should not be there: doubled, or such as will never run. */
  readonly strays: string[];
}

/** One job per policy and key. */
const slot = ({ policy, key }: Pick<Clock, 'policy' | 'key'>) => JSON.stringify([policy, key]);

/** What was read is believed for this long, in case somebody else changes the jobs: about the time to notice. */
export const BELIEVED: Duration = 10 * 60_000;

/**
 * Jobs are never moved, but replaced: Agenda takes the jobs of the next moment into its memory, and would ring a moved
 * one at its old time and then forget it. The new job is there before the old one goes, so that a crash in between
 * doubles a ring (which does no harm) rather than losing one.
 *
 * `define` is told of each policy before a job of it is made, `dropped` of the jobs that are removed. `believe`: how long
 * what was read stands for what is there. `longToGo`: as in `JobsOptions`.
 */
export function keptClocks(
  agenda: Agenda,
  define: (policy: string) => void,
  dropped: (jobs: readonly string[]) => void,
  believe: Duration,
  longToGo: Duration,
): KeptClocks {
  const pictures = new Map<IncidentId, Picture>();
  const newest = new Map<IncidentId, readonly Clock[]>();
  const queues = new Map<IncidentId, Promise<unknown>>();

  /** Runs tasks of one incident one after the other. */
  function inTurn<T>(id: IncidentId, task: () => Promise<T>): Promise<T> {
    const turn = (queues.get(id) ?? Promise.resolve()).then(task, task);
    queues.set(id, turn);
    const done = () => {
      if (queues.get(id) === turn) queues.delete(id);
    };
    turn.then(done, done);
    return turn;
  }

  async function read(id: IncidentId): Promise<Picture> {
    const { jobs } = await agenda.queryJobs({ data: { incident: id } });
    const kept = new Map<string, Kept>();
    const strays: string[] = [];
    for (const { _id, name, data, nextRunAt, lockedAt, disabled } of jobs) {
      const { key, at, about } = data as ClockData;
      const clock: Clock = { policy: name, key, at, ...(about === null ? {} : { about }) };
      const dead = disabled === true || (nextRunAt === null && lockedAt === undefined);
      if (dead || kept.has(slot(clock))) strays.push(String(_id));
      else kept.set(slot(clock), { job: String(_id), clock });
    }
    return { readAt: Date.now(), kept, strays };
  }

  /**
   * Most that happens in an incident puts some clock off, and none of that has to be written: a job that is early rings
   * for nothing, and whoever hears it keeps the clock anew.
   */
  function stillServes(job: Clock | undefined, clock: Clock | undefined): boolean {
    if (!job || !clock || job.about !== clock.about) return false;
    return job.at === clock.at || (job.at < clock.at && job.at > Date.now() + longToGo);
  }

  function believed(id: IncidentId): Picture | undefined {
    const picture = pictures.get(id);
    const age = picture ? Date.now() - picture.readAt : 0;
    return age >= 0 && age < believe ? picture : undefined;
  }

  async function add(id: IncidentId, { policy, key, at, about }: Clock): Promise<string> {
    define(policy);
    const data: ClockData = { incident: id, key, at, about: about ?? null };
    // All of what makes it this clock, so that another process that adds it at the same time adds nothing.
    const unique = Object.fromEntries(Object.entries(data).map(([name, value]) => [`data.${name}`, value]));
    const job = agenda
      .create(policy, data)
      .unique(unique, { insertOnly: true })
      .schedule(new Date(Math.ceil(at)));
    return String((await job.save()).attrs._id);
  }

  async function remove(jobs: readonly string[]): Promise<void> {
    if (jobs.length === 0) return;
    dropped(jobs);
    await agenda.cancel({ ids: [...jobs] });
  }

  async function apply(id: IncidentId, clocks: readonly Clock[]): Promise<boolean> {
    try {
      const picture = believed(id) ?? (await read(id));
      pictures.set(id, picture);
      const wanted = new Map(clocks.map((clock) => [slot(clock), clock]));
      const obsolete = [...picture.kept].filter(([name, { clock }]) => !stillServes(clock, wanted.get(name)));
      const missing = [...wanted].filter(([name, clock]) => !stillServes(picture.kept.get(name)?.clock, clock));
      const isOff = picture.strays.length + obsolete.length + missing.length > 0;
      // Before anything is added, because a job that will never run would be taken for the one to add.
      await remove(picture.strays.splice(0));
      for (const [name] of obsolete) picture.kept.delete(name);
      for (const [name, clock] of missing) picture.kept.set(name, { job: await add(id, clock), clock });
      await remove(obsolete.map(([, { job }]) => job));
      if (picture.kept.size === 0) pictures.delete(id);
      return isOff;
    } catch (error) {
      // Nobody knows how far it came: the next one reads what is there.
      pictures.delete(id);
      throw error;
    }
  }

  return {
    async keep(id, clocks) {
      for (const { policy, key, at } of clocks) {
        if (!Number.isNaN(new Date(at).getTime())) continue;
        throw new RangeError(`A clock of ${id} (${policy} ${key}) cannot be kept: ${at} is no time.`);
      }
      newest.set(id, clocks);
      return inTurn(id, async () => {
        const latest = newest.get(id);
        // A call that came before this one has kept these clocks already.
        if (!latest) return false;
        newest.delete(id);
        try {
          return await apply(id, latest);
        } catch (error) {
          // For the call that waits behind this one, if there is one.
          if (!newest.has(id)) newest.set(id, latest);
          throw error;
        }
      });
    },
    forget: (id, job) =>
      inTurn(id, async () => {
        const kept = pictures.get(id)?.kept;
        await remove([job]);
        for (const [name, one] of kept ?? []) if (one.job === job) kept?.delete(name);
      }),
  };
}
