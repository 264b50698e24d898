/** The record's tables: who did what and when, and what it did (REC-1). */
import type { Activity, Incident } from '../core/incident.ts';
import type { Measures } from '../core/measures.ts';
import type { Duration, Instant } from '../core/units.ts';
import type { Words } from './words/words.ts';

/** One table under one heading; without rows it is left out. */
export interface Sheet {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export type Cells = readonly string[];

const NONE = '–';

/** Every other table, in the order in which a postmortem asks. */
export function sheets(incident: Incident, measures: Measures, words: Words): readonly Sheet[] {
  return [
    severitySheet(incident, words),
    impactSheet(incident, words),
    shiftSheet(measures, words),
    mitigationSheet(incident, words),
    activitySheet(incident, measures, words),
    roundSheet(incident, words),
    lullSheet(measures, words),
    hoursSheet(measures, words),
    overrideSheet(measures, words),
    promptSheet(measures, words),
    alertSheet(incident, words),
  ];
}

function sheet(key: string, columns: readonly string[], rows: readonly Cells[], words: Words): Sheet {
  return { title: words.t(key), head: columns.map((column) => words.t(column)), rows };
}

/** A dash for what did not happen. */
export function lasting(duration: Duration | undefined, words: Words): string {
  return duration === undefined ? NONE : words.lasting(duration);
}

function at(instant: Instant | undefined, words: Words): string {
  return instant === undefined ? NONE : words.at(instant);
}

function severitySheet({ severities }: Incident, words: Words): Sheet {
  const rows = severities.map((step) => [
    words.at(step.at),
    step.assumed ? words.t('card.severity.assumed', { severity: { severity: step.severity } }) : step.severity,
    words.name(step.by),
    step.reason ?? '',
  ]);
  return sheet('record.severity', ['record.at', 'card.severity', 'record.by', 'field.reason'], rows, words);
}

function impactSheet({ impact }: Incident, words: Words): Sheet {
  const rows = impact.restated.map((one) => [words.at(one.at), words.t(`trend.${one.trend}`), one.text ?? '']);
  return sheet('record.impact', ['record.at', 'card.impact', 'field.text'], rows, words);
}

function shiftSheet({ shifts }: Measures, words: Words): Sheet {
  const rows = shifts.map((shift) => [
    shift.acting ? words.t('record.acting', { person: { person: shift.person } }) : words.name(shift.person),
    words.at(shift.from),
    at(shift.to, words),
    words.lasting(shift.lasting),
  ]);
  return sheet('record.shifts', ['card.commander', 'record.from', 'record.until', 'record.length'], rows, words);
}

function mitigationSheet({ activities }: Incident, words: Words): Sheet {
  const rows = activities.flatMap((activity) => (activity.mitigation ? [mitigationCells(activity, words)] : []));
  return sheet(
    'record.mitigations',
    [
      'record.number',
      'field.what',
      'field.owner',
      'record.from',
      'record.done',
      'record.watched-until',
      'record.verdict',
      'record.remarks',
    ],
    rows,
    words,
  );
}

function mitigationCells(activity: Activity, words: Words): Cells {
  const {
    startedAt,
    doneAt,
    until,
    verdict,
    confounded = [],
    ended,
    didNotHold,
    overlapReason,
    reverses,
    stage,
  } = activity.mitigation ?? {};
  const remarks = [
    ...(ended ? [words.t('record.ended-impact')] : []),
    ...(didNotHold ? [words.t('record.did-not-hold')] : []),
    ...(confounded.length > 0 ? [words.t('record.confounded', { activities: { activities: confounded } })] : []),
    ...(overlapReason ? [words.t('event.reason', { reason: overlapReason })] : []),
    ...(reverses === undefined ? [] : [words.t('record.reverses', { activity: { activity: reverses } })]),
  ];
  return [
    words.activity(activity.id),
    words.what(activity),
    activity.owner === undefined ? NONE : words.name(activity.owner),
    at(startedAt, words),
    at(doneAt, words),
    at(until, words),
    verdict ? words.t(`verdict.${verdict}`) : words.t(`record.stage.${stage}`),
    remarks.join('; '),
  ];
}

/** Activities by owner: each owner's work stands together. */
function activitySheet({ activities }: Incident, { delegations }: Measures, words: Words): Sheet {
  const took = (id: number) => delegations.findLast(({ activity }) => activity === id)?.took;
  const rows = activities
    .filter(({ mitigation }) => mitigation === undefined)
    .toSorted((a, b) => (a.owner ?? '').localeCompare(b.owner ?? '') || a.id - b.id)
    .map((activity) => [
      activity.owner === undefined ? NONE : words.name(activity.owner),
      words.activity(activity.id),
      words.t(`kind.${activity.kind}`),
      words.what(activity),
      words.at(activity.since),
      lasting(took(activity.id), words),
      at(activity.endedAt, words),
      words.t(`record.status.${activity.status}`),
      activity.result ?? activity.progress?.text ?? '',
    ]);
  return sheet(
    'record.activities',
    [
      'field.owner',
      'record.number',
      'field.kind',
      'field.what',
      'record.given',
      'record.acknowledged-after',
      'record.until',
      'card.phase',
      'field.result',
    ],
    rows,
    words,
  );
}

function roundSheet({ rounds }: Incident, words: Words): Sheet {
  const rows = rounds.map((round) => [
    String(round.round),
    words.at(round.due),
    at(round.openedAt, words),
    words.t(`record.round.${round.outcome}`),
    round.restated ? words.t(`trend.${round.restated}`) : '',
    words.t('record.answered', { answered: round.answered.length, asked: round.asked.length }),
    round.reason ?? '',
  ]);
  return sheet(
    'record.rounds',
    ['record.number', 'record.due', 'record.opened', 'record.outcome', 'card.impact', 'record.answers', 'field.reason'],
    rows,
    words,
  );
}

function lullSheet({ lulls }: Measures, words: Words): Sheet {
  const rows = lulls.map((lull) => [words.at(lull.from), at(lull.to, words), words.lasting(lull.lasting)]);
  return sheet('record.lulls', ['record.from', 'record.until', 'record.length'], rows, words);
}

function hoursSheet({ people }: Measures, words: Words): Sheet {
  const rows = people
    .toSorted((a, b) => b.onCall - a.onCall)
    .map(({ person, onCall, night }) => [words.name(person), words.lasting(onCall), words.lasting(night)]);
  return sheet('record.hours', ['field.person', 'record.on-call', 'record.night'], rows, words);
}

function overrideSheet({ overrides }: Measures, words: Words): Sheet {
  const rows = overrides.map(({ type, at: when, by, reason, activity }) => [
    words.at(when),
    activity === undefined
      ? words.t(`record.override.${type}`)
      : words.t(`record.override.${type}`, { activity: { activity } }),
    words.name(by),
    reason ?? '',
  ]);
  return sheet('record.overrides', ['record.at', 'record.override', 'record.by', 'field.reason'], rows, words);
}

function promptSheet({ prompts }: Measures, words: Words): Sheet {
  const rows = prompts.map(({ line, raised, answered, snoozed, dismissed, median: middle }) => [
    words.t(`prompt.${line}.name`),
    String(raised),
    String(answered),
    lasting(middle, words),
    String(snoozed),
    String(dismissed),
  ]);
  return sheet(
    'record.prompts',
    ['record.prompt', 'record.raised', 'record.settled', 'record.median', 'record.snoozed', 'record.dismissed'],
    rows,
    words,
  );
}

function alertSheet({ alerts }: Incident, words: Words): Sheet {
  const rows = Object.values(alerts).map(({ at: when, name, source, status, link }) => [
    words.at(when),
    name,
    source,
    words.t(`alert.${status}`),
    link ?? '',
  ]);
  return sheet(
    'record.alerts',
    ['record.at', 'record.alert', 'record.source', 'card.phase', 'field.link'],
    rows,
    words,
  );
}
