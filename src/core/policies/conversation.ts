/** One conversation: focus is said aloud, what does not belong is parked and comes back with the watch (ACT-2). */
import { inSlot, mitigationsOf } from '../activities.ts';
import { commanderOf, dismissal, type Policy, type Prompt } from '../contract.ts';
import type { Incident } from '../incident.ts';
import type { Instant } from '../units.ts';

/** A raised focus stands on the card until a mitigation is started, done or judged, or somebody says that it was said. */
export const conversation: Policy = {
  name: 'conversation',
  guide: 'activities',
  rules: ['ACT-2'],
  during: ['open', 'watching'],
  offers: (incident) => {
    const prompts: Prompt[] = [];
    const to = commanderOf(incident);
    if (incident.phase === 'open' && incident.focusedAt !== undefined && !hasMoved(incident, incident.focusedAt)) {
      const [running] = inSlot(incident);
      const key = `focus:${incident.focusedAt}`;
      prompts.push({
        key,
        line: running ? 'focus-on' : 'focus',
        facts: running ? { activity: { activity: running.id }, owner: { person: running.owner ?? '' } } : {},
        to,
        rank: 'people',
        since: incident.focusedAt,
        buttons: [{ ...dismissal(key, 'said'), primary: true }, { command: 'park' }],
      });
    }
    if (incident.phase === 'watching' && incident.parked.length > 0 && incident.watch) {
      const key = `parked:${incident.parked.length}`;
      prompts.push({
        key,
        line: 'parked',
        facts: { count: incident.parked.length, topic: incident.parked[0]?.topic ?? '' },
        to,
        rank: 'writing',
        since: incident.watch.since,
        buttons: [{ command: 'note', primary: true }, dismissal(key, 'seen')],
      });
    }
    return prompts;
  },
};

/** What is being mitigated has moved on since. */
function hasMoved(incident: Incident, since: Instant): boolean {
  return mitigationsOf(incident).some(({ mitigation }) =>
    [mitigation?.startedAt, mitigation?.doneAt, mitigation?.judgedAt].some((at) => at !== undefined && at > since),
  );
}
