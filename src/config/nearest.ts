/** "Did you mean": the known word that a mistyped one is closest to. */

/** Undefined when nothing known is close enough to be a slip of the hand, or several are equally close. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const slips = Math.max(1, Math.floor(word.length / 3));
  let least = slips + 1;
  let closest: string[] = [];
  for (const candidate of known) {
    const distance = edits(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) closest = [];
    if (distance <= Math.min(least, slips)) closest.push(candidate);
    least = Math.min(least, distance);
  }
  return closest.length === 1 ? closest[0] : undefined;
}

/** How many letters have to be added, left out, changed or swapped with their neighbour. */
function edits(from: string, to: string): number {
  let twoBack: number[] = [];
  let back = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const here = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      here[column] = Math.min(
        (back[column] ?? 0) + 1,
        (here[column - 1] ?? 0) + 1,
        (back[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (twoBack[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [twoBack, back] = [back, here];
  }
  return back[to.length] ?? from.length;
}
