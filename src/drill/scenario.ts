/** What a scenario is: what is wrong, what people know of it, and what each attempt would do. Its words are at `drill.<name>`. */
import type { Verdict } from '../core/events.ts';
import type { Question } from '../core/severity.ts';
import type { Part } from './company.ts';

/** Something that can be tried. Whatever else people try does nothing. */
export interface Attempt {
  /** Its words: `.what`, `.match` (how else people might call it), `.seen` (what is seen afterwards). */
  readonly name: string;
  /** Who thinks of it, and does it best. */
  readonly by: Part;
  readonly effect: Verdict;
  /** It does nothing before this one was done. */
  readonly after?: string;
  /**
   * `early`: as soon as the severity is known. `alone`: while something else is running, and without asking. `asked`: only
   * when somebody asks for more, or nothing is being done.
   */
  readonly when: 'early' | 'alone' | 'asked';
  /** Beats. */
  readonly takes: number;
}

export interface Scenario {
  readonly name: string;
  /** Name of the alert, as a monitoring system has it. */
  readonly alert: string;
  /** What is true, for the questions that have choices; what customers see is in words. */
  readonly impact: Readonly<Record<Exclude<Question, 'sees' | 'which'>, string>>;
  /** Who finds something when they look. */
  readonly clues: readonly Part[];
  /** In the order in which people think of them. */
  readonly attempts: readonly Attempt[];
}
