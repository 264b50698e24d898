/** The severity table as data: what each severity demands, and which answers about impact lead to it. */
import type { Duration, PersonId, SeatId, SeverityId } from './units.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** One row of the table; rows are ordered worst first. */
export interface Severity {
  readonly id: SeverityId;
  /** Time between update rounds (UPD-1). */
  readonly round: Duration;
  /** Observation window after a mitigation is done (MIT-2). */
  readonly observation: Duration;
  /** Whether the commander may overlap mitigations, with a reason (MIT-3). */
  readonly overlap: boolean;
  /** A commander's shift (ROT-1). */
  readonly shift: Duration;
  /** Watch after the fix (WAT-1). */
  readonly watch: Duration;
  /** Whether work at this severity may stand down for the night (ROT-4). */
  readonly standDown: boolean;
  /** Seats that every incident of this severity needs (CALL-3). */
  readonly quorum: readonly SeatId[];
  /** The only people who may command at this severity (CMD-3); empty: anyone qualified. */
  readonly leaders: readonly PersonId[];
}

export const SEVERITIES: readonly Severity[] = [
  {
    id: 'SEV-1',
    round: 10 * MINUTE,
    observation: 1 * MINUTE,
    overlap: true,
    shift: 2 * HOUR,
    watch: 30 * MINUTE,
    standDown: false,
    quorum: ['commander'],
    leaders: [],
  },
  {
    id: 'SEV-2',
    round: 20 * MINUTE,
    observation: 3 * MINUTE,
    overlap: false,
    shift: 4 * HOUR,
    watch: 15 * MINUTE,
    standDown: true,
    quorum: ['commander'],
    leaders: [],
  },
  {
    id: 'SEV-3',
    round: 60 * MINUTE,
    observation: 3 * MINUTE,
    overlap: false,
    shift: 4 * HOUR,
    watch: 15 * MINUTE,
    standDown: false,
    quorum: ['commander'],
    leaders: [],
  },
];

/** What the commander asks about impact, in the order it is asked (IMP-1); `which` only of a subset. Empty: any words. */
export const QUESTIONS = {
  sees: [],
  reproduced: ['yes', 'no'],
  frequency: ['every-time', 'sometimes'],
  retries: ['fail', 'succeed'],
  scope: ['everybody', 'subset'],
  which: [],
} as const satisfies Record<string, readonly string[]>;

export type Question = keyof typeof QUESTIONS;

/** A row of the matrix: the answers it takes (an absent question takes any) and where they lead (IMP-2). */
export interface MatrixRow {
  readonly when: Readonly<Partial<Record<Question, string>>>;
  readonly severity: SeverityId;
}

/** First match wins; the last row takes everything. */
export const MATRIX: readonly MatrixRow[] = [
  { when: { scope: 'everybody', frequency: 'every-time', retries: 'fail' }, severity: 'SEV-1' },
  { when: { scope: 'everybody', frequency: 'every-time' }, severity: 'SEV-2' },
  { when: { scope: 'everybody', retries: 'fail' }, severity: 'SEV-2' },
  { when: { scope: 'subset', frequency: 'every-time', retries: 'fail' }, severity: 'SEV-2' },
  { when: {}, severity: 'SEV-3' },
];

/** The position of a severity in the table, 0 the worst; an id that left the table counts as the mildest. */
export function rank(severities: readonly Severity[], id: SeverityId): number {
  const found = severities.findIndex((row) => row.id === id);
  return found < 0 ? severities.length : found;
}

/** The row of a severity; an id that left the table behaves as the mildest row. */
export function severityRow(severities: readonly Severity[], id: SeverityId): Severity {
  const row = severities.find((candidate) => candidate.id === id) ?? severities.at(-1);
  if (!row) throw new Error('the severity table is empty');
  return row;
}

/**
 * Every severity that the answers so far leave possible, worst first. An unanswered or unknown question
 * leaves open every answer it could have had.
 */
export function candidates(
  matrix: readonly MatrixRow[],
  severities: readonly Severity[],
  answers: Readonly<Partial<Record<Question, string>>>,
): SeverityId[] {
  const found = new Set<SeverityId>();
  const open: Partial<Record<Question, string>>[] = [{}];
  for (const [question, choices] of Object.entries(QUESTIONS) as [Question, readonly string[]][]) {
    if (choices.length === 0) continue;
    const given = answers[question];
    const possible = given && choices.includes(given) ? [given] : choices;
    open.splice(0, open.length, ...open.flatMap((so) => possible.map((answer) => ({ ...so, [question]: answer }))));
  }
  for (const whole of open) {
    const row = matrix.find(({ when }) =>
      (Object.entries(when) as [Question, string][]).every(([question, answer]) => whole[question] === answer),
    );
    if (row) found.add(row.severity);
  }
  return [...found].sort((a, b) => rank(severities, a) - rank(severities, b));
}
