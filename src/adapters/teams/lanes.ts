/** One lane per conversation: writes leave it in order, within the rates, each until it is done; edits keep only the newest. */
import type { Log } from '../../core/ports.ts';
import { FIRST_RETRY, LONGEST_RETRY, MOST_ATTEMPTS } from './limits.ts';
import { createPace, type Time } from './pace.ts';
import { PlatformError, troubleIn } from './trouble.ts';

export interface Lanes {
  /**
   * Runs a write when its turn has come. Rejects with the last failure when it is not to be had: at once for what will
   * never work, after several attempts for what may.
   */
  write<T>(conversation: string, work: () => Promise<T>): Promise<T>;
  /**
   * Runs an edit soon. Asked again under the same key before it ran, it runs once: `work` reads the newest state when
   * its turn comes. Tried until it works or `gaveUp` is told why it never will.
   */
  refresh(conversation: string, key: string, work: () => Promise<void>, gaveUp: (error: unknown) => void): void;
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>;
  /** Nothing new begins; what waits is dropped, to be made good at the next start. */
  stop(): Promise<void>;
}

interface Write {
  run(): Promise<void>;
  fail(error: unknown): void;
}

interface Edit {
  readonly work: () => Promise<void>;
  readonly gaveUp: (error: unknown) => void;
}

interface Lane {
  readonly writes: Write[];
  readonly edits: Map<string, Edit>;
  running: boolean;
}

export function createLanes(time: Time, log: Log): Lanes {
  const pace = createPace(time.now);
  const lanes = new Map<string, Lane>();
  const underWay = new Set<Promise<void>>();
  let stopped = false;

  function laneOf(conversation: string): Lane {
    const lane = lanes.get(conversation) ?? { writes: [], edits: new Map(), running: false };
    lanes.set(conversation, lane);
    return lane;
  }

  function go(conversation: string, lane: Lane): void {
    if (lane.running || stopped) return;
    lane.running = true;
    const run = drain(conversation, lane).finally(() => {
      lane.running = false;
      underWay.delete(run);
      if (lane.writes.length === 0 && lane.edits.size === 0) lanes.delete(conversation);
      else go(conversation, lane);
    });
    underWay.add(run);
  }

  /** Writes and edits take turns, so that neither waits behind all of the other. */
  async function drain(conversation: string, lane: Lane): Promise<void> {
    while (!stopped && (lane.writes.length > 0 || lane.edits.size > 0)) {
      const write = lane.writes.shift();
      if (write) await doWrite(conversation, write);
      if (stopped) return;
      const [key] = lane.edits.keys();
      if (key !== undefined) await doEdit(conversation, lane, key);
    }
  }

  async function turn(conversation: string): Promise<void> {
    for (let delay = pace.delay(conversation); delay > 0 && !stopped; delay = pace.delay(conversation)) {
      await time.wait(delay);
    }
    pace.note(conversation);
  }

  async function doWrite(conversation: string, write: Write): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await turn(conversation);
      try {
        return await write.run();
      } catch (error) {
        if (stopped || troubleIn(error) !== 'again' || attempt >= MOST_ATTEMPTS) return write.fail(error);
        await backOff(conversation, error, attempt);
      }
    }
  }

  async function doEdit(conversation: string, lane: Lane, key: string): Promise<void> {
    for (let attempt = 1; !stopped; attempt += 1) {
      await turn(conversation);
      const edit = lane.edits.get(key);
      if (!edit) return;
      lane.edits.delete(key);
      try {
        return await edit.work();
      } catch (error) {
        if (troubleIn(error) !== 'again') return edit.gaveUp(error);
        // Whatever was asked for meanwhile is newer than what failed.
        if (!lane.edits.has(key)) lane.edits.set(key, edit);
        await backOff(conversation, error, attempt);
        // A connector that is down for long must not keep writes from being reported as late.
        if (attempt >= MOST_ATTEMPTS && lane.writes.length > 0) return;
      }
    }
  }

  async function backOff(conversation: string, error: unknown, attempt: number): Promise<void> {
    const grown = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** (attempt - 1));
    const asked = error instanceof PlatformError ? error.retryAfter : undefined;
    const delay = (asked ?? grown / 2) + (grown / 2) * time.random();
    if (attempt > 1)
      log.info({ conversation, attempt, delay: Math.round(delay), error: String(error) }, 'trying again');
    await time.wait(delay);
  }

  return {
    write(conversation, work) {
      const lane = laneOf(conversation);
      return new Promise((resolve, reject) => {
        if (stopped) return reject(new Error('Baton is stopping'));
        lane.writes.push({ run: async () => resolve(await work()), fail: reject });
        go(conversation, lane);
      });
    },
    refresh(conversation, key, work, gaveUp) {
      if (stopped) return;
      const lane = laneOf(conversation);
      lane.edits.set(key, { work, gaveUp });
      go(conversation, lane);
    },
    async settled() {
      while (underWay.size > 0) await Promise.all([...underWay]);
    },
    async stop() {
      stopped = true;
      for (const lane of lanes.values()) {
        for (const write of lane.writes.splice(0)) write.fail(new Error('Baton is stopping'));
        lane.edits.clear();
      }
      await Promise.all([...underWay]);
    },
  };
}
