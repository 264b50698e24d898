/** Answers what the commander asks about impact; "unknown" is an answer (IMP-1). */
import { command, refuse } from '../contract.ts';
import { UNKNOWN } from '../impact.ts';
import { QUESTIONS, type Question } from '../severity.ts';
import { AWAKE } from './phases.ts';

export const assessImpact = command({
  name: 'assess-impact',
  aliases: ['impact'],
  guide: 'impact',
  right: 'anyone',
  during: AWAKE,
  fields: {
    sees: { type: 'text', long: true },
    reproduced: { type: 'choice', choices: [...QUESTIONS.reproduced, UNKNOWN], words: 'answer' },
    frequency: { type: 'choice', choices: [...QUESTIONS.frequency, UNKNOWN], words: 'answer' },
    retries: { type: 'choice', choices: [...QUESTIONS.retries, UNKNOWN], words: 'answer' },
    scope: { type: 'choice', choices: [...QUESTIONS.scope, UNKNOWN], words: 'answer' },
    which: { type: 'text', long: true },
  },
  oneOf: ['sees', 'reproduced', 'frequency', 'retries', 'scope', 'which'],
  decide: (incident, values) => {
    // Typed as a word, "unknown" means what the button means.
    const given = (Object.entries(values) as [Question, string][]).map(
      ([question, answer]) => [question, answer.trim().toLowerCase() === UNKNOWN ? UNKNOWN : answer] as const,
    );
    if (given.length === 0) return refuse('nothing-answered', {}, { command: 'assess-impact' });
    return given
      .filter(([question, answer]) => incident.impact.answers[question] !== answer)
      .map(([question, answer]) => ({ type: 'impact-answered', question, answer }));
  },
});
