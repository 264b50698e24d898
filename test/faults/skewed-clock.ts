/** Loaded before Baton: this process' clock is CLOCK_SKEW milliseconds ahead. */
const skew = Number(process.env.CLOCK_SKEW ?? 0);
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
