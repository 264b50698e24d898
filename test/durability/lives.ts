/** When Baton ran and when it was dead, and what came due meanwhile. */

import { clocksOf } from '../../src/core/clocks.ts';
import type { Clock, World } from '../../src/core/contract.ts';
import type { Recorded } from '../../src/core/events.ts';
import { POLICIES } from '../../src/core/policies/index.ts';
import { BATON } from '../../src/core/units.ts';
import type { Kept } from './ledger.ts';

export interface Life {
  readonly spawnedAt: number;
  /** Absent when it was killed before. */
  readonly readyAt?: number;
  readonly endedAt: number;
  /** The name of the moment it was killed at, or `stopped`. */
  readonly by: string;
}

/** A clock that came due while nobody was there to ring it, and what became of it. */
export interface Missed {
  readonly incident: string;
  readonly clock: Clock;
  /** `ran`: rung by itself. `overtaken`: an order settled the matter first. `never`: still wanted and not rung. */
  readonly became: 'ran' | 'overtaken' | 'never';
  /** How long after Baton said that it was ready, in milliseconds; it may ring before it says so. */
  readonly after: number;
}

/** The clocks of an incident that came due in the gaps between lives. */
export function missedIn(kept: Kept, lives: readonly Life[], world: World): Missed[] {
  return lives.slice(1).flatMap((life, index) => {
    const died = lives[index]?.endedAt ?? 0;
    const last = kept.events.findLastIndex(({ at }) => at <= died);
    const state = kept.states[last + 1];
    if (!state) return [];
    const ready = lives.slice(index + 1).find(({ readyAt }) => readyAt !== undefined)?.readyAt ?? life.spawnedAt;
    return clocksOf(state, world)
      .filter(({ at }) => at > died && at <= life.spawnedAt)
      .flatMap((clock) => {
        const fate = fateOf(kept, last + 1, clock, world);
        return fate ? [{ incident: kept.id, clock, became: fate.became, after: fate.at - ready }] : [];
      });
  });
}

const same = (a: Clock) => (b: Clock) => a.policy === b.policy && a.key === b.key && a.at === b.at;

/** How a clock that is wanted in the state after event `seq` ends; undefined for one that would bring about nothing. */
function fateOf({ events, states }: Kept, seq: number, clock: Clock, world: World) {
  const policy = POLICIES.find(({ name }) => name === clock.policy);
  for (let next = seq; next < events.length; next += 1) {
    const [before, after] = [states[next], states[next + 1]];
    const event = events[next];
    if (!before || !after || !event) break;
    const expected = policy?.answers?.(before, clock, { ...world, at: event.at, by: BATON, via: 'clock' }) ?? [];
    if (expected.length === 0) return undefined;
    if (
      event.by === BATON &&
      expected.some(({ type }) => type === event.type) &&
      subject(event) === subject(expected[0])
    ) {
      return { became: 'ran', at: event.at } as const;
    }
    if (!clocksOf(after, world).some(same(clock))) return { became: 'overtaken', at: event.at } as const;
  }
  return { became: 'never', at: Number.POSITIVE_INFINITY } as const;
}

/** What an event is about, whoever caused it and whenever. */
function subject(event: object | undefined): string {
  const { activity, seat, person, round, prompt } = (event ?? {}) as Partial<Record<string, unknown>>;
  return JSON.stringify([activity, seat, person, round, prompt]);
}

/** How long after its time each clock rang while Baton was there, in milliseconds. */
export function delaysIn(
  { events, states }: Kept,
  lives: readonly Life[],
  world: World,
): { late: number; event: Recorded }[] {
  return events.flatMap((event) => {
    const before = states[event.seq - 1];
    const earlier = events[event.seq - 2];
    // Only the first of an append, and only what no order brought along.
    if (!before || event.by !== BATON || event.order !== undefined || event.at === earlier?.at) return [];
    const [clock] = clocksOf(before, world);
    if (!clock || clock.at > event.at) return [];
    const life = lives.findLast(({ spawnedAt }) => spawnedAt <= event.at);
    return [{ late: event.at - Math.max(clock.at, life?.readyAt ?? event.at, earlier?.at ?? 0), event }];
  });
}
