/** Work that goes on: one thing after the other where it must, and known of until it is done. */

/** How often a lost race is run again before the person is told to try again. */
export const MOST_TRIES = 20;

export interface Turns {
  /** Runs tasks of one name one after the other: a process never races with itself. */
  inTurn<T>(name: string, task: () => Promise<T>): Promise<T>;
  /** Whether tasks of that name are waiting or running. */
  isBusy(name: string): boolean;
  /** Remembers work until it is done, however it ends. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when everything under way is done, what began meanwhile included. */
  settled(): Promise<void>;
}

export function createTurns(): Turns {
  const queues = new Map<string, Promise<unknown>>();
  const underWay = new Set<Promise<unknown>>();

  function track<T>(work: Promise<T>): Promise<T> {
    const quiet = work.catch(() => undefined).finally(() => underWay.delete(quiet));
    underWay.add(quiet);
    return work;
  }

  return {
    track,
    inTurn(name, task) {
      const turn = (queues.get(name) ?? Promise.resolve()).then(task, task);
      const done = turn
        .catch(() => undefined)
        .then(() => {
          if (queues.get(name) === done) queues.delete(name);
        });
      queues.set(name, done);
      return track(turn);
    },
    isBusy: (name) => queues.has(name),
    async settled() {
      while (underWay.size > 0) await Promise.all([...underWay]);
    },
  };
}
