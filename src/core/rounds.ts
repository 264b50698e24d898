/** The rhythm of updates: which round is next, when, and whom it asks (UPD-1 to UPD-4). */
import type { World } from './contract.ts';
import type { Event } from './events.ts';
import type { Activity, Incident } from './incident.ts';
import type { Settings } from './settings.ts';
import { severityRow } from './severity.ts';
import type { Instant } from './units.ts';

/** The number of the open round, or of the next. */
export function roundNumber(incident: Incident): number {
  const last = incident.rounds.at(-1);
  return (last?.round ?? 0) + (last?.outcome === 'open' ? 0 : 1);
}

/** When the next round is due: a cadence after the last, at the severity of now, or when it was put off to. */
export function nextRound(incident: Incident, settings: Settings): Instant {
  const cadence = severityRow(settings.severities, incident.severity.severity).round;
  // A worse severity may find it due already: then from now, not before.
  return incident.roundSnoozedUntil ?? Math.max(incident.roundAnchor + cadence, incident.severity.at);
}

/** The opening of a round: it asks everybody whose word is not fresh and who was not asked just now. */
export function openRound(incident: Incident, world: World, due: Instant, at: Instant = due): Event<'round-opened'> {
  const { fresh, askEvery } = world.settings.rounds;
  const ask = (activity: Activity) =>
    activity.status === 'under-way' &&
    activity.owner !== incident.command.commander &&
    (activity.saidAt ?? 0) <= at - fresh &&
    (activity.askedAt ?? 0) <= at - askEvery;
  const asked = incident.activities.filter(ask).map(({ id, owner = '' }) => ({ activity: id, owner }));
  const last = incident.rounds.at(-1);
  const said = incident.impact.restated.at(-1);
  return {
    type: 'round-opened',
    round: (last?.round ?? 0) + 1,
    due,
    asked,
    ...(said && said.at > at - fresh ? { restated: said.trend } : {}),
  };
}

/** Asked in the open round and still owing an answer. */
export function owing({ rounds, activities }: Incident): Activity[] {
  const round = rounds.at(-1);
  if (round?.outcome !== 'open') return [];
  return round.asked.flatMap(({ activity: id, owner }) => {
    const activity = activities[id - 1];
    const still = activity?.status === 'under-way' && activity.owner === owner && !round.answered.includes(id);
    return still ? [activity] : [];
  });
}
