/** Rings an incident's clocks: one job of Agenda for each, on whichever backend it is given. */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { AgendaBackend } from 'agenda';
import { Agenda, InMemoryNotificationChannel, Job, toJobId } from 'agenda';
import type { Clock } from '../../core/contract.ts';
import type { Jobs, Log } from '../../core/ports.ts';
import type { Duration } from '../../core/units.ts';
import { troubleLog } from './agenda-trouble.ts';
import { BELIEVED, type ClockData, type KeptClocks, keptClocks } from './kept-clocks.ts';
import { repairLockLimits } from './lock-limits.ts';

export interface JobsOptions {
  /** Used by nothing else. Its connection is closed by whoever opened it. */
  readonly backend: AgendaBackend;
  readonly log: Log;
  /** How often the database is looked through for clocks that are due. A clock kept here rings in time regardless. */
  readonly lookEvery?: Duration;
  /** A ring under way says so three times in this; after as much silence its process is taken for dead. */
  readonly lockLifetime?: Duration;
  /** Wait before a ring that failed is tried again: doubles from the first up to the longest. */
  readonly retry?: { readonly first: Duration; readonly longest: Duration };
  /** How many clocks of one policy may ring at the same time. */
  readonly atOnce?: number;
  /** A clock that is put off keeps a job that has longer to go. Instances' clocks may be half of it apart. */
  readonly longToGo?: Duration;
  /** How long `stop` waits for rings under way. */
  readonly patience?: Duration;
  /** Other processes change the jobs too, so what was read of them a moment ago says nothing. */
  readonly shared?: boolean;
}

const DEFAULTS = {
  lookEvery: 1_000,
  lockLifetime: 10_000,
  retry: { first: 1_000, longest: 60_000 },
  atOnce: 20,
  longToGo: 60_000,
  patience: 5_000,
  shared: false,
};

type Ring = Parameters<Jobs['start']>[0];

/** `keep` may be called before `start` and after `stop`. All reject when the database fails. */
export function createJobs(options: JobsOptions): Jobs {
  const { backend, log, lookEvery, lockLifetime, retry, atOnce, longToGo, patience, shared } = {
    ...DEFAULTS,
    ...options,
  };
  const channel = backend.notificationChannel ?? new InMemoryNotificationChannel();
  const trouble = troubleLog(log, lockLifetime);
  /** Rings that have begun and whose end is not yet kept. */
  const underWay = new Set<Job>();
  const touching = new Set<NodeJS.Timeout>();
  const looking = new Set<string>();
  let opened: Promise<{ agenda: Agenda; clocks: KeptClocks }> | undefined;
  let turn: Promise<void> = Promise.resolve();
  let repairing: NodeJS.Timeout | undefined;
  let ring: Ring | undefined;

  function open(): NonNullable<typeof opened> {
    opened ??= connect().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  }

  async function connect() {
    // Not by Agenda, which tells nobody when it fails.
    await backend.connect();
    const { name, repository } = backend;
    const agenda = new Agenda({
      backend: { name, repository, ownsConnection: false, connect: async () => {}, disconnect: async () => {} },
      notificationChannel: channel,
      processEvery: lookEvery,
      defaultLockLifetime: lockLifetime,
      // A job that is locked must never wait for its turn, or its lock would lapse meanwhile: what may be locked may run.
      defaultLockLimit: atOnce,
      defaultConcurrency: atOnce,
      maxConcurrency: Number.MAX_SAFE_INTEGER,
    });
    await agenda.ready;
    agenda.on('error', trouble.tell);
    agenda.on('complete', (job) => {
      if (!(job instanceof Job)) return;
      underWay.delete(job);
      // The place of a job that is done is taken at once, not only when the database is next looked through.
      look(job.attrs.name);
    });
    const define = (policy: string) => {
      if (agenda.definitions[policy]) return;
      agenda.define(policy, (job: Job<ClockData>) => run(job), { backoff });
      // Until Agenda has looked for something, it takes what is saved for later than what it looks for.
      look(policy);
    };
    for (const policy of await repository.getDistinctJobNames()) define(policy);
    return { agenda, clocks: keptClocks(agenda, define, trouble.expect, shared ? 0 : BELIEVED, longToGo) };
  }

  /** There is always a next try: what a ring brings about must happen in the end. */
  const backoff = ({ attempt }: { attempt: number }) => Math.min(retry.longest, retry.first * 2 ** (attempt - 1));

  /**
   * Has Agenda look for jobs of a policy that are due, as if one had just been saved. One look at a time, each in its
   * own turn: looks that call forth rings that call forth looks must not keep everything else waiting.
   */
  function look(policy: string): void {
    if (looking.has(policy)) return;
    looking.add(policy);
    setImmediate().then(async () => {
      const notice = { jobId: toJobId(''), jobName: policy, nextRunAt: null, priority: 0, timestamp: new Date() };
      if (channel.state === 'connected') await channel.publish(notice).catch(trouble.tell);
      looking.delete(policy);
    });
  }

  /** One ring begins at a time, so that thousands that are due together leave everything else its turn. */
  function ownTurn(): Promise<void> {
    turn = turn.then(() => setImmediate());
    return turn;
  }

  async function run(job: Job<ClockData>): Promise<void> {
    const { _id, name, data, failCount = 0 } = job.attrs;
    const { incident, key, at, about } = data;
    const clock: Clock = { policy: name, key, at, ...(about === null ? {} : { about }) };
    underWay.add(job);
    try {
      await whileTouching(job, async () => {
        await ownTurn();
        await ring?.(incident, clock);
      });
      const { clocks } = await open();
      await clocks.forget(incident, String(_id));
    } catch (error) {
      log.warn({ incident, clock, failed: failCount + 1, error }, 'a clock rang in vain; it will ring again');
      throw error;
    }
  }

  /** Keeps the lock of a job as long as its work lasts. */
  async function whileTouching(job: Job<ClockData>, work: () => Promise<void>): Promise<void> {
    let touched = Promise.resolve();
    const touch = () => {
      // Fails when the clock is not wanted any more and its job has been removed: then nobody else can take it either.
      touched = touched.then(() => job.touch()).catch(() => {});
    };
    const timer = setInterval(touch, lockLifetime / 3);
    touching.add(timer);
    try {
      await work();
    } finally {
      clearInterval(timer);
      touching.delete(timer);
      // A touch that arrives after the end would lock the job again.
      await touched;
    }
  }

  return {
    async keep(id, clocks) {
      return (await open()).clocks.keep(id, clocks);
    },
    async start(callback) {
      ring = callback;
      const { agenda } = await open();
      await agenda.start();
      repairing ??= setInterval(() => repairLockLimits(agenda, atOnce).catch(trouble.tell), lockLifetime);
    },
    async stop() {
      clearInterval(repairing);
      repairing = undefined;
      const { agenda } = (await opened?.catch(() => undefined)) ?? {};
      if (!agenda) return;
      await agenda.stop();
      const deadline = Date.now() + patience;
      while (underWay.size > 0 && Date.now() < deadline) await sleep(10);
      if (underWay.size === 0) return;
      // No longer touched, they are taken over by whoever starts next.
      for (const timer of touching) clearInterval(timer);
      log.warn({ ringing: underWay.size }, 'stopped while clocks were ringing; they ring again after the next start');
    },
  };
}
