/** The state of an incident as rows that several cards share. */
import { inSlot, isOpen, unjudged } from '../core/activities.ts';
import type { World } from '../core/contract.ts';
import type { Activity, Incident } from '../core/incident.ts';
import { onCall } from '../core/quorum.ts';
import { nextRound } from '../core/rounds.ts';
import type { Settings } from '../core/settings.ts';
import type { PersonId } from '../core/units.ts';
import { answerFact, waitFact } from './announcement.ts';
import type { Link, Row } from './card.ts';
import { clip, SHORT } from './words/clip.ts';
import type { Words } from './words/words.ts';

/** Schemes that a press may open; a link from outside could carry any. */
const OPENABLE = /^(?:https?|msteams|discord|tel|sips?):/i;

export function title(incident: Incident, words: Words): string {
  return words.t(incident.drill ? 'card.title.drill' : 'card.title', { id: incident.id, title: incident.title });
}

/** Whoever is on any of the incident's calls, the commander first. */
export function present(incident: Incident): readonly PersonId[] {
  const { commander } = incident.command;
  return onCall(incident).sort((a, b) => Number(b === commander) - Number(a === commander));
}

/** The row of the next round; none while nothing is asked. */
export function roundRows(incident: Incident, world: World, words: Words): readonly Row[] {
  if (incident.phase !== 'open') return [];
  return [{ label: words.t('card.round.next'), value: words.at(nextRound(incident, world.settings)) }];
}

export function phaseText(incident: Incident, words: Words): string {
  const until = incident.phase === 'watching' ? incident.watch?.until : incident.standDown?.until;
  return words.t(`phase.${incident.phase}`, until === undefined ? {} : { until: { at: until } });
}

/** How bad it is, where it stands, who commands. */
export function headRows(incident: Incident, words: Words): readonly Row[] {
  const { severity, assumed } = incident.severity;
  return [
    {
      label: words.t('card.severity'),
      value: assumed ? words.t('card.severity.assumed', { severity: { severity } }) : severity,
      tone: assumed ? 'warn' : 'strong',
    },
    { label: words.t('card.phase'), value: phaseText(incident, words) },
    commanderRow(incident, words),
  ];
}

function commanderRow({ command, phase }: Incident, words: Words): Row {
  const label = words.t('card.commander');
  const { commander, since = 0, acting, offer } = command;
  if (commander === undefined) return { label, value: words.t('card.commander.none'), tone: 'bad' };
  const facts = { person: { person: commander }, since: { at: since } };
  // Nobody takes over any more what is closed.
  const offered = phase === 'closed' ? undefined : offer;
  const own = words.t(acting ? 'card.commander.acting' : 'card.commander.since', facts);
  return { label, value: offered ? `${own} ${words.t('card.commander.offer', { to: { person: offered.to } })}` : own };
}

export function impactRow(incident: Incident, words: Words): Row {
  const known = incident.impact.answers.sees !== undefined;
  const wanted = !known && incident.phase !== 'closed';
  return { label: words.t('card.impact'), value: impactText(incident, words), tone: wanted ? 'warn' : 'plain' };
}

/** What customers see, and whether it is getting better or worse. */
export function impactText({ impact, phase }: Incident, words: Words): string {
  const latest = impact.restated.at(-1);
  const { sees } = impact.answers;
  const text =
    sees === undefined
      ? words.t(phase === 'closed' ? 'card.impact.never' : 'card.impact.none')
      : clip(words.fact(answerFact('sees', sees)));
  if (!latest) return text;
  return words.t('card.impact.with-trend', { text, trend: { word: `trend.${latest.trend}` } });
}

/** One row for each mitigation that is running, watched or unjudged; a row that says so where there is none. */
export function mitigationRows(incident: Incident, words: Words): readonly Row[] {
  const label = words.t('card.mitigation');
  const standing = new Set([...inSlot(incident), ...unjudged(incident)]);
  const rows = [...standing].map((activity) => ({ label, value: mitigationText(activity, words) }));
  return rows.length > 0 ? rows : [{ label, value: words.t('card.mitigation.none'), tone: 'quiet' }];
}

function mitigationText({ id, owner = '', due, mitigation }: Activity, words: Words): string {
  const facts = { activity: { activity: id }, owner: { person: owner } };
  if (mitigation?.stage === 'observing') {
    return words.t('card.mitigation.observing', { ...facts, until: { at: mitigation.until ?? 0 } });
  }
  if (mitigation?.stage === 'observed') return words.t('card.mitigation.observed', facts);
  return words.t('card.mitigation.running', {
    ...facts,
    since: { at: mitigation?.startedAt ?? 0 },
    due: { at: due ?? 0 },
  });
}

/** Work and its owners: what needs attention first, then by the time somebody returns to it. */
export function activityRows(incident: Incident, words: Words, limit = SHORT): readonly Row[] {
  const due = ({ due }: Activity) => due ?? Number.POSITIVE_INFINITY;
  return incident.activities
    .filter(isOpen)
    .sort((a, b) => marks(b, words).length - marks(a, words).length || due(a) - due(b))
    .map((activity) => activityRow(activity, words, limit));
}

/** @param limit of characters of what it is about */
export function activityRow(activity: Activity, words: Words, limit = SHORT): Row {
  const { id, owner, due } = activity;
  const label = owner
    ? words.t('card.activity', { activity: { activity: id }, owner: { person: owner } })
    : words.activity(id);
  const attention = marks(activity, words);
  const by = due === undefined ? [] : [words.t('card.activity.due', { due: { at: due } })];
  return {
    label,
    value: [clip(words.what(activity), limit), ...by, ...attention].join(' · '),
    tone: attention.length > 0 ? 'warn' : 'plain',
  };
}

/** What the commander should notice about an activity. */
function marks({ status, declined, overdue, waiting }: Activity, words: Words): readonly string[] {
  return [
    ...(declined && status === 'offered'
      ? [words.t('card.activity.declined', { by: { person: declined.by }, reason: clip(declined.reason, 60) })]
      : status === 'offered'
        ? [words.t('card.activity.unacknowledged')]
        : []),
    ...(overdue ? [words.t('card.activity.overdue')] : []),
    ...(waiting ? [words.t('card.activity.waiting', { for: waitText(waiting.for, words) })] : []),
  ];
}

function waitText(wait: Parameters<typeof waitFact>[0], words: Words): string {
  return clip(words.fact(waitFact(wait)), 60);
}

/** The mitigations that wait for their turn, next first. */
export function queueRows(incident: Incident, words: Words, limit = SHORT): readonly Row[] {
  return incident.queue.flatMap((id) => {
    const activity = incident.activities[id - 1];
    return activity ? [{ label: words.activity(id), value: clip(words.what(activity), limit) }] : [];
  });
}

export function onCallRow(incident: Incident, words: Words): Row {
  const there = present(incident);
  const shown = there.slice(0, 12).map(words.name);
  const count = there.length - shown.length;
  const rest = count > 0 ? [words.t('card.more', { count })] : [];
  return {
    label: words.t('card.people'),
    value: words.list([...shown, ...rest]),
    ...(there.length === 0 ? { tone: 'warn' } : {}),
  };
}

/**
 * The ways in: the call first, then the rooms. Anything that a press must not open is left out.
 * @param at the surface in whose room it is said, where the way there is no news
 */
export function links(incident: Incident, words: Words, at?: string): readonly Link[] {
  const elsewhere = Object.entries(incident.rooms).filter(([surface]) => surface !== at);
  const rooms = elsewhere.map(([surface, { link }]) => ({
    label: words.t('card.room.open', { surface }),
    url: link ?? '',
  }));
  const call = { label: words.t('card.call.open'), url: incident.call?.link ?? '' };
  return [...(incident.phase === 'closed' ? [] : [call]), ...rooms].filter(({ url }) => OPENABLE.test(url));
}

/** Once the impact has ended people want to take the record along (REC-1). It is linked where people reach Baton by a name. */
export function recordLinks({ id, phase }: Incident, { address }: Settings, words: Words): readonly Link[] {
  if (address === undefined || (phase !== 'watching' && phase !== 'closed')) return [];
  return [
    { label: words.t('card.record'), url: `${address}/incidents/${id}/record.md` },
    { label: words.t('card.timeline'), url: `${address}/incidents/${id}/timeline.png` },
  ];
}
