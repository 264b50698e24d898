/** Questions about impact that commands and policies ask alike. */
import type { Incident } from './incident.ts';
import { QUESTIONS, type Question } from './severity.ts';

/** An answer that any question takes: it becomes work (IMP-1). */
export const UNKNOWN = 'unknown';

/** What is not known about impact and nobody is finding out, or has found out. */
export function unknownQuestions({ impact, activities }: Incident): Question[] {
  return (Object.keys(QUESTIONS) as Question[]).filter(
    (question) =>
      impact.answers[question] === UNKNOWN &&
      !activities.some((activity) => activity.question === question && activity.status !== 'cancelled'),
  );
}
