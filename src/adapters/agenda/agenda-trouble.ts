/** Tells the operator of errors that Agenda meets on its own, without flooding the log. */
import type { Log } from '../../core/ports.ts';
import type { Duration, Instant } from '../../core/units.ts';

/** The same trouble is told once in this; Agenda meets it at every look, for every policy. */
const QUIET: Duration = 60_000;

export interface TroubleLog {
  tell(error: unknown): void;
  /** Errors about these jobs are no trouble: they are removed, and Agenda may hold one in its memory already. */
  expect(jobs: readonly string[]): void;
}

/** `memory`: how long Agenda may still meet a removed job. */
export function troubleLog(log: Log, memory: Duration): TroubleLog {
  const told = new Map<string, Instant>();
  const removed = new Map<string, Instant>();

  return {
    tell(error) {
      const message = error instanceof Error ? error.message : String(error);
      for (const job of removed.keys()) if (message.includes(job)) return;
      // The same trouble with another job is the same trouble.
      const kind = message.replace(/[0-9a-f]{24}|\d+/g, '#');
      if (Date.now() - (told.get(kind) ?? 0) < QUIET) return;
      told.set(kind, Date.now());
      log.error({ error }, 'trouble with the jobs; they are tried again');
    },
    expect(jobs) {
      const now = Date.now();
      for (const job of jobs) removed.set(job, now);
      // Oldest first, as a Map keeps them.
      for (const [job, at] of removed) {
        if (now - at < memory) break;
        removed.delete(job);
      }
    },
  };
}
