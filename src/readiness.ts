/** Whether Baton can take work: where something can be kept, it can, however slowly (docs/adr/16). */
import type { Log, Memory, Store } from './core/ports.ts';
import type { Duration } from './core/units.ts';

export interface Readiness {
  /**
   * Why Baton cannot take work, as one word for a probe: `store-full`, `store-unreachable`, any other fault of the store,
   * or `store-silent`. Undefined when it can. Answers at once, with what is known by then; the log has the rest.
   */
  unready(): Promise<string | undefined>;
  /** The same store; that it answers is heeded. */
  heed(store: Store): Store;
}

/** Anybody may ask, and asking writes: what was found is good for this long. */
const FRESH: Duration = 1_000;
/** Kubernetes waits for one second unless it is told otherwise, and takes silence for a no. */
const ANSWER: Duration = 500;
/** Seconds without a word of the store. Longer than MongoDB takes to elect a primary: then what waits is kept after all. */
const MOST_SILENCE = 15;
/** The same of one that was found silent, so that it is soon found to be back. */
const STILL_SILENT = 3;
const SILENT = 'store-silent';

/** What is written, and where; it says nothing to anybody. */
const [OUTLET, KEY] = ['readiness', 'asked'];

interface Found {
  readonly reason: string;
  readonly error?: unknown;
}

export function createReadiness(memory: Memory, log: Log): Readiness {
  let looking: Promise<void> | undefined;
  let reason: string | undefined;
  /** How often the store has answered people meanwhile. */
  let answers = 0;

  async function look(): Promise<void> {
    const heard = new AbortController();
    const most = reason === SILENT ? STILL_SILENT : MOST_SILENCE;
    const found = await Promise.race([write(), silence(most, heard.signal)]);
    heard.abort();
    if (found && found.reason !== reason) log.error({ ...found }, 'nothing can be kept, so Baton is not ready');
    if (reason !== undefined && !found) log.info({}, 'Baton is ready again');
    reason = found?.reason;
  }

  function write(): Promise<Found | undefined> {
    return memory.remember(OUTLET, KEY, new Date().toISOString()).then(
      () => undefined,
      (error) => ({ reason: `store-${(error as { fault?: string }).fault ?? 'failed'}`, error }),
    );
  }

  /** Told in seconds that passed here: one in which this process was held up itself is no silence of the store's. */
  async function silence(most: number, heard: AbortSignal): Promise<Found> {
    for (let silent = 0; silent < most && !heard.aborted; ) {
      const before = answers;
      await pause(1_000);
      silent = answers === before ? silent + 1 : 0;
    }
    return { reason: SILENT };
  }

  return {
    async unready() {
      if (!looking) {
        looking = look();
        void looking.then(() => setTimeout(() => (looking = undefined), FRESH).unref());
      }
      await Promise.race([looking, pause(ANSWER)]);
      return reason;
    },
    heed: (store) => ({
      ...store,
      async append(...what) {
        const outcome = await store.append(...what);
        answers += 1;
        return outcome;
      },
    }),
  };
}

/** Keeps no process from ending. */
function pause(time: Duration): Promise<void> {
  return new Promise((done) => void setTimeout(done, time).unref());
}
