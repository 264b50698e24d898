/** What becomes of work that is given to simulated people: most say that they have it, one only when called by name, one runs late. */
import { openActivities } from '../../core/activities.ts';
import type { FieldValue } from '../../core/contract.ts';
import type { Activity } from '../../core/incident.ts';
import { isOnCall } from '../../core/quorum.ts';
import type { Instant } from '../../core/units.ts';
import { idOf, type Part, partOf } from '../company.ts';
import { later, type Scene, said, type Wish } from '../scene.ts';
import { attemptOf } from '../truth.ts';

/** Otto lets his first task lie, and takes the next ones on only when his name is called. */
const DISTRACTED: Part = 'otto';
/** Whoever never keeps the time they were given for finding something out. */
const LATE: readonly Part[] = ['rasmus', 'ben'];

/** Beats that information takes, and things of any other kind. */
const LOOKING = [14, 20] as const;
const OTHERS = [8, 12] as const;
/** Beats by which somebody late puts it off, as a length of time for the form. */
const MORE_TIME = 16;

export function work(scene: Scene): Wish[] {
  const { incident } = scene;
  return openActivities(incident).flatMap((activity) => {
    const part = partOf(activity.owner);
    // Whoever is not on the call has not heard of it.
    if (part === undefined || !isOnCall(incident, idOf(part)) || activity.owner === incident.command.commander)
      return [];
    return activity.status === 'offered' ? acknowledging(scene, part, activity) : doing(scene, part, activity);
  });
}

function wish(part: Part, key: string, at: Instant, command: string, fields: Record<string, FieldValue>): Wish {
  return { key, by: idOf(part), at, command, fields };
}

function acknowledging(scene: Scene, part: Part, { id, offeredAt = 0, calledOutAt, declined }: Activity): Wish[] {
  if (declined !== undefined) return [];
  const key = `acknowledge:${id}:${offeredAt}`;
  if (part !== DISTRACTED)
    return [wish(part, key, later(scene, key, offeredAt, 2, 5), 'acknowledge', { activity: id })];
  const first = scene.incident.activities.find(
    ({ owner, before, offeredAt: at }) => at !== undefined && [owner, ...before].includes(idOf(part)),
  );
  if (first?.id === id || calledOutAt === undefined) return [];
  const at = later(scene, key, calledOutAt, 2, 3);
  return [
    wish(part, key, at, 'acknowledge', { activity: id }),
    said(scene, `sorry:${id}`, part, calledOutAt, scene.say('says.sorry'), 3, 5),
  ];
}

function doing(scene: Scene, part: Part, activity: Activity): Wish[] {
  const { id, acknowledgedAt = 0, due = 0 } = activity;
  const wishes = [...answering(scene, part, activity)];
  const late = LATE.includes(part) && activity.kind === 'information';
  if (late && !wasPutOff(scene, activity)) {
    if (!activity.overdue) return wishes;
    const key = `more-time:${id}`;
    const more = `${Math.ceil((scene.beat * MORE_TIME) / 1_000)}s`;
    const at = later(scene, key, activity.askedAt ?? due, 2, 4);
    const text = scene.say('says.more-time');
    return [...wishes, wish(part, key, at, 'report', { activity: id, text, due: more })];
  }
  return [...wishes, ...finishing(scene, part, activity, late ? (activity.saidAt ?? acknowledgedAt) : acknowledgedAt)];
}

function wasPutOff({ say }: Scene, { progress }: Activity): boolean {
  return progress?.text === say('says.more-time');
}

/** In a round they are asked by name. */
function answering(scene: Scene, part: Part, { id, what }: Activity): Wish[] {
  const round = scene.incident.rounds.at(-1);
  const asked = round && scene.incident.prompts.get(`round-answer:${round.round}:${id}`);
  if (!asked) return [];
  const key = `answer:${round.round}:${id}`;
  const text = scene.say('says.working', { what });
  return [wish(part, key, later(scene, key, asked.since, 2, 6), 'report', { activity: id, text })];
}

function finishing(scene: Scene, part: Part, activity: Activity, since: Instant): Wish[] {
  const { id, kind } = activity;
  const key = `finish:${id}:${since}`;
  if (kind === 'mitigation') {
    const takes = attemptOf(scene, activity)?.takes ?? 8;
    const at = later(scene, key, since, takes, takes + 2);
    return [wish(part, key, at, 'finish', { activity: id, result: scene.say('says.done') })];
  }
  const [least, most] = kind === 'information' ? LOOKING : OTHERS;
  const at = later(scene, key, since, least, most);
  const finish = wish(part, key, at, 'finish', { activity: id, result: resultOf(scene, part, activity) });
  if (kind !== 'customers') return [finish];
  const sees = scene.say(`${scene.scenario.name}.sees`);
  const draft = later(scene, `draft:${id}`, since, least - 3, least - 1);
  return [wish(part, `draft:${id}`, draft, 'draft-message', { text: scene.say('says.customers', { sees }) }), finish];
}

/** What they found: the answer to a question, what only they can know, or nothing. */
function resultOf({ scenario, say }: Scene, part: Part, { kind, question }: Activity): string {
  if (question !== undefined && question !== 'which') return say(`${scenario.name}.${question}`);
  if (kind !== 'information') return say('says.done');
  return scenario.clues.includes(part) ? say(`${scenario.name}.clue.${part}`) : say('says.nothing');
}
