/** The clocks that all policies want now, from the state alone. */
import type { Clock, World } from './contract.ts';
import type { Incident } from './incident.ts';
import { POLICIES } from './policies/index.ts';

/** Every wanted clock, soonest first. A clock that nags about a snoozed prompt waits for the snooze to end. */
export function clocksOf(incident: Incident, world: World): Clock[] {
  const clocks: Clock[] = [];
  for (const policy of POLICIES) {
    if (!policy.wants || !(policy.during ?? ['open']).includes(incident.phase)) continue;
    for (const clock of policy.wants(incident, world)) {
      const until = clock.about === undefined ? undefined : incident.snoozed[clock.about];
      clocks.push(until !== undefined && until > clock.at ? { ...clock, at: until } : clock);
    }
  }
  return clocks.sort((a, b) => a.at - b.at);
}
