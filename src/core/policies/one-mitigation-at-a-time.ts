/** One mitigation is running or under observation at a time; overlap is the commander's, with a reason (MIT-1, MIT-3, MIT-4). */
import { inSlot } from '../activities.ts';
import { commanderOf, type Facts, type Policy, refuse, type Suggestion } from '../contract.ts';
import { severityRow } from '../severity.ts';
import { fixedAwaiting } from './judge-what-was-done.ts';

export const oneMitigationAtATime: Policy = {
  name: 'one-mitigation-at-a-time',
  guide: 'one-mitigation',
  rules: ['MIT-1', 'MIT-3', 'MIT-4'],
  objects: (incident, event, { settings }) => {
    if (event.type !== 'mitigation-started') return undefined;
    const [running] = inSlot(incident);
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
    const asNew =
      queued !== undefined && queued.since === incident.activities.at(-1)?.since && isLast(incident, queued.id);
    const next: Suggestion[] = [];
    if (asNew)
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
    const focus: Suggestion = { command: 'focus' };
    const [first = focus, ...rest] = next;
    if (event.overlaps.length > 0) return refuse('no-overlap', facts, first, ...rest);
    return until === undefined
      ? refuse('mitigation-running', facts, first, ...rest)
      : refuse('mitigation-observed', { ...facts, until: { at: until } }, first, ...rest);
  },
  offers: (incident) => {
    const [next] = incident.queue;
    const activity = next === undefined ? undefined : incident.activities[next - 1];
    if (!activity || inSlot(incident).length > 0 || fixedAwaiting(incident)) return [];
    const { owner } = activity;
    const fields = { activity: activity.id };
    const freed = incident.activities.flatMap(({ mitigation }) => mitigation?.judgedAt ?? mitigation?.until ?? []);
    return [
      {
        key: `start-next:${activity.id}`,
        line: owner === undefined ? 'start-next-whose' : 'start-next',
        facts: { activity: { activity: activity.id }, ...(owner === undefined ? {} : { owner: { person: owner } }) },
        to: commanderOf(incident),
        rank: 'work',
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

function isLast(incident: { readonly queue: readonly number[]; readonly activities: readonly unknown[] }, id: number) {
  return incident.queue.at(-1) === id && incident.activities.length === id;
}
