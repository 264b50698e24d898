/** Where to wait for the disk: aside, unless it answers sooner than a thread could be asked. */

/** Milliseconds. What blocks everybody for less costs less than the way to another thread and back. */
const QUICK = 0.4;
/** So many in a row make a quick disk; one slow answer ends that. */
const OFTEN = 32;

/**
 * @param here waits on the thread that answers people
 * @param aside waits on another one
 * @param now in milliseconds
 * @returns resolves or rejects as whichever of the two was chosen
 */
export function whereQuickest(here: () => void, aside: () => Promise<void>, now = () => performance.now()) {
  let quick = 0;
  return async (): Promise<void> => {
    const began = now();
    try {
      if (quick < OFTEN) await aside();
      else here();
    } finally {
      quick = now() - began < QUICK ? quick + 1 : 0;
    }
  };
}
