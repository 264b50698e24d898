/**
 * Pictures as PNG, painted one after another in a process of its own: it yields to the one that answers people, whatever
 * goes wrong in it ends only the picture, and its memory is given back once nobody asks for more (docs/adr/18).
 */
import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Picture } from '../../cards/picture.ts';
import type { Log } from '../../core/ports.ts';
import type { Painted } from './painter.ts';

const PAINTER = fileURLToPath(new URL('painter.ts', import.meta.url));

/** Pixels of height. A taller picture has more than five hundred lanes, and could not be read as PNG. */
const TALLEST = 16_000;
/** Pictures that may wait for others: more than people ask for. */
const MOST_WAITING = 20;
/** Behind whoever answers people, and not behind everything else on the machine. */
const NICE = 5;
/** Milliseconds for one picture, the start of the process included. */
const LONGEST = 30_000;
/** Milliseconds without a picture after which the process ends. */
const IDLE = 30_000;

/** A PNG, or why there is none. */
export type Png = { readonly png: Buffer } | { readonly unpainted: 'too-tall' | 'too-many' | 'failed' | 'stopping' };

export interface Pictures {
  png(picture: Picture): Promise<Png>;
  /** Ends the process; pictures not yet painted are given up. */
  stop(): void;
}

export function createPictures(log: Log, { painter = PAINTER, longest = LONGEST, idle = IDLE } = {}): Pictures {
  let child: ChildProcess | undefined;
  let resting: NodeJS.Timeout | undefined;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  let stopped = false;

  function end(one = child): void {
    if (child === one) child = undefined;
    one?.kill('SIGKILL');
  }

  function running(): ChildProcess {
    if (child) return child;
    const started = fork(painter, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    started.once('exit', () => {
      if (child === started) child = undefined;
    });
    // A process that cannot even be started says so here; whoever waits for a picture hears of it there.
    started.on('error', () => end(started));
    yieldToPeople(started);
    // Nobody has to wait for it to end.
    started.unref();
    started.channel?.unref();
    child = started;
    return started;
  }

  async function paint(picture: Picture): Promise<Png> {
    if (stopped) return { unpainted: 'stopping' };
    clearTimeout(resting);
    const painting = running();
    const painted = await answer(painting, picture, longest);
    resting = setTimeout(() => end(painting), idle).unref();
    if ('png' in painted) {
      const { buffer, byteOffset, byteLength } = painted.png;
      return { png: Buffer.from(buffer, byteOffset, byteLength) };
    }
    end(painting);
    if (stopped) return { unpainted: 'stopping' };
    log.error({ reason: painted.failed }, 'a picture could not be painted');
    return { unpainted: 'failed' };
  }

  return {
    async png(picture) {
      if (picture.height > TALLEST) return { unpainted: 'too-tall' };
      if (waiting >= MOST_WAITING) return { unpainted: 'too-many' };
      waiting += 1;
      const mine = last.then(() => paint(picture));
      last = mine.catch(() => {});
      return mine.finally(() => {
        waiting -= 1;
      });
    },
    stop() {
      stopped = true;
      clearTimeout(resting);
      end();
    },
  };
}

/** Never rejects: a process that ends, cannot be reached or stays silent has failed. */
function answer(painting: ChildProcess, picture: Picture, longest: number): Promise<Painted> {
  return new Promise((resolve) => {
    const done = (painted: Painted) => {
      clearTimeout(late);
      painting.off('message', done).off('exit', gone).off('error', broken);
      resolve(painted);
    };
    const gone = (code: number | null, signal: string | null) =>
      done({ failed: `the painter ended (${signal ?? code})` });
    const broken = (error: Error) => done({ failed: error.message });
    const late = setTimeout(() => done({ failed: `it took longer than ${longest} ms` }), longest);
    painting.on('message', done).on('exit', gone).on('error', broken);
    painting.send(picture, (error) => error && broken(error));
  });
}

/** Not every machine lets a process do so, and then it paints all the same. */
function yieldToPeople({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, NICE);
  } catch {}
}
