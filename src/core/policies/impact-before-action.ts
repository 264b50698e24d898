/** Impact is asked before anything is tried; the answers propose a severity, the commander decides (IMP-1, IMP-2). */
import { commanderOf, dismissal, type Policy, type Prompt, type Suggestion, type World } from '../contract.ts';
import { UNKNOWN, unknownQuestions } from '../impact.ts';
import type { Incident } from '../incident.ts';
import type { Settings } from '../settings.ts';
import { candidates, QUESTIONS, type Question, rank } from '../severity.ts';
import type { SeverityId } from '../units.ts';

const POLICY = 'impact-before-action';

export const impactBeforeAction: Policy = {
  name: POLICY,
  guide: 'impact',
  rules: ['IMP-1', 'IMP-2'],
  wants: (incident, { settings }) => {
    const { firstOnCallAt, impact, severities } = incident;
    // The question is put once there is a commander and somebody to hear it.
    if (impact.askedAt === undefined || firstOnCallAt === undefined || severities.length > 1) return [];
    return [{ policy: POLICY, key: 'timebox', at: Math.max(impact.askedAt, firstOnCallAt) + settings.impact.timebox }];
  },
  answers: (incident, _clock, { settings }) => {
    const worst = worstOf(incident, settings);
    return worst === undefined ? [] : [{ type: 'severity-set', severity: worst, assumed: true }];
  },
  offers: (incident, world) => {
    if (incident.command.commander === undefined) return [];
    return [...nextQuestion(incident), ...decision(incident, world), ...unknowns(incident), ...foundOut(incident)];
  },
};

/** The worst that the answers leave possible; silence takes nothing back of what somebody declared worse. */
function worstOf(incident: Incident, { matrix, severities, startAt }: Settings): SeverityId | undefined {
  const [worst] = candidates(matrix, severities, incident.impact.answers);
  const { severity } = incident.severity;
  const declared = severity !== startAt && worst !== undefined && rank(severities, severity) < rank(severities, worst);
  return declared ? severity : worst;
}

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
  return [
    {
      key: `impact:${question}`,
      line: `impact-${question}`,
      facts: {},
      to: commanderOf(incident),
      rank: rankOf(incident),
      since: incident.impact.askedAt ?? incident.declared.at,
      buttons: [...answersTo(question), answer(question, UNKNOWN)],
    },
  ];
}

function answersTo(question: Question): Suggestion[] {
  const choices: readonly string[] = QUESTIONS[question];
  return choices.length === 0
    ? [{ command: 'assess-impact', label: 'answer-in-words', primary: true }]
    : choices.map((value) => answer(question, value));
}

function answer(question: Question, value: string): Suggestion {
  return { command: 'assess-impact', fields: { [question]: value }, label: `answer-${value}` };
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
  const { changedAt } = incident.impact;
  return unknownQuestions(incident).map(
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

/** Somebody has found out about an unknown: the question is put once more, to be answered. */
function foundOut(incident: Incident): Prompt[] {
  const { activities, impact } = incident;
  if (!Object.values(impact.answers).includes(UNKNOWN)) return [];
  return activities.flatMap(({ id, question, status, endedAt }): Prompt[] => {
    if (question === undefined || status !== 'finished' || impact.answers[question] !== UNKNOWN) return [];
    if (activities.some((later) => later.id > id && later.question === question)) return [];
    const key = `found-out:${id}`;
    return [
      {
        key,
        line: `impact-${question}`,
        facts: {},
        to: commanderOf(incident),
        rank: 'work',
        since: endedAt ?? incident.declared.at,
        buttons: [...answersTo(question), dismissal(key, `answer-${UNKNOWN}`)],
      },
    ];
  });
}
