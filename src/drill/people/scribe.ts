/** Nora writes down what was done, and gathers part of the record in the watch; what is left is for the commander to ask for. */
import { mitigationsOf } from '../../core/activities.ts';
import { isOnCall } from '../../core/quorum.ts';
import { idOf } from '../company.ts';
import { later, type Scene, said, type Wish } from '../scene.ts';

export function scribe(scene: Scene): Wish[] {
  const { incident, say } = scene;
  const { since } = incident.command;
  if (!isOnCall(incident, idOf('nora')) || since === undefined) return [];
  const keep = (key: string, at: number, kind: string, text: string): Wish => ({
    key,
    by: idOf('nora'),
    at: later(scene, key, at, 4, 8),
    command: 'keep-evidence',
    fields: { kind, text },
  });
  const done = mitigationsOf(incident).flatMap(({ id, what, mitigation }) =>
    mitigation?.doneAt === undefined || what === ''
      ? []
      : [keep(`action:${id}`, mitigation.doneAt, 'action', say('says.action', { what }))],
  );
  return [
    said(scene, 'scribe', 'nora', incident.command.shifts[0]?.from ?? since, say('says.scribe'), 4, 7),
    ...done,
    ...(incident.watch ? [keep('log', incident.watch.since, 'log', say(`${scene.scenario.name}.log`))] : []),
  ];
}
