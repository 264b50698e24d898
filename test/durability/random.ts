/** Random choices that a seed repeats. The moments themselves depend on the machine as well and do not repeat. */

export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to and including `most`. */
  upTo(most: number): number;
  of<T>(choices: readonly T[]): T;
  shuffled<T>(all: readonly T[]): T[];
}

/** Mulberry32, by Tommy Ettinger (public domain). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    upTo: (most) => Math.floor(next() * (most + 1)),
    shuffled: (all) =>
      all
        .map((one) => [next(), one] as const)
        .sort(([a], [b]) => a - b)
        .map(([, one]) => one),
    of: (choices) => choices[Math.floor(next() * choices.length)] as (typeof choices)[number],
  };
}
