/** What simulated people see after something was tried; judging it is the commander's. */
import { mitigationsOf } from '../../core/activities.ts';
import { type Scene, said, standIn, type Wish } from '../scene.ts';
import { attemptOf, effectOf } from '../truth.ts';

export function aftermath(scene: Scene): Wish[] {
  const { incident, scenario, say } = scene;
  return mitigationsOf(incident).flatMap((activity): Wish[] => {
    const { doneAt, reverses } = activity.mitigation ?? {};
    const watcher = standIn(scene, 'sofia');
    if (doneAt === undefined || !watcher) return [];
    const attempt = reverses === undefined ? attemptOf(scene, activity) : undefined;
    const effect = effectOf(scene, activity);
    const known = attempt && effect === attempt.effect;
    const text = known
      ? say(`${scenario.name}.${attempt.name}.seen`)
      : say(`seen.${effect === 'helped' ? 'undone' : 'same'}`);
    return [said(scene, `seen:${activity.id}`, watcher, doneAt, text, 3, 6)];
  });
}
