/** Starts the other process, tells it what to do, and takes disk space and rights from it. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./other-process.ts', import.meta.url));

/** Runs a command in a name space of its own, where it may mount disks that nobody else sees. */
const PRIVATE_MOUNTS = ['unshare', '--user', '--map-root-user', '--mount'];

/** Whether this machine lets us mount a small disk, and limit the files of a running process. */
export const CAN_MOUNT = succeeds([...PRIVATE_MOUNTS, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']);
export const CAN_LIMIT = succeeds(['prlimit', '--version']);

function succeeds([command = '', ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

export interface Elsewhere {
  readonly pid: number;
  /** What the order came to. Rejects with an error that has the `fault` and `message` of the one over there. */
  tell<T = unknown>(order: string, ...args: unknown[]): Promise<T>;
  kill(): Promise<void>;
}

export function elsewhere({ mounting = false } = {}): Elsewhere {
  const [command = '', ...args] = [...(mounting ? PRIVATE_MOUNTS : []), process.execPath, program];
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    // unshare replaces itself by the command, so this is the process itself either way.
    pid: child.pid ?? 0,
    async tell<T>(...order: unknown[]) {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`the other process is gone, asked to ${order[0]}`);
      const { answer, error } = JSON.parse(value) as { answer: T; error?: { message: string } };
      if (error) throw Object.assign(new Error(error.message), error);
      return answer;
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** No file may grow beyond so many bytes; the writes of the process then fail as on a full disk. */
export function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}
