/** Prints what the doctor found: a calm line for each finding, or all of it as data. */
import type { Examined } from './examine.ts';
import type { State } from './finding.ts';

const MARKS: Readonly<Record<State, string>> = { ok: 'ok', note: 'note', wrong: 'wrong', unset: '-' };
const COLUMN = 2 + Math.max(...Object.values(MARKS).map((mark) => mark.length)) + 2;

/**
 * A group as it follows another one.
 * @param width letters of a line; absent: lines are as long as their sentence, for files and other programs
 */
export function linesOf(group: Examined, before: Examined | undefined, width?: number): readonly string[] {
  const { name, findings } = group;
  const lines = (mark: string, text: string, column = COLUMN) => wrapped(mark.padEnd(column), text, width);
  const apart = before && (isList(group) || isList(before)) ? [''] : [];
  if (!isList(group)) return [...apart, ...findings.flatMap(({ said }) => lines('', said, 0))];
  return [
    ...apart,
    name,
    ...findings.flatMap(({ state, said, remedy }) => [
      ...lines(`  ${MARKS[state]}`, said),
      ...(remedy === undefined ? [] : lines('', `> ${remedy}`)),
    ]),
  ];
}

/** Of what nobody has set up that is said, without a heading. */
function isList({ findings }: Examined): boolean {
  return findings.some(({ state }) => state !== 'unset');
}

/** Continued under where it began. */
function wrapped(start: string, text: string, width = Number.POSITIVE_INFINITY): readonly string[] {
  const lines: string[] = [];
  let line = start;
  for (const word of text.split(/\s+/)) {
    const begun = line.trimEnd().length > start.trimEnd().length || line !== start;
    if (begun && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(start.length) + word;
    } else line += (begun ? ' ' : '') + word;
  }
  return [...lines, line];
}

function count(examined: readonly Examined[], state: State): number {
  return examined.flatMap(({ findings }) => findings).filter((one) => one.state === state).length;
}

export function isWell(examined: readonly Examined[]): boolean {
  return count(examined, 'wrong') === 0;
}

export function summary(examined: readonly Examined[]): string {
  const notes = count(examined, 'note');
  const faults = count(examined, 'wrong');
  const known = notes === 0 ? [] : [`${notes} worth knowing`];
  return `${[`${count(examined, 'ok')} ok`, ...known, faults === 0 ? 'nothing wrong' : `${faults} wrong`].join(', ')}.`;
}

const NAMES: Readonly<Record<State, string>> = {
  ok: 'ok',
  note: 'worth-knowing',
  wrong: 'wrong',
  unset: 'not-set-up',
};

export function dataOf(examined: readonly Examined[]): string {
  const groups = examined.map(({ name, findings }) => ({
    name,
    findings: findings.map(({ state, said, remedy }) => ({ state: NAMES[state], said, remedy })),
  }));
  const counts = { ok: count(examined, 'ok'), worthKnowing: count(examined, 'note'), wrong: count(examined, 'wrong') };
  return JSON.stringify({ well: isWell(examined), ...counts, groups }, null, 2);
}
