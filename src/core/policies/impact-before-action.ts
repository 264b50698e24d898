/** Impact is asked before anything is tried; the answers propose a severity, the commander decides (IMP-1, IMP-2). */
import { commanderOf, dismissal, type Policy, type Prompt, type Suggestion, type World } from '../contract.ts';
import type { Incident } from '../incident.ts';
import { candidates, QUESTIONS, type Question } from '../severity.ts';

const POLICY = 'impact-before-action';
const UNKNOWN = 'unknown';

export const impactBeforeAction: Policy = {
  name: POLICY,
  guide: 'impact',
  rules: ['IMP-1', 'IMP-2'],
  wants: (incident, { settings }) => {
    const { askedAt } = incident.impact;
    return askedAt !== undefined && incident.severities.length === 1
      ? [{ policy: POLICY, key: 'timebox', at: askedAt + settings.impact.timebox }]
      : [];
  },
  // Assume the worst that the answers leave possible.
  answers: (incident, _clock, { settings }) => {
    const [worst] = candidates(settings.matrix, settings.severities, incident.impact.answers);
    return worst === undefined ? [] : [{ type: 'severity-set', severity: worst, assumed: true }];
  },
  offers: (incident, world) => {
    if (incident.command.commander === undefined) return [];
    return [...nextQuestion(incident), ...decision(incident, world), ...unknowns(incident)];
  },
};

/** Until the severity is decided, impact goes before all work. */
function rankOf(incident: Incident): Prompt['rank'] {
  return incident.severity.assumed && incident.severities.length === 1 ? 'safety' : 'work';
}

function isDue(incident: Incident, question: Question): boolean {
  const { answers } = incident.impact;
  if (question === 'which' && answers.scope !== 'subset') return false;
  return answers[question] === undefined;
}

/** One question at a time: each is a line to say and one press to answer. */
function nextQuestion(incident: Incident): Prompt[] {
  const question = (Object.keys(QUESTIONS) as Question[]).find((one) => isDue(incident, one));
  if (question === undefined) return [];
  const answer = (value: string): Suggestion => ({
    command: 'assess-impact',
    fields: { [question]: value },
    label: `answer-${value}`,
  });
  const choices = QUESTIONS[question];
  const words: Suggestion = { command: 'assess-impact', label: 'answer-in-words', primary: true };
  return [
    {
      key: `impact:${question}`,
      line: `impact-${question}`,
      facts: {},
      to: commanderOf(incident),
      rank: rankOf(incident),
      since: incident.impact.askedAt ?? incident.declared.at,
      buttons: [...(choices.length === 0 ? [words] : choices.map(answer)), answer(UNKNOWN)],
    },
  ];
}

/** All is answered, or the time-box assumed something: the commander decides. */
function decision(incident: Incident, { settings }: World): Prompt[] {
  const { answers, changedAt } = incident.impact;
  const complete = (['frequency', 'retries', 'scope'] as const).every((one) => answers[one] !== undefined);
  const assumed = incident.severity.assumed && incident.severities.length > 1;
  const decided = incident.severity.assumed ? undefined : incident.severity.at;
  if (!(complete || assumed) || (decided !== undefined && decided >= (changedAt ?? 0))) return [];
  const [proposal] = candidates(settings.matrix, settings.severities, answers);
  if (proposal === undefined || (decided !== undefined && proposal === incident.severity.severity)) return [];
  const key = `severity:${proposal}:${decided ?? 'open'}`;
  const others = settings.severities.filter(({ id }) => id !== proposal);
  return [
    {
      key,
      line: complete ? 'decide-severity' : 'severity-assumed',
      facts: { severity: { severity: proposal } },
      to: commanderOf(incident),
      rank: rankOf(incident),
      since: changedAt ?? incident.severity.at,
      buttons: [
        {
          command: 'set-severity',
          fields: { severity: proposal },
          label: 'set-severity-to',
          facts: { severity: { severity: proposal } },
          primary: true,
        },
        ...others.map(({ id }) => ({
          command: 'set-severity',
          fields: { severity: id },
          label: 'set-severity-to',
          facts: { severity: { severity: id } },
        })),
      ],
    },
  ];
}

/** "Unknown" is an answer, and becomes work on offer. */
function unknowns(incident: Incident): Prompt[] {
  const { answers, changedAt } = incident.impact;
  const open = (Object.keys(QUESTIONS) as Question[]).filter(
    (question) => answers[question] === UNKNOWN && !incident.activities.some((one) => one.question === question),
  );
  return open.map(
    (question): Prompt => ({
      key: `unknown:${question}`,
      line: 'impact-unknown',
      facts: { question: { word: `question.${question}` } },
      to: commanderOf(incident),
      rank: 'work',
      since: changedAt ?? incident.declared.at,
      buttons: [
        { command: 'delegate', fields: { kind: 'information', question }, primary: true },
        dismissal(`unknown:${question}`, 'not-needed'),
      ],
    }),
  );
}
