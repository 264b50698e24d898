/** Finds the activity that somebody speaks of, and says no when it is not theirs or has ended. */
import { isOpen } from '../activities.ts';
import { type Refusal, refuse } from '../contract.ts';
import type { Event } from '../events.ts';
import type { Activity, Incident } from '../incident.ts';
import type { ActivityId, PersonId } from '../units.ts';

/** The named open activity of its owner; without a name, the only one they have. */
export function ownActivity(
  incident: Incident,
  by: PersonId,
  id: ActivityId | undefined,
  command: string,
): Activity | Refusal {
  const mine = incident.activities.filter((activity) => isOpen(activity) && activity.owner === by);
  if (id === undefined) {
    const [only, ...others] = mine;
    if (only && others.length === 0) return only;
    return only
      ? refuse('which-activity', { activities: { activities: mine.map((one) => one.id) } }, { command })
      : refuse('nothing-yours', {}, { command: 'note' });
  }
  const activity = incident.activities[id - 1];
  if (!activity || !isOpen(activity)) return ended(id);
  return activity.owner === by
    ? activity
    : refuse(
        'not-yours',
        { activity: { activity: id }, owner: { person: activity.owner ?? '' } },
        by === incident.command.commander ? { command: 'give', fields: { activity: id } } : { command: 'note' },
      );
}

/** As `ownActivity`; but the commander, or anybody while there is none, writes down what an owner says aloud. */
export function spokenOfActivity(
  incident: Incident,
  by: PersonId,
  id: ActivityId | undefined,
  command: string,
): Activity | Refusal {
  const { commander = by } = incident.command;
  return id !== undefined && by === commander ? openActivity(incident, id) : ownActivity(incident, by, id, command);
}

/** Whoever says anything of their own work has taken it on, and the record says so (DO-2); a commander's note of it is not their word. */
export function takenOn({ id, owner, status }: Activity, by: PersonId): Event<'activity-acknowledged'>[] {
  return status === 'offered' && owner === by ? [{ type: 'activity-acknowledged', activity: id, owner: by }] : [];
}

/** The named open activity, whoever's it is. */
export function openActivity(incident: Incident, id: ActivityId): Activity | Refusal {
  const activity = incident.activities[id - 1];
  return activity && isOpen(activity) ? activity : ended(id);
}

function ended(id: ActivityId): Refusal {
  return refuse('activity-ended', { activity: { activity: id } }, { command: 'delegate' });
}
