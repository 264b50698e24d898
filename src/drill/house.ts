/** The house that a drill runs in, as baton.yaml would have it: the company, its seats, and every time shortened by the pace. */
import type { Duration } from '../core/units.ts';
import { idOf, NAMES, PARTS, SEATS } from './company.ts';
import type { Scenario } from './scenario.ts';
import type { Scene } from './scene.ts';

const SECOND = 1_000;

/** `brisk`: a whole incident in about ten minutes. `fast`: in about four. `real`: every time as in earnest, an hour or more. */
export const PACES = ['brisk', 'fast', 'real'] as const;
export type Pace = (typeof PACES)[number];

/** How long a person takes for something small. */
export const BEATS: Readonly<Record<Pace, Duration>> = { brisk: 2 * SECOND, fast: 700, real: 8 * SECOND };

/** Seconds, at the brisk pace. */
const BRISK = {
  severities: {
    'SEV-1': { round: 150, observation: 25, shift: 630, watch: 100 },
    'SEV-2': { round: 180, observation: 30, shift: 630, watch: 100 },
    'SEV-3': { round: 240, observation: 30, shift: 630, watch: 100 },
  },
  paging: { repeat: 25, escalate: 60, late: 60 },
  command: { askAfter: 40, askEvery: 30, silence: 150, leftGrace: 20 },
  impact: { timebox: 150 },
  acknowledgement: { callOut: 20, giveAway: 45 },
  delegation: { due: 100 },
  lull: { after: 45, every: 90 },
  rounds: { fresh: 15, askEvery: 30 },
  shift: { warn: 150, every: 90 },
} as const;

/** How many times as fast as brisk; undefined: the times of the doctrine. */
const FASTER: Readonly<Record<Pace, number | undefined>> = { brisk: 1, fast: 3, real: undefined };

/** A document like baton.yaml. Nobody in it has an address, and nothing is published anywhere. */
export function houseOf(
  scenario: Scenario,
  pace: Pace,
  zone: string,
  say: Scene['say'],
): Readonly<Record<string, unknown>> {
  const faster = FASTER[pace];
  return {
    zone,
    practice: true,
    people: Object.fromEntries(PARTS.map((part) => [idOf(part), { name: say('person', { name: NAMES[part] }) }])),
    seats: {
      commander: { name: say('seat.commander'), chain: [idOf('mara')] },
      ...Object.fromEntries(
        Object.entries(SEATS).map(([seat, part]) => [seat, { name: say(`seat.${seat}`), chain: [idOf(part)] }]),
      ),
    },
    services: { [scenario.name]: { name: say(`${scenario.name}.service`), seats: Object.keys(SEATS) } },
    commanders: [idOf('mara'), idOf('ida')],
    ...(faster !== undefined && shortened(BRISK, faster)),
  };
}

type Seconds = { readonly [name: string]: number | Seconds };

function shortened(seconds: Seconds, faster: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(seconds).map(([name, value]) => [
      name,
      typeof value === 'number' ? `${Math.max(1, Math.round(value / faster))}s` : shortened(value, faster),
    ]),
  );
}
