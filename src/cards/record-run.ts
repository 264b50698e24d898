/** What the incident was, and how it was run, in two short tables (REC-2). */
import type { Incident } from '../core/incident.ts';
import { type Measures, median } from '../core/measures.ts';
import type { Settings } from '../core/settings.ts';
import { QUESTIONS, type Question } from '../core/severity.ts';
import { answerFact } from './announcement.ts';
import { type Cells, lasting } from './record-tables.ts';
import { phaseText } from './state.ts';
import type { Words } from './words/words.ts';

/** What the incident was. */
export function aboutRows(incident: Incident, { to }: Measures, settings: Settings, words: Words): readonly Cells[] {
  const { declared, source, severity, service, closedAt, links, mergedInto, resembles } = incident;
  const related = [...new Set([...links, ...(mergedInto ? [mergedInto] : []), ...(resembles ? [resembles] : [])])];
  return [
    [words.t('card.phase'), phaseText(incident, words)],
    [words.t('card.severity'), severity.severity],
    ...(service === undefined ? [] : [[words.t('field.service'), settings.services[service]?.name ?? service]]),
    [
      words.t('record.declared'),
      words.t('record.declared.by', { at: { at: declared.at }, by: { person: declared.by } }),
    ],
    [
      words.t('record.source'),
      [words.t(`origin.${source.kind}`), source.via, source.sender ?? '', source.customer ?? '']
        .filter(Boolean)
        .join(' · '),
    ],
    ...(closedAt === undefined ? [] : [[words.t('record.closed'), words.at(closedAt)]]),
    ...(to.closed === undefined ? [] : [[words.t('record.lasted'), words.lasting(to.closed)]]),
    ...answerRows(incident, words),
    ...(related.length > 0 ? [[words.t('record.related'), words.list(related)]] : []),
  ];
}

function answerRows({ impact }: Incident, words: Words): readonly Cells[] {
  return (Object.keys(QUESTIONS) as Question[]).flatMap((question) => {
    const answer = impact.answers[question];
    return answer === undefined ? [] : [[words.t(`question.${question}`), words.fact(answerFact(question, answer))]];
  });
}

/** How it was run, in numbers (REC-2). */
export function runRows(measures: Measures, words: Words): readonly Cells[] {
  const { to, rounds, lulls, delegations } = measures;
  const took = delegations.flatMap((one) => one.took ?? []);
  const lost = lulls.reduce((sum, { lasting }) => sum + lasting, 0);
  return [
    [words.t('record.to.call'), lasting(to.call, words)],
    [words.t('record.to.quorum'), lasting(to.quorum, words)],
    [words.t('record.to.commander'), lasting(to.commander, words)],
    [words.t('record.to.impact'), lasting(to.impact, words)],
    [words.t('record.to.mitigation'), lasting(to.firstMitigation, words)],
    [words.t('record.to.mitigated'), lasting(to.mitigated, words)],
    [words.t('record.rounds'), words.t('record.rounds.counts', { ...rounds })],
    [words.t('record.lulls'), words.t('record.lulls.counts', { count: lulls.length, lost: { lasting: lost } })],
    [
      words.t('record.acknowledged'),
      words.t('record.acknowledged.counts', {
        took: took.length,
        all: delegations.length,
        median: lasting(median(took), words),
        slowest: lasting(took.length > 0 ? Math.max(...took) : undefined, words),
      }),
    ],
  ];
}
