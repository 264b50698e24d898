/** Works only while a lease is held: begins anew each time it is taken, and ends at once when it is lost. */
import type { Intake, Lease, Log } from '../../core/ports.ts';
import { FIRST_RECONNECT, LONGEST_RECONNECT } from './limits.ts';
import type { Time } from './time.ts';

export interface Tenure {
  /** It counts from now on; it was not lost while it was being prepared. */
  begun(): void;
  /** Stops speaking at once; resolves when all of it has ended. */
  end(): Promise<void>;
}

export function createTenures(lease: Lease, log: Log, time: Time, prepare: (intake: Intake) => Promise<Tenure>) {
  let current: Tenure | undefined;
  /** Counts what was lost, so that what was being prepared meanwhile is not begun. */
  let lost = 0;
  let ended = Promise.resolve();

  async function begin(intake: Intake): Promise<void> {
    const before = lost;
    await ended;
    for (let delay = FIRST_RECONNECT; before === lost; delay = Math.min(LONGEST_RECONNECT, delay * 2)) {
      try {
        const fresh = await prepare(intake);
        if (before !== lost) return await fresh.end();
        current = fresh;
        return fresh.begun();
      } catch (error) {
        if (before !== lost) return;
        log.error({ error, delay }, 'could not begin to speak to Discord; trying again');
        await time.wait(delay);
      }
    }
  }

  function end(): Promise<void> {
    lost += 1;
    const ending = current?.end();
    current = undefined;
    ended = Promise.all([ended, ending]).then(
      () => undefined,
      (error) => log.warn({ error }, 'Discord could not be left in order'),
    );
    return ended;
  }

  return {
    start(intake: Intake): void {
      lease.seek({
        taken: () => void begin(intake),
        lost: () => void end(),
      });
    },
    async stop(): Promise<void> {
      await end();
      // Nobody else begins before all is said that was to be said here.
      await lease.release();
    },
  };
}
