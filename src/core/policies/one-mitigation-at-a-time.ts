/** One mitigation is running or under observation at a time; overlap is the commander's, with a reason (MIT-1, MIT-3, MIT-4). */
import { inSlot, isJustQueued } from '../activities.ts';
import { commanderOf, type Facts, type Policy, refuse, type Suggestion } from '../contract.ts';
import type { Activity, Incident } from '../incident.ts';
import { isOnCall } from '../quorum.ts';
import { severityRow } from '../severity.ts';
import { fixedAwaiting } from './judge-what-was-done.ts';

export const oneMitigationAtATime: Policy = {
  name: 'one-mitigation-at-a-time',
  guide: 'one-mitigation',
  rules: ['MIT-1', 'MIT-3', 'MIT-4'],
  objects: (incident, event, { settings, order }) => {
    if (event.type !== 'mitigation-started') return undefined;
    if (incident.phase !== 'open') return afterTheFix();
    const running = inTheWay(incident);
    if (!running) return undefined;
    const { overlap } = severityRow(settings.severities, incident.severity.severity);
    if (event.overlaps.length > 0 && overlap) return undefined;
    const { startedAt = 0, until } = running.mitigation ?? {};
    const facts: Facts = {
      activity: { activity: running.id },
      owner: { person: running.owner ?? '' },
      since: { at: startedAt },
      severity: { severity: incident.severity.severity },
    };
    const queued = incident.activities[event.activity - 1];
    // Delegated as a mitigation just now: then it is not in the queue yet, and may be put there.
    const asNew = isJustQueued(incident, event.activity, order);
    const focus: Suggestion = { command: 'focus' };
    const next: Suggestion[] = [];
    if (asNew && queued)
      next.push({ command: 'propose-mitigation', fields: { what: queued.what, owner: event.owner }, primary: true });
    if (until !== undefined)
      next.push({ command: 'judge-mitigation', fields: { activity: running.id }, primary: true });
    if (overlap && !asNew) {
      next.push({
        command: 'start-mitigation',
        fields: { activity: event.activity, owner: event.owner },
        label: 'overlap',
      });
    }
    // Left behind by somebody who is not there, it would hold the slot for ever.
    if (until === undefined && !isOnCall(incident, running.owner ?? '')) {
      const fields = { activity: running.id };
      next.push({ command: 'give', fields }, { command: 'cancel', fields }, focus);
    }
    const [first = focus, ...rest] = next;
    if (event.overlaps.length > 0) return refuse('no-overlap', facts, first, ...rest);
    return until === undefined
      ? refuse('mitigation-running', facts, first, ...rest)
      : refuse('mitigation-observed', { ...facts, until: { at: until } }, first, ...rest);
  },
  offers: (incident) => {
    const [next] = incident.queue;
    const activity = next === undefined ? undefined : incident.activities[next - 1];
    if (!activity || inSlot(incident).length > 0) return [];
    // What made it worse still acts until it is undone, whatever else is said to have fixed it.
    const urgent = undoesWorse(incident, activity);
    if (!urgent && fixedAwaiting(incident)) return [];
    const { owner } = activity;
    const fields = { activity: activity.id };
    const freed = incident.activities.flatMap(({ mitigation }) => mitigation?.judgedAt ?? mitigation?.until ?? []);
    return [
      {
        key: `start-next:${activity.id}`,
        line: owner === undefined ? 'start-next-whose' : 'start-next',
        facts: { activity: { activity: activity.id }, ...(owner === undefined ? {} : { owner: { person: owner } }) },
        to: commanderOf(incident),
        rank: urgent ? 'safety' : 'work',
        since: Math.max(activity.since, ...freed),
        buttons: [
          { command: 'start-mitigation', fields, primary: true },
          { command: 'move-mitigation', fields },
          { command: 'cancel', fields },
        ],
      },
    ];
  },
};

/** What holds the slot longest: something running, or else the observation that ends last. */
function inTheWay(incident: Incident): Activity | undefined {
  const ends = ({ mitigation }: Activity) => mitigation?.until ?? Number.POSITIVE_INFINITY;
  return inSlot(incident).reduce<Activity | undefined>(
    (latest, one) => (latest === undefined || ends(one) > ends(latest) ? one : latest),
    undefined,
  );
}

/** While the fix is watched nothing else is tried: whatever it did could no longer be told apart. */
function afterTheFix() {
  return refuse('when-watching', { command: { word: 'command.start-mitigation' } }, { command: 'recurred' });
}

function undoesWorse(incident: Incident, { mitigation }: Activity): boolean {
  const undone = mitigation?.reverses;
  return undone !== undefined && incident.activities[undone - 1]?.mitigation?.verdict === 'worse';
}
