/** What may be said how often: for each event that reminds somebody, the fact it is about and how long it then has to be quiet. */
import type { Recorded } from '../../src/core/events.ts';
import type { Incident } from '../../src/core/incident.ts';
import { isForsaken, lastLeft } from '../../src/core/paging.ts';
import type { Settings } from '../../src/core/settings.ts';
import { severityRow } from '../../src/core/severity.ts';
import { BATON, type Duration, type Instant, type SeatId } from '../../src/core/units.ts';

/** `quiet`: how long until the same fact may be said again; absent: never again. */
export interface Said {
  readonly fact: string;
  readonly quiet?: Duration;
  /** Somebody asked for it: allowed at any time, but Baton keeps its distance from it. */
  readonly asked?: boolean;
  /** Facts that begin like this may be said anew from here on. */
  readonly renews?: string;
}

/** What an event says, to be told apart from saying it again. `before`: the state that it happened to. */
export function saidBy(event: Recorded, before: Incident, settings: Settings): readonly Said[] {
  const { command, impact, severity } = before;
  const offered = (id: number) => `${id} offered ${before.activities[id - 1]?.offeredAt}`;
  const own = event.by === BATON;
  switch (event.type) {
    case 'person-paged': {
      const { seat, person, reason, attempt } = event;
      const chair = `${seat} since ${before.seats[seat]?.since}`;
      const repeated = { fact: `page ${chair} ${person}`, quiet: settings.paging.repeat };
      // Somebody asks for the seat again: its chain is gone through again.
      if (!own) return [{ ...repeated, asked: true, renews: `first page ${chair}` }];
      if (reason === 'repeat') return [repeated, { fact: `page ${chair} ${person}, attempt ${attempt}` }];
      if (reason !== 'quorum' && reason !== 'escalation') return [{ ...repeated, asked: true }];
      // Missed, then filled, and then left again: its chain is gone through again, too.
      const anew = leftSince(before, seat) === undefined ? {} : { renews: `first page ${chair}` };
      return [repeated, { fact: `first page ${chair} ${person}`, ...anew }];
    }
    case 'seat-missed': {
      const { seat } = event;
      return [
        { fact: `missed ${seat} after ${before.seats[seat]?.pages.at(-1)?.last}, left ${leftSince(before, seat)}` },
      ];
    }
    case 'commander-sought':
      return [{ fact: `no commander since ${command.vacantSince}`, quiet: settings.command.askEvery }];
    case 'commander-questioned':
      return [{ fact: event.why === 'left' ? `left ${command.leftAt}` : `silent since ${command.lastActed}` }];
    case 'command-lapsed':
      return [{ fact: `questioned ${command.questioned?.at}` }];
    case 'severity-set':
      return event.assumed ? [{ fact: `assumed, asked ${impact.askedAt}` }] : [];
    case 'owner-called-out':
      return [{ fact: `called out ${offered(event.activity)}` }];
    case 'activity-unclaimed':
      return [{ fact: `unclaimed ${offered(event.activity)}` }];
    case 'estimate-asked':
      return [{ fact: `ask about ${offered(event.activity)}`, quiet: settings.rounds.askEvery }];
    case 'round-opened': {
      const cadence = severityRow(settings.severities, severity.severity).round;
      // A snooze ends when it ends, and after sleep the rhythm begins anew.
      const quiet = before.roundSnoozedUntil === undefined ? cadence : 0;
      const asking = event.asked.map(({ activity }) => ({
        fact: `ask about ${offered(activity)}`,
        quiet: settings.rounds.askEvery,
      }));
      return [{ fact: `round ${event.round}` }, { fact: 'rounds', quiet, asked: !own }, ...asking];
    }
    case 'round-closed':
      return [{ fact: `end of round ${event.round}` }];
    case 'lull-began':
      return [{ fact: `lull since ${event.since}`, quiet: settings.lull.every }];
    case 'deadlock-named':
      return [{ fact: `deadlock ${event.key}` }];
    case 'shift-ending':
      // A milder severity lengthens the shift: its new end is another fact.
      return [{ fact: `shift since ${command.since} ends ${event.ends}` }];
    case 'shift-overrun':
      return [{ fact: `over, shift since ${command.since}, at ${severity.severity}`, quiet: settings.shift.every }];
    case 'relief-due':
      return [{ fact: `tired ${event.person}`, quiet: settings.fatigue.every }];
    case 'observation-ended':
      return [{ fact: `observed ${event.activity} from ${before.activities[event.activity - 1]?.mitigation?.doneAt}` }];
    case 'snooze-ended':
      return [{ fact: `snooze of ${event.prompt} until ${before.snoozed[event.prompt]}` }];
    case 'watch-passed':
      return [{ fact: `watch since ${before.watch?.since}` }];
    case 'seat-required':
      return settings.seats[event.seat] && own ? [{ fact: `wanted ${event.seat}` }] : [];
    case 'room-opened':
      return [{ fact: `room of ${event.surface}` }];
    case 'message-published':
      return [{ fact: `message ${event.message} at ${event.place}` }];
    case 'alert-noted':
      return [{ fact: `alert ${event.fingerprint} ${event.status} ${event.startedAt} ${event.endedAt}` }];
    case 'person-introduced':
      return [{ fact: `${event.person} is ${event.name}` }];
    default:
      return [];
  }
}

/** When somebody of it, who came after it was missed, left again. */
function leftSince(before: Incident, id: SeatId): Instant | undefined {
  const seat = before.seats[id];
  return seat && isForsaken(before, seat) ? lastLeft(before, seat) : undefined;
}

/** Events by which Baton reminds somebody of something. */
export const REMINDERS: ReadonlySet<Recorded['type']> = new Set<Recorded['type']>([
  'person-paged',
  'seat-missed',
  'commander-sought',
  'commander-questioned',
  'command-lapsed',
  'owner-called-out',
  'activity-unclaimed',
  'estimate-asked',
  'round-opened',
  'lull-began',
  'deadlock-named',
  'shift-ending',
  'shift-overrun',
  'relief-due',
  'observation-ended',
  'snooze-ended',
  'watch-passed',
]);

/** Facts that were said again too soon, in words for whoever looks into it. */
export function saidTooOften(
  events: readonly Recorded[],
  stateBefore: (event: Recorded) => Incident | undefined,
  settings: Settings,
): string[] {
  const last = new Map<string, number>();
  return events.flatMap((event) => {
    const before = stateBefore(event);
    if (!before) return [];
    return saidBy(event, before, settings).flatMap(({ fact, quiet, asked, renews }) => {
      if (renews !== undefined) for (const said of last.keys()) if (said.startsWith(renews)) last.delete(said);
      const earlier = last.get(fact);
      last.set(fact, event.at);
      if (earlier === undefined || asked) return [];
      const soonest = quiet === undefined ? Number.POSITIVE_INFINITY : earlier + quiet;
      return event.at >= soonest
        ? []
        : [`${event.type} ${event.seq}: ${fact}, ${event.at - earlier} ms after the last`];
    });
  });
}
