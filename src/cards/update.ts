/** The draft of an update for stakeholders, from impact, activities and the times expected (ACT-4). */
import { inSlot, isOpen } from '../core/activities.ts';
import type { World } from '../core/contract.ts';
import type { Activity, Incident } from '../core/incident.ts';
import { nextRound } from '../core/rounds.ts';
import { impactText, phaseText } from './state.ts';
import { clip } from './words/clip.ts';
import type { Words } from './words/words.ts';

const MOST_ACTIVITIES = 5;

/**
 * Plain text that the commander reads over before sending. Names nobody: who does the work is no news to
 * stakeholders, what is done and by when is.
 */
export function updateDraft(incident: Incident, world: World, words: Words): string {
  const severity = { severity: incident.severity.severity };
  const head = words.t('update.head', { title: incident.title, severity, phase: phaseText(incident, words) });
  const sees = incident.impact.answers.sees;
  const impact = words.t('update.impact', { impact: impactText(incident, words) });
  return [
    head,
    ...(sees === undefined ? [words.t('update.assessing')] : [impact]),
    ...workLines(incident, words),
    ...(incident.phase === 'open' ? [words.t('update.next', { at: { at: nextRound(incident, world.settings) } })] : []),
    words.t('card.zone', { zone: words.reader.zone }),
  ].join('\n');
}

function workLines(incident: Incident, words: Words): readonly string[] {
  if (incident.phase !== 'open') return [];
  const mitigating = inSlot(incident);
  const others = incident.activities.filter((activity) => isOpen(activity) && !mitigating.includes(activity));
  const shown = [...mitigating, ...others].slice(0, MOST_ACTIVITIES);
  return shown.length > 0 ? shown.map((activity) => workLine(activity, words)) : [words.t('update.no-work')];
}

function workLine(activity: Activity, words: Words): string {
  const what = clip(words.what(activity));
  const { mitigation, due } = activity;
  if (mitigation?.stage === 'observing') {
    return words.t('update.observing', { what, until: { at: mitigation.until ?? 0 } });
  }
  return due === undefined ? words.t('update.work', { what }) : words.t('update.work.due', { what, due: { at: due } });
}
