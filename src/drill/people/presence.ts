/** Who comes to the call: most when paged, one only when asked again, others because they heard of it. */
import { isOnCall } from '../../core/quorum.ts';
import type { Instant } from '../../core/units.ts';
import { idOf, PARTS, type Part } from '../company.ts';
import { later, type Scene, said, type Wish } from '../scene.ts';

/** Ben sleeps through pages until a person asks for him. */
const SLOW: Part = 'ben';

/** Without a seat: in beats after declaring. */
const BY_THEMSELVES: readonly (readonly [Part, number, number])[] = [
  ['otto', 5, 9],
  ['rasmus', 7, 12],
];

export function presence(scene: Scene): Wish[] {
  return [...paged(scene), ...BY_THEMSELVES.flatMap((one) => drops(scene, ...one)), ...lateWords(scene)];
}

/** Pages that they hear and have not answered. */
function paged(scene: Scene): Wish[] {
  const { incident } = scene;
  return PARTS.flatMap((part): Wish[] => {
    const person = idOf(part);
    if (isOnCall(incident, person)) return [];
    const pages = Object.values(incident.seats).flatMap(({ pages }) => pages.filter((page) => page.person === person));
    const heard = pages.find(({ answered, reason }) => answered === undefined && (part !== SLOW || reason === 'asked'));
    return heard ? [joins(scene, part, heard.last, 3, part === SLOW ? 8 : 7)] : [];
  });
}

function joins(scene: Scene, part: Part, since: Instant, least: number, most: number): Wish {
  const key = `join:${part}:${since}`;
  return { key, by: idOf(part), at: later(scene, key, since, least, most), command: 'join-call', fields: {} };
}

function drops(scene: Scene, part: Part, least: number, most: number): Wish[] {
  const { incident } = scene;
  const known = (incident.people[idOf(part)]?.stints.length ?? 0) > 0;
  return known || incident.phase !== 'open' ? [] : [joins(scene, part, incident.declared.at, least, most)];
}

function lateWords(scene: Scene): Wish[] {
  const since = scene.incident.people[idOf(SLOW)]?.stints[0]?.from;
  return since === undefined ? [] : [said(scene, 'late', SLOW, since, scene.say('says.slow'), 1, 3)];
}
