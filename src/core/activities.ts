/** Questions about the work of an incident that commands, policies and cards ask alike. */
import type { Event } from './events.ts';
import type { Activity, Incident } from './incident.ts';
import { onceFor } from './once-for.ts';
import type { ActivityId, PersonId } from './units.ts';

export function activityOf(incident: Incident, id: ActivityId): Activity | undefined {
  return incident.activities[id - 1];
}

export function nextActivity(incident: Incident): ActivityId {
  return incident.activities.length + 1;
}

/** Given to somebody and not ended: acknowledged or not. */
export function isOpen(activity: Activity): boolean {
  return activity.status === 'offered' || activity.status === 'under-way';
}

export function hasEnded(incident: Incident, id: ActivityId): boolean {
  const status = activityOf(incident, id)?.status;
  return status === 'finished' || status === 'cancelled';
}

const sortedOut = onceFor((activities: readonly Activity[]) => ({
  open: activities.filter(isOpen),
  mitigations: activities.filter(({ mitigation }) => mitigation !== undefined),
}));

/** Every activity that is given to somebody and has not ended. */
export function openActivities({ activities }: Incident): readonly Activity[] {
  return sortedOut(activities).open;
}

/** Every mitigation, whatever has become of it. */
export function mitigationsOf(incident: Incident): readonly Activity[] {
  return sortedOut(incident.activities).mitigations;
}

/** Everything that is somebody's and has not ended, queued mitigations with their name on it included. */
export function heldBy(incident: Incident, person: PersonId): Activity[] {
  return incident.activities.filter(
    (activity) => activity.owner === person && (isOpen(activity) || activity.status === 'queued'),
  );
}

/** Open work that somebody does, or is asked to take on. */
export function claimed(incident: Incident): Activity[] {
  return openActivities(incident).filter(({ unclaimedAt }) => unclaimedAt === undefined);
}

/** It is not being done until its owner, or somebody else, takes it on anew (DO-2). */
export function unclaim(activities: readonly Activity[]): Event<'activity-unclaimed'>[] {
  return activities.map(({ id, owner = '' }) => ({ type: 'activity-unclaimed', activity: id, owner }));
}

/** Put into the queue by the very order that is being decided: if that is refused, it was never there. */
export function isJustQueued(incident: Incident, id: ActivityId, order: string | undefined): boolean {
  return order !== undefined && incident.orders.at(-1) === order && incident.activities.length === id;
}

/** The mitigations that hold the one slot: given the go, running or under observation (MIT-1). */
export function inSlot(incident: Incident): Activity[] {
  return mitigationsOf(incident).filter(({ status, mitigation }) =>
    mitigation?.stage === 'running' ? status !== 'cancelled' : mitigation?.stage === 'observing',
  );
}

/** Done but not judged, whether or not its window has passed (MIT-2). */
export function unjudged(incident: Incident): Activity[] {
  return mitigationsOf(incident).filter(
    ({ mitigation }) => mitigation?.stage === 'observing' || mitigation?.stage === 'observed',
  );
}

/** Judged to have fixed it since the impact last came back, and not yet said to have ended it; the latest of several. */
export function judgedFixed(incident: Incident): Activity | undefined {
  const again = incident.recurred.at(-1)?.at ?? 0;
  return mitigationsOf(incident)
    .filter(
      ({ mitigation }) => mitigation?.verdict === 'fixed' && !mitigation.ended && (mitigation.judgedAt ?? 0) > again,
    )
    .reduce<Activity | undefined>(
      (latest, one) => ((one.mitigation?.judgedAt ?? 0) > (latest?.mitigation?.judgedAt ?? 0) ? one : latest),
      undefined,
    );
}

/** Something has helped since the impact last came back, so far as anybody has judged (CALL-6). */
export function somethingWorks(incident: Incident): boolean {
  const again = incident.recurred.at(-1)?.at ?? 0;
  return mitigationsOf(incident).some(
    ({ mitigation }) =>
      (mitigation?.verdict === 'fixed' || mitigation?.verdict === 'helped') && (mitigation.judgedAt ?? 0) > again,
  );
}
