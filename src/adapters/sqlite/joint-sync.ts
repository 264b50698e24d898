/** Brings what was written onto the disk, off the thread that answers people: whoever waits meanwhile shares the next turn. */

/**
 * @param sync begins when it is called and resolves when everything written before that is on the disk
 * @returns resolves when everything written before the call is; rejects with what `sync` rejected with
 */
export function jointSync(sync: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function begin(): Promise<void> {
    next = undefined;
    const turn = sync().finally(() => {
      if (running === turn) running = undefined;
    });
    running = turn;
    return turn;
  }

  return () => {
    if (!running) return begin();
    // The one that runs may have begun before the latest write.
    next ??= running.then(begin, begin);
    return next;
  };
}
