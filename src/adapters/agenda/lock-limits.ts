/** Gives back to Agenda the places of jobs that it has lost count of. */
import type { Agenda, JobParameters } from 'agenda';

/**
 * Agenda drops a job whose lock lapsed before its turn came (the process was suspended, say), but goes on counting it as
 * locked. With a limit on locks, each such job would take a place for ever, until none is left and the policy rings no
 * more. So the limit grows by what is counted and is not there.
 */
export async function repairLockLimits(agenda: Agenda, limit: number): Promise<void> {
  const { jobStatus = {}, queuedJobs, runningJobs } = await agenda.getRunningStats(true);
  const there = [queuedJobs, runningJobs].flat() as JobParameters[];
  for (const [name, definition] of Object.entries(agenda.definitions)) {
    const counted = jobStatus[name]?.locked ?? 0;
    const lost = counted - there.filter((job) => job.name === name).length;
    definition.lockLimit = limit + Math.max(0, lost);
  }
}
