/** What a surface notes of its cards each time it draws them: how new they are, which the next drawing finds out anyway. */

interface Shown {
  /** The version of the incident that is shown. */
  readonly painted: number;
}

/** Whether nothing but the version shown has changed: forgotten in a power cut, the card is drawn once more. */
export function isOnlyRedrawn<Paper extends Shown>(before: Paper | undefined, after: Paper): boolean {
  if (before === undefined) return false;
  const names = Object.keys({ ...before, ...after }) as (keyof Paper)[];
  return names.every((name) => name === 'painted' || before[name] === after[name]);
}
