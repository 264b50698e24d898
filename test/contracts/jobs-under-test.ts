/** What the suite of the `Jobs` port is given, and what its parts share. */
import type { AgendaBackend, JobParameters } from 'agenda';
import type { JobsOptions } from '../../src/adapters/agenda/jobs.ts';
import { createJobs } from '../../src/adapters/agenda/jobs.ts';
import type { Clock } from '../../src/core/contract.ts';
import type { Jobs } from '../../src/core/ports.ts';
import type { JobsDatabase } from './job-repository-database.ts';

/** How often the jobs under test look for due ones, in milliseconds. */
export const LOOK = 40;
/** How long their locks hold: longer than a busy machine stands still, so that what must happen once happens once. */
export const LOCK = 2_000;
/** The same where a lock has to lapse. */
export const SHORT_LOCK = 400;

export interface Rung {
  readonly incident: string;
  readonly clock: Clock;
  readonly at: number;
}

export interface Bench {
  /** Jobs as a further process on the same database would have them; stopped after the test. */
  jobs(options?: Partial<JobsOptions>): Jobs;
  /** What is stored: `incident policy key time about`, sorted. */
  stored(): Promise<string[]>;
  /** The same jobs with all that Agenda keeps of them. */
  raw(): Promise<JobParameters[]>;
  /** A backend beside the ones under test, connected. */
  backend(): Promise<AgendaBackend>;
  /** Every ring that `noting` has seen. */
  readonly rung: Rung[];
  readonly noting: (incident: string, clock: Clock) => Promise<void>;
  /** What was logged, as `level: message`. */
  readonly logged: string[];
  end(): Promise<void>;
}

/** A clock of the policy `nag`, a minute from now, unless it says otherwise. */
export const aClock = (given: Partial<Clock> = {}): Clock => ({
  policy: 'nag',
  key: '',
  at: Date.now() + 60_000,
  ...given,
});

/** As `stored` shows it. */
export const shown = (incident: string, { policy, key, at, about }: Clock): string =>
  [incident, policy, key, at, about ?? '-'].join(' ');

export function benchOn(database: JobsDatabase): Bench {
  const made: Jobs[] = [];
  const rung: Rung[] = [];
  const logged: string[] = [];
  const say = (level: string) => (_facts: unknown, message: string) => void logged.push(`${level}: ${message}`);
  const log = { info: say('info'), warn: say('warn'), error: say('error') };

  async function backend(): Promise<AgendaBackend> {
    const one = database.backend();
    await one.connect();
    return one;
  }
  async function raw(): Promise<JobParameters[]> {
    return (await (await backend()).repository.queryJobs()).jobs;
  }
  return {
    rung,
    logged,
    backend,
    raw,
    jobs(options) {
      const defaults = { lookEvery: LOOK, lockLifetime: LOCK, retry: { first: 30, longest: 120 }, patience: 3_000 };
      const one = createJobs({ backend: database.backend(), log, ...defaults, ...options });
      made.push(one);
      return one;
    },
    async stored() {
      return (await raw())
        .map(({ name, data }) => {
          const { incident, key, at, about } = data as { incident: string; key: string; at: number; about: string };
          return [incident, name, key, at, about ?? '-'].join(' ');
        })
        .sort();
    },
    noting: async (incident, clock) => {
      rung.push({ incident, clock, at: Date.now() });
    },
    async end() {
      await Promise.all(made.map((one) => one.stop()));
    },
  };
}

/** The same backend, noting the calls of its repository, and failing those that `fails` picks, when it has picked. */
export function watched(
  backend: AgendaBackend,
  calls: string[],
  fails: (method: string) => boolean | Promise<boolean> = () => false,
) {
  const { repository } = backend;
  const watching = new Proxy(repository, {
    get(target, method) {
      const value = Reflect.get(target, method) as unknown;
      if (typeof value !== 'function') return value;
      return async (...given: unknown[]) => {
        calls.push(String(method));
        if (await fails(String(method))) throw new Error(`${String(method)} failed: database or disk is full`);
        return value.apply(target, given);
      };
    },
  });
  return new Proxy(backend, {
    get: (target, key) => {
      if (key === 'repository') return watching;
      const value = Reflect.get(target, key) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
