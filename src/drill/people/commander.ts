/** A commander who does what the prompts say and nothing else: reads the first line, presses its button, fills its form. */
import { openActivities } from '../../core/activities.ts';
import type { FieldValue, Given, Prompt, Suggestion } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import { commandersPrompts, promptsOf } from '../../core/prompts.ts';
import { isOnCall } from '../../core/quorum.ts';
import type { Question } from '../../core/severity.ts';
import type { PersonId } from '../../core/units.ts';
import { idOf, PARTS } from '../company.ts';
import { later, learners, type Scene, type Wish } from '../scene.ts';
import { effectOf, isBetter } from '../truth.ts';

/** Lines that somebody else answers, or that wait for something. */
const SPOKEN_ONLY = ['round-ask', 'brief-successor', 'gathering', 'shift-ending-nobody'];

/** The first line comes first; the others wait their turn, in beats, in case it leads nowhere. */
const PER_LINE = 5;

/** What somebody who commands wants to press, one line after the other. */
export function following(scene: Scene, person: PersonId): Wish[] {
  const { incident, world } = scene;
  const { commander, lastActed = 0 } = incident.command;
  if (commander !== person) return [];
  return commandersPrompts(incident, promptsOf(incident, world)).flatMap((prompt, n): Wish[] => {
    const pressed = pressedOn(scene, prompt, person);
    if (!pressed) return [];
    const key = `follow:${person}:${prompt.key}:${prompt.line}:${nagged(incident, prompt)}`;
    const since = Math.max(incident.prompts.get(prompt.key)?.since ?? prompt.since, lastActed);
    return [{ key, by: person, at: later(scene, key, since + n * PER_LINE * scene.beat, 3, 5), ...pressed }];
  });
}

/** A lull that goes on is asked about anew. */
function nagged({ lulls }: Incident, { line }: Prompt): number {
  return line.startsWith('lull') ? (lulls.at(-1)?.askedAt ?? 0) : 0;
}

type Pressed = Pick<Wish, 'command' | 'fields'>;

function pressedOn(scene: Scene, prompt: Prompt, person: PersonId): Pressed | undefined {
  const { incident, scenario, say } = scene;
  const { line, buttons } = prompt;
  const primary = buttons.find(({ primary }) => primary) ?? buttons[0];
  if (SPOKEN_ONLY.includes(line) || !primary) return undefined;
  if (line === 'impact-unknown' || line === 'lull-unknown') return givenTo(scene, primary, 'owner', person);
  if (line.startsWith('impact-')) return answered(scene, line.slice('impact-'.length) as Question);
  switch (line) {
    case 'decide-severity':
    case 'severity-assumed':
      return press(primary, incident.severity.assumed ? {} : { reason: say('says.reason') });
    case 'judge-mitigation':
    case 'lull-judge':
      return judged(scene, Number(primary.fields?.activity));
    case 'lull-proposals':
      return givenTo(scene, { command: 'delegate', fields: { what: say('says.look') } }, 'owner', person);
    case 'start-next-whose':
    case 'lull-queue':
      return givenTo(scene, { ...primary, command: 'start-mitigation' }, 'owner', person);
    case 'unclaimed':
    case 'declined':
    case 'owner-rests':
      return givenTo(scene, primary, 'to', person);
    case 'round-impact':
      return { command: 'restate-impact', fields: { trend: isBetter(scene) ? 'better' : 'same' } };
    case 'who-else':
    case 'parked':
      return press(buttons.find(({ command }) => command === 'dismiss') ?? primary);
    case 'send-update':
    case 'send-all-clear':
      return press(primary, {
        text: say(line === 'send-update' ? 'says.update' : 'says.all-clear', { sees: say(`${scenario.name}.sees`) }),
      });
    case 'gather':
      return press(primary, { text: say('says.gathered') });
    default:
      return press(primary);
  }
}

function press({ command, fields = {} }: Suggestion, more: Given = {}): Pressed {
  return { command, fields: { ...fields, ...more } as Record<string, FieldValue> };
}

function answered({ scenario, say }: Scene, question: Question): Pressed {
  const answer = question === 'sees' || question === 'which' ? say(`${scenario.name}.sees`) : scenario.impact[question];
  return { command: 'assess-impact', fields: { [question]: answer } };
}

function judged(scene: Scene, id: number): Pressed | undefined {
  const activity = scene.incident.activities[id - 1];
  return activity && { command: 'judge-mitigation', fields: { activity: id, verdict: effectOf(scene, activity) } };
}

/** To somebody who has nothing to do, people at the browsers first; while nobody is free, later. */
function givenTo(scene: Scene, suggestion: Suggestion, field: 'owner' | 'to', not: PersonId): Pressed | undefined {
  const { incident, role } = scene;
  const id = Number(suggestion.fields?.activity);
  const present = incident.activities[id - 1];
  const barred = new Set([not, present?.owner, ...(present?.before ?? [])]);
  const busy = new Set(openActivities(incident).map(({ owner }) => owner));
  const all = [...(role === 'watch' ? [] : learners(incident)), ...PARTS.filter((part) => part !== 'mara').map(idOf)];
  const free = all.find((one) => isOnCall(incident, one) && !barred.has(one) && !busy.has(one));
  const fallback = field === 'owner' ? present?.owner : undefined;
  const whose = fallback ?? free;
  return whose === undefined ? undefined : press(suggestion, { [field]: whose });
}
