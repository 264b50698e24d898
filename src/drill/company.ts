/** The simulated company: who plays what, and the seats they are paged for. */
import type { PersonId } from '../core/units.ts';

/** Whoever is simulated: Ida and Ben are on call, Sofia hears the customers, Nora writes, Mara would command. */
export const PARTS = ['mara', 'ida', 'ben', 'otto', 'rasmus', 'sofia', 'nora'] as const;
export type Part = (typeof PARTS)[number];

export const NAMES: Readonly<Record<Part, string>> = {
  mara: 'Mara',
  ida: 'Ida',
  ben: 'Ben',
  otto: 'Otto',
  rasmus: 'Rasmus',
  sofia: 'Sofia',
  nora: 'Nora',
};

/** The seats of every scenario's service, each with one person to page. */
export const SEATS: Readonly<Record<string, Part>> = {
  engineer: 'ida',
  database: 'ben',
  support: 'sofia',
  scribe: 'nora',
};

export function idOf(part: Part): PersonId {
  return `sim-${part}`;
}

export function partOf(person: PersonId | undefined): Part | undefined {
  return PARTS.find((part) => idOf(part) === person);
}

export function isSimulated(person: PersonId | undefined): boolean {
  return partOf(person) !== undefined;
}
