/** An activity past its time: its owner is asked for a new one; more time is always fine (UPD-2). */
import { openActivities } from '../activities.ts';
import type { Clock, Policy, Prompt } from '../contract.ts';
import type { Activity } from '../incident.ts';
import { onceFor } from '../once-for.ts';
import type { ActivityId, Duration, Instant } from '../units.ts';

const POLICY = 'ask-when-overdue';

export const askWhenOverdue: Policy = {
  name: POLICY,
  guide: 'updates',
  rules: ['UPD-2', 'UPD-4'],
  during: ['open', 'watching'],
  wants: (incident, { settings }) => clocks(settings.rounds.askEvery, incident.awakeSince, ...openActivities(incident)),
  answers: (incident, { key }) => {
    const activity = incident.activities[Number(key) - 1];
    return activity?.owner === undefined
      ? []
      : [{ type: 'estimate-asked', activity: activity.id, owner: activity.owner }];
  },
  offers: (incident) => prompts(...openActivities(incident)),
  pings: (event) =>
    event.type === 'estimate-asked'
      ? [
          {
            to: [event.owner],
            line: 'overdue',
            facts: { activity: { activity: event.activity } },
            fact: `report:${event.activity}`,
          },
        ]
      : [],
};

const clocks = onceFor((askEvery: Duration, awakeSince: Instant | undefined, ...open: Activity[]): readonly Clock[] =>
  open.flatMap(({ id, status, due, offeredAt, askedAt = 0 }) =>
    status === 'under-way' && due !== undefined
      ? // Whoever a round has just asked is not asked again at once for the same activity.
        [
          {
            policy: POLICY,
            key: String(id),
            at: Math.max(due, Math.max(askedAt, awakeSince ?? 0) + askEvery),
            about: keyOf(id, offeredAt),
          },
        ]
      : [],
  ),
);

const prompts = onceFor((...open: Activity[]): readonly Prompt[] =>
  open.flatMap(({ id, status, owner = '', due = 0, offeredAt, overdue }) =>
    status === 'under-way' && overdue
      ? [
          {
            key: keyOf(id, offeredAt),
            line: 'overdue',
            facts: { activity: { activity: id }, due: { at: due } },
            to: owner,
            rank: 'rhythm',
            since: due,
            buttons: [
              { command: 'give-estimate', fields: { activity: id }, primary: true },
              { command: 'finish', fields: { activity: id } },
              { command: 'report', fields: { activity: id } },
            ],
          },
        ]
      : [],
  ),
);

/** What one owner puts off does not hide from the next that it is overdue. */
function keyOf(id: ActivityId, offeredAt: Instant = 0): string {
  return `overdue:${id}:${offeredAt}`;
}
