/** What is to be done outside because of an event: derived, never stored, the same however often it is derived. */
import type { Effect, World } from './contract.ts';
import { type EventType, isAlong, type Recorded } from './events.ts';
import type { Incident } from './incident.ts';
import { walkOf } from './paging.ts';
import { POLICIES } from './policies/index.ts';
import { isByHand, stakeholderPlaces } from './settings.ts';

/** Events that the room is told about in a line of its own. The rest is seen on the card and in the record. */
const ANNOUNCED: ReadonlySet<EventType> = new Set<EventType>([
  'incident-declared',
  'call-opened',
  'room-failed',
  'call-failed',
  'page-answered',
  'seat-missed',
  'call-joined',
  'commander-sought',
  'command-taken',
  'command-released',
  'command-lapsed',
  'severity-set',
  'impact-answered',
  'impact-restated',
  'focus-raised',
  'topic-parked',
  'message-confirmed',
  'message-published',
  'message-failed',
  'update-sent',
  'update-failed',
  'mitigation-queued',
  'queue-reordered',
  'mitigation-started',
  'observation-began',
  'mitigation-judged',
  'activity-delegated',
  'activity-acknowledged',
  'activity-declined',
  'activity-given',
  'progress-reported',
  'estimate-given',
  'waiting-began',
  'deadlock-named',
  'activity-finished',
  'activity-cancelled',
  'round-opened',
  'round-skipped',
  'round-snoozed',
  'hand-over-offered',
  'hand-over-declined',
  'person-relieved',
  'stood-down',
  'stood-up',
  'incident-mitigated',
  'people-released',
  'people-called-back',
  'watch-extended',
  'watch-passed',
  'incident-recurred',
  'incident-closed',
  'incident-reopened',
  'incident-linked',
  'incident-merged',
  'note-kept',
  'evidence-kept',
  'alert-noted',
]);

function isAnnounced(event: Recorded): boolean {
  // An open room speaks for itself, unless it is another than was wanted.
  if (event.type === 'room-opened') return event.reason !== undefined;
  return ANNOUNCED.has(event.type) && !isAlong(event);
}

/** `Omit` that keeps a union a union. */
type Bare<T> = T extends unknown ? Omit<T, 'id' | 'seq' | 'at'> : never;

/**
 * The effects of one event, in the order they are to be delivered. `incident` is any state at or after the event: whom a
 * ping goes to may depend on it, so a ping is named by its fact, and keeps its name when others before it fall away.
 */
export function effectsOf(event: Recorded, incident: Incident, world: World): Effect[] {
  const stamp = (name: string | number) => ({
    id: `${incident.id}/${event.seq}/${name}`,
    seq: event.seq,
    at: event.at,
  });
  const effects: Bare<Effect>[] = [...outside(event, incident, world)];
  if (isAnnounced(event)) effects.push({ type: 'announce', event });
  const pings = POLICIES.flatMap((policy) => policy.pings?.(event, incident, world) ?? []).flatMap((ping) => {
    const to = ping.to.filter((person) => person !== event.by);
    return to.length > 0 ? [{ type: 'ping' as const, ...ping, to, ...stamp(ping.fact) }] : [];
  });
  const end = endOfPages(event, incident);
  const ended: Effect[] = end ? [{ type: 'end-page', ...end, ...stamp('end-page') }] : [];
  if (event.type === 'incident-closed' && !incident.drill)
    ended.push({ type: 'end-publication', ...stamp('end-publication') });
  return [...effects.map((effect, n) => ({ ...effect, ...stamp(n) }) as Effect), ...pings, ...ended];
}

/** A provider that was told of a page goes on ringing, and wakes others, until it is told that it need not (CALL-5). */
function endOfPages(
  event: Recorded,
  incident: Incident,
): Pick<Extract<Effect, { type: 'end-page' }>, 'how' | 'people' | 'seats'> | undefined {
  switch (event.type) {
    case 'page-answered':
      return { how: 'answered', people: [event.person] };
    case 'call-joined': {
      const filled = Object.values(incident.seats).filter(({ chain }) => chain.includes(event.person));
      return { how: 'over', people: [event.person], seats: filled.map(({ id }) => id) };
    }
    case 'people-released':
      return { how: 'over', people: event.people };
    // Whom somebody asked for by name is still wanted during the watch.
    case 'incident-mitigated': {
      const needed = Object.values(incident.seats).filter((seat) => walkOf(seat)[0]?.reason !== 'asked');
      return { how: 'over', seats: needed.map(({ id }) => id) };
    }
    case 'stood-down':
    case 'incident-closed':
    case 'incident-merged':
      return { how: 'over' };
    default:
      return undefined;
  }
}

function outside(event: Recorded, incident: Incident, world: World): Bare<Effect>[] {
  switch (event.type) {
    case 'incident-declared':
      return [{ type: 'open-room' }, { type: 'open-call' }];
    case 'room-wanted': {
      const { surface } = event;
      return [
        { type: 'open-room', surface },
        { type: 'open-call', surface },
      ];
    }
    case 'person-paged': {
      const { seat, person, wanted, attempt } = event;
      return [{ type: 'page', seat, person, wanted, attempt }];
    }
    // A drill wakes people, as it would be; it tells customers and stakeholders nothing.
    case 'message-confirmed': {
      if (incident.drill) return [];
      const text = incident.messages.find(({ id }) => id === event.message)?.text ?? '';
      const { byHand = [] } = event;
      const places = event.places.filter((place) => !byHand.includes(place) && !isByHand(world.settings, place));
      return places.map((place) => ({ type: 'publish', place, text, message: event.message }));
    }
    case 'update-sent': {
      if (incident.drill) return [];
      const places = stakeholderPlaces(world.settings).filter((place) => !isByHand(world.settings, place));
      return places.map((place) => ({ type: 'publish', place, text: event.text }));
    }
    case 'incident-merged':
      return [
        {
          type: 'order',
          order: {
            id: `${incident.id}/${event.seq}`,
            command: 'reopen',
            incident: event.into,
            by: event.by,
            fields: { reason: `${incident.id}: ${incident.title}` },
            via: 'baton',
          },
        },
      ];
    default:
      return [];
  }
}
