/** Aims at a moment in the life of a Baton, and kills it there. */
import type { BatonProcess } from './baton-process.ts';
import type { Happenings } from './happenings.ts';
import type { Moment } from './moments.ts';
import type { Random } from './random.ts';

/** A moment that has not come so many milliseconds after it was ready is given up for killing at once. */
const WAITING = 6_000;

export interface Weapon {
  at(target: BatonProcess): void;
  /** The happening was just now. */
  now(): void;
  hit(): boolean;
  drop(): void;
}

/** Waits for the moment and kills, in the very event where the moment has no delay. */
export function aim({ at, pass = 0, within, told }: Moment, happenings: Happenings, random: Random): Weapon {
  const timers: NodeJS.Timeout[] = [];
  let target: BatonProcess | undefined;
  let left = random.upTo(pass);
  let hit = false;
  let dropped = false;
  const after = (delay: number, task: () => void) => timers.push(setTimeout(task, delay));
  const kill = () => {
    hit = true;
    target?.kill('SIGKILL');
  };
  const happened = () => {
    left -= 1;
    if (left >= 0 || !target) return;
    happenings.off(at, happened);
    if (within === undefined) kill();
    else after(random.upTo(within), kill);
  };
  happenings.on(at, happened);
  const tell = () => {
    after(random.upTo(told ?? 0), () => {
      target?.kill('SIGTERM');
      happenings.emit('stopping');
    });
  };
  if (told !== undefined) happenings.once('ready', tell);
  return {
    at(started) {
      target = started;
      // Not from the start, which takes longer than this on a busy machine: the moments of a life must have their turn.
      void started.ready.then(() => dropped || after(WAITING, () => started.kill('SIGKILL')));
    },
    now: happened,
    hit: () => hit,
    drop() {
      dropped = true;
      for (const timer of timers) clearTimeout(timer);
      happenings.off(at, happened).off('ready', tell);
    },
  };
}
