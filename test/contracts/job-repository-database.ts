/** What the suite of Agenda's backends is given, and the few things that its parts share. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AgendaBackend, JobParameters } from 'agenda';

/** An empty database of jobs. `backend` opens it once more, as a further process (or the same one restarted) would. */
export interface JobsDatabase {
  backend(): AgendaBackend;
  close(): Promise<void>;
}

export type OpenJobsDatabase = () => Promise<JobsDatabase>;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/** A moment so many milliseconds from now. */
export const fromNow = (milliseconds: number): Date => new Date(Date.now() + milliseconds);

/** A job that is due in a minute, unless it says otherwise. */
export function aJob(given: Partial<JobParameters> = {}): JobParameters {
  return { name: 'remind', type: 'normal', priority: 0, nextRunAt: fromNow(MINUTE), data: {}, ...given };
}

/** Waits until it holds; fails with its words after ten seconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10 * SECOND;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await sleep(10);
  }
}
