/** Small writes that come in one go, written in one: every outlet moves its cursor after every event. */
import type { Transactions } from './transactions.ts';

interface Waiting {
  readonly write: () => unknown;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * @param transaction all of some work or nothing
 * @returns resolves when the write is done; rejects with what it threw, which holds up none of the others
 */
export function gathered(transaction: Transactions['lightly']): (write: () => unknown) => Promise<void> {
  let waiting: Waiting[] = [];

  function writeAll(): void {
    const all = waiting;
    waiting = [];
    try {
      transaction(() => {
        for (const { write } of all) write();
      });
    } catch {
      all.forEach(writeOne);
      return;
    }
    for (const { done } of all) done();
  }

  function writeOne({ write, done, failed }: Waiting): void {
    try {
      transaction(write);
      done();
    } catch (error) {
      failed(error);
    }
  }

  return (write) =>
    new Promise((done, failed) => {
      if (waiting.length === 0) setImmediate(writeAll);
      waiting.push({ write, done, failed });
    });
}
