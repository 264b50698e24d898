/** What a look at something found, in a line for the operator, and the one next thing to do where it is not well. */

/** `ok`; `note`: worth knowing, Baton runs all the same; `wrong`: something does not work; `unset`: nobody has set it up. */
export type State = 'ok' | 'note' | 'wrong' | 'unset';

export interface Finding {
  readonly state: State;
  /** A sentence, without secrets. */
  readonly said: string;
  /** The one next thing to do; with all that is not well. */
  readonly remedy?: string;
}

/** Something to look at, which takes its own time beside all others. */
export interface Check {
  /** What is looked at, as the subject of a sentence: it is named when it does not answer. */
  readonly of: string;
  /** May find more to look at. `signal` aborts when nobody waits for the answer any more. Changes nothing. */
  readonly look: (signal: AbortSignal) => Promise<Found> | Found;
}

export type Found = Finding | readonly (Finding | Check)[];

export interface Group {
  readonly name: string;
  readonly checks: readonly Check[];
}

export const ok = (said: string): Finding => ({ state: 'ok', said });
export const note = (said: string, remedy: string): Finding => ({ state: 'note', said, remedy });
export const wrong = (said: string, remedy: string): Finding => ({ state: 'wrong', said, remedy });
export const unset = (said: string): Finding => ({ state: 'unset', said });

/** Asks once, however many checks wait for the answer. */
export function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

/**
 * A message that says what is wrong and then what to do, as those for the start of Baton do, taken apart.
 * @param otherwise what to do where the message does not say
 */
export function inTwo(message: string, otherwise: string): readonly [said: string, remedy: string] {
  const [, said, remedy] = /^(.*?[.?!)"])\s+(\p{Lu}.*)$/su.exec(message) ?? [];
  return said && remedy ? [said, remedy] : [message, otherwise];
}
