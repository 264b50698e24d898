/** What a simulated person looks at before acting, and what they then want to do: from the incident alone, like a reader of the card. */
import type { Facts, FieldValue, World } from '../core/contract.ts';
import type { Incident } from '../core/incident.ts';
import { isOnCall } from '../core/quorum.ts';
import type { Duration, Instant, PersonId } from '../core/units.ts';
import { idOf, isSimulated, PARTS, type Part } from './company.ts';
import type { Scenario } from './scenario.ts';

/** Who the people at the browsers are: the commander, one of the responders, or nobody who acts. */
export const ROLES = ['commander', 'responder', 'watch'] as const;
export type Role = (typeof ROLES)[number];

export interface Scene {
  readonly incident: Incident;
  readonly world: World;
  readonly scenario: Scenario;
  readonly role: Role;
  /** How long a person takes for something small. */
  readonly beat: Duration;
  /** The same seed makes people take the same time. */
  readonly seed: string;
  /** A sentence of `drill.<key>`, in the language of the drill. */
  readonly say: (key: string, facts?: Facts) => string;
}

/** An order that somebody wants to give at a moment. Whoever has tried it once does not try it again. */
export interface Wish {
  /** One per fact that it answers. */
  readonly key: string;
  readonly by: PersonId;
  readonly at: Instant;
  readonly command: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** Moments within a key: on another day they are others, and the seed is to mean the same. */
const INSTANTS = /\d{12,}/g;

/** A moment some beats after another, by the seed within the two bounds. */
export function later({ beat, seed }: Scene, key: string, since: Instant, least: number, most: number): Instant {
  return Math.round(since + beat * (least + (most - least) * chance(`${seed} ${key.replace(INSTANTS, '')}`)));
}

/** Something said in the room. */
export function said(scene: Scene, key: string, part: Part, since: Instant, text: string, least = 2, most = 5): Wish {
  const fields = { text };
  return { key, by: idOf(part), at: later(scene, key, since, least, most), command: 'note', fields };
}

/** The part that somebody should play, or whoever else is on the call. */
export function standIn({ incident }: Scene, part: Part): Part | undefined {
  const here = (one: Part) => isOnCall(incident, idOf(one)) && incident.command.commander !== idOf(one);
  return here(part) ? part : PARTS.find((one) => one !== 'mara' && here(one));
}

/** People at the browsers, as far as they have appeared. */
export function learners({ people }: Incident): readonly PersonId[] {
  return Object.keys(people).filter((person) => !isSimulated(person));
}

/** From 0 to 1, evenly, and the same for the same text (FNV-1a). */
function chance(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  // The last letters have moved only the lowest bits so far.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0;
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
