/** Loaded before Baton: this process' clock is ahead by as many milliseconds as the file CLOCK_FILE says, read anew on SIGUSR2. */
import { readFileSync } from 'node:fs';

const read = () => Number(readFileSync(process.env.CLOCK_FILE ?? '', 'utf8'));
let skew = read();
process.on('SIGUSR2', () => {
  skew = read();
});
const Real = Date;

class Skewed extends Real {
  constructor(...given: unknown[]) {
    // biome-ignore lint/suspicious/noExplicitAny: a Date is made of whatever a Date is made of.
    if (given.length > 0) super(...(given as [any]));
    else super(Real.now() + skew);
  }
  static override now(): number {
    return Real.now() + skew;
  }
}

globalThis.Date = Skewed as DateConstructor;
