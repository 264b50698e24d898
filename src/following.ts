/** With several instances: looks again and again for what the others did. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Handler } from './core/handle.ts';
import type { Log, Sharing } from './core/ports.ts';
import { follow } from './core/sweep.ts';
import type { Duration, IncidentId } from './core/units.ts';

/** From the end of one look to the next. */
const FOLLOW_EVERY: Duration = 500;

export function keepFollowing(handler: Handler, sharing: Sharing, log: Log): { stop(): Promise<void> } {
  const ending = new AbortController();
  const { signal } = ending;
  const left = new Set<IncidentId>();
  const following = (async () => {
    while (!signal.aborted) {
      await follow(handler, sharing, log, left).catch((error) => {
        log.warn({ error }, 'could not look what other instances did; trying again');
      });
      await sleep(FOLLOW_EVERY, undefined, { signal }).catch(() => {});
    }
  })();
  return {
    async stop() {
      ending.abort();
      await following;
    },
  };
}
