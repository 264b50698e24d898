/** Holds a process to a share of one core, where the kernel lets us: Linux with the first cgroups, as root. */
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CONTROLLER = '/sys/fs/cgroup/cpu';
/** Microseconds within which a share is used up or not: short, so that nobody stands still for long. */
const PERIOD = 10_000;

export interface Held {
  /** Once the process has ended. */
  release(): void;
}

/** @returns undefined where processes cannot be held */
export function holdTo(share: number, pid: number): Held | undefined {
  const group = join(CONTROLLER, `baton-bench-${pid}`);
  if (!existsSync(join(CONTROLLER, 'cpu.cfs_quota_us'))) return undefined;
  try {
    mkdirSync(group);
  } catch {
    return undefined;
  }
  writeFileSync(join(group, 'cpu.cfs_period_us'), String(PERIOD));
  writeFileSync(join(group, 'cpu.cfs_quota_us'), String(Math.round(PERIOD * share)));
  writeFileSync(join(group, 'cgroup.procs'), String(pid));
  return { release: () => rmdirSync(group) };
}
