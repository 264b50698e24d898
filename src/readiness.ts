/** Whether Baton can take work: where something can be kept, it can. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log, Memory } from './core/ports.ts';
import type { Duration } from './core/units.ts';

/** Anybody may ask, and asking writes: what was found is good for this long. */
const FRESH: Duration = 1_000;
/** A store that takes longer is no use to people, and whoever probes waits no longer either. */
const PATIENCE: Duration = 3_000;

/** What is written, and where; it says nothing to anybody. */
const [OUTLET, KEY] = ['readiness', 'asked'];

/**
 * Why Baton cannot take work now, as one word for a probe: `store-full`, `store-unreachable`, any other fault of the
 * store, or `store-silent`. Undefined when it can. The log has the rest, once for each turn.
 */
export function createReadiness(memory: Memory, log: Log): () => Promise<string | undefined> {
  let found: Promise<string | undefined> | undefined;
  let was: string | undefined;

  async function look(): Promise<string | undefined> {
    const waiting = new AbortController();
    const silence = sleep(PATIENCE, 'store-silent', { signal: waiting.signal });
    const writing = memory.remember(OUTLET, KEY, new Date().toISOString()).then(
      () => undefined,
      (error) => {
        const fault = `store-${(error as { fault?: string }).fault ?? 'failed'}`;
        if (fault !== was) log.error({ reason: fault, error }, 'nothing can be kept, so Baton is not ready');
        return fault;
      },
    );
    const reason = await Promise.race([writing, silence.catch(() => undefined)]);
    waiting.abort();
    if (was !== undefined && reason === undefined) log.info({}, 'Baton is ready again');
    was = reason;
    return reason;
  }

  return () => {
    if (found) return found;
    const looking = look();
    found = looking;
    const forget = () => setTimeout(() => (found = undefined), FRESH).unref();
    looking.then(forget, forget);
    return looking;
  };
}
