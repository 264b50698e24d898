/** How the simulated world is: what each attempt really does, whatever people call it, and whether the fault is gone. */

import { mitigationsOf } from '../core/activities.ts';
import type { Verdict } from '../core/events.ts';
import type { Activity, Incident } from '../core/incident.ts';
import type { Attempt } from './scenario.ts';
import type { Scene } from './scene.ts';

/** The attempt that an activity is, by how it is called. */
export function attemptOf({ scenario, say }: Scene, { what }: Pick<Activity, 'what'>): Attempt | undefined {
  const said = what.toLowerCase();
  return scenario.attempts.find(({ name }) => {
    const names = say(`${scenario.name}.${name}.match`).toLowerCase().split('|');
    return said === say(`${scenario.name}.${name}.what`).toLowerCase() || names.some((one) => said.includes(one));
  });
}

/** What a mitigation that is done has done. */
export function effectOf(scene: Scene, activity: Activity): Verdict {
  const { incident } = scene;
  const undone = activity.mitigation?.reverses;
  if (undone !== undefined) {
    const before = incident.activities[undone - 1];
    return before && effectOf(scene, before) === 'worse' ? 'helped' : 'no-effect';
  }
  const attempt = attemptOf(scene, activity);
  if (!attempt) return 'no-effect';
  const { after } = attempt;
  return after === undefined || wasDone(scene, after, activity) ? attempt.effect : 'no-effect';
}

function wasDone(scene: Scene, name: string, before: Activity): boolean {
  return mitigationsOf(scene.incident).some(
    (one) =>
      attemptOf(scene, one)?.name === name &&
      (one.mitigation?.doneAt ?? Number.POSITIVE_INFINITY) <= (before.mitigation?.doneAt ?? Number.POSITIVE_INFINITY),
  );
}

/** Since when the fault is gone; undefined while it is there. */
export function goneSince(scene: Scene): number | undefined {
  return mitigationsOf(scene.incident).find(
    (one) => one.mitigation?.doneAt !== undefined && effectOf(scene, one) === 'fixed',
  )?.mitigation?.doneAt;
}

/** Whether anything has become better so far. */
export function isBetter(scene: Scene): boolean {
  return mitigationsOf(scene.incident).some(
    (one) => one.mitigation?.doneAt !== undefined && ['fixed', 'helped'].includes(effectOf(scene, one)),
  );
}

/** Has anybody proposed it? */
export function isProposed(scene: Scene, { name }: Attempt, incident: Incident = scene.incident): boolean {
  return mitigationsOf(incident).some((one) => attemptOf(scene, one)?.name === name);
}
