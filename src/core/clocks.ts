/** The clocks that all policies want now, from the state alone. */
import type { Clock, World } from './contract.ts';
import type { Incident } from './incident.ts';
import { onceForState } from './once-for.ts';
import { isDuring, POLICIES } from './policies/index.ts';
import type { Instant } from './units.ts';

/** Every wanted clock, soonest first. A clock that nags about a snoozed prompt waits for the snooze to end. */
export const clocksOf = onceForState((incident, world): readonly Clock[] => {
  const isAnySnoozed = Object.keys(incident.snoozed).length > 0;
  const clocks: Clock[] = [];
  for (const policy of POLICIES) {
    if (!policy.wants || !isDuring(policy, incident)) continue;
    for (const clock of policy.wants(incident, world)) clocks.push(isAnySnoozed ? putOff(clock, incident) : clock);
  }
  return clocks.sort((a, b) => a.at - b.at);
});

/** The clocks that are due by then, soonest first. */
export function dueClocks(incident: Incident, world: World, by: Instant): Clock[] {
  return clocksOf(incident, world).filter(({ at }) => at <= by);
}

function putOff(clock: Clock, { snoozed }: Incident): Clock {
  const until = clock.about === undefined ? undefined : snoozed[clock.about];
  return until !== undefined && until > clock.at ? { ...clock, at: until } : clock;
}
