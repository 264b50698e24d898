/** What is wrong with a configuration: all of it at once, each with its place and its remedy. */

export interface Problem {
  /** Where in the file, as keys from the top; empty for what is not in the file. */
  readonly path: readonly (string | number)[];
  /** Whether the key or its value is meant. */
  readonly at: 'key' | 'value';
  /** A whole sentence, with what to do about it. */
  readonly message: string;
}

/** The configuration cannot be used. `problems` are lines for the operator; the start prints them and ends with 1. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** `seats.payments.chain` */
export function dotted(path: readonly (string | number)[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
