/** While no server is found, one look for it waits on behalf of everybody: who asks then is told soon that there is none. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Db, MongoServerSelectionError } from 'mongodb';

/** Milliseconds that somebody waits for a server for which another has waited in vain. */
const SHORTLY = 1_000;

export interface Outage {
  /**
   * Runs `work`, which waits for a server as long as the driver is told to, unless one was looked for so long before:
   * in a line, each would else wait as long again as all before them.
   * @throws MongoServerSelectionError the one of before, where there is still no server; nothing was begun then
   */
  heed<T>(work: () => Promise<T>): Promise<T>;
}

export function createOutage(db: Db): Outage {
  let outage: MongoServerSelectionError | undefined;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    // Whatever it answers, there is a server that is asked.
    const found = await db.command({ ping: 1 }).catch((error: unknown) => error);
    outage = found instanceof MongoServerSelectionError ? found : undefined;
    looking = undefined;
  }

  return {
    async heed(work) {
      if (outage) {
        looking ??= look();
        await Promise.race([looking, pause(SHORTLY, undefined, { ref: false })]);
        if (outage) throw outage;
      }
      try {
        return await work();
      } catch (error) {
        if (error instanceof MongoServerSelectionError) outage = error;
        throw error;
      }
    },
  };
}
