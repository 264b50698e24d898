/** From one state to the next: `evolve(incident, event)`, total over every event ever written. */
import type { EventType, Recorded } from './events.ts';
import { callEvolvers } from './evolve/call.ts';
import { commandEvolvers } from './evolve/command.ts';
import type { Evolvers } from './evolve/evolver.ts';
import { recordEvolvers } from './evolve/record.ts';
import { rhythmEvolvers } from './evolve/rhythm.ts';
import { workEvolvers } from './evolve/work.ts';
import type { Incident } from './incident.ts';
import { BATON, type IncidentId } from './units.ts';

const EVOLVERS: Evolvers = {
  ...callEvolvers,
  ...commandEvolvers,
  ...workEvolvers,
  ...rhythmEvolvers,
  ...recordEvolvers,
};

/** Every type of event there is. */
export const EVENT_TYPES = Object.keys(EVOLVERS) as readonly EventType[];

/** How many orders are remembered for recognising a repeat: more than a room sends within any platform's retries. */
const ORDERS_KEPT = 200;

/**
 * The state after an event. Pure and total over every event ever written; the first event makes the incident.
 * @throws on an event type this version does not know: reading on would lose it.
 */
export function evolve(incident: Incident | undefined, event: Recorded, id?: IncidentId): Incident {
  const evolver = EVOLVERS[event.type] as ((incident: Incident, event: Recorded) => Incident) | undefined;
  if (!evolver) throw new Error(`event ${event.seq} has the unknown type "${event.type}": a newer Baton wrote it`);
  const before = incident ?? unborn(id ?? '', event);
  const after = evolver(before, event);
  const orders =
    event.order && before.orders.at(-1) !== event.order
      ? [...before.orders.slice(-ORDERS_KEPT + 1), event.order]
      : before.orders;
  // Leaving the call is no sign of still commanding.
  const acted = event.by === after.command.commander && event.type !== 'call-left';
  return {
    ...after,
    version: event.seq,
    orders,
    command: acted ? { ...answering(after.command), lastActed: event.at } : after.command,
    seen: withSight(before.seen, event),
    changed: withTopics(after.changed, event),
  };
}

/** A surface's orders begin with its name. */
function withSight(seen: Incident['seen'], { seq, by, order }: Recorded): Incident['seen'] {
  const end = order?.indexOf(':') ?? -1;
  if (by === BATON || order === undefined || end < 1) return seen;
  const surface = order.slice(0, end);
  const before = seen[by] ?? [];
  return before.at(-1)?.surface === surface ? seen : { ...seen, [by]: [...before, { seq, surface }] };
}

/** Whoever acts when asked whether they still command does so, on the call or away from it (CMD-5). */
function answering(command: Incident['command']): Incident['command'] {
  if (!command.questioned) return command;
  const { questioned: _, leftAt: __, ...rest } = command;
  return rest;
}

/** Folds a whole log; undefined for an empty one. */
export function replay(id: IncidentId, events: readonly Recorded[]): Incident | undefined {
  return events.reduce<Incident | undefined>((incident, event) => evolve(incident, event, id), undefined);
}

function withTopics(changed: Incident['changed'], event: Recorded): Incident['changed'] {
  const topic = topicOf(event);
  return topic === undefined ? changed : { ...changed, [topic]: event.seq };
}

/** What an event is about, as `Command.about` names it. */
function topicOf(event: Recorded): string | undefined {
  const { type } = event;
  if (type.startsWith('command') || type.startsWith('hand-over')) return 'command';
  if (type === 'severity-set') return 'severity';
  if (type.startsWith('round-')) return 'round';
  if (type === 'queue-reordered' || type === 'mitigation-queued') return 'queue';
  if (type === 'estimate-asked' || type === 'progress-reported') return undefined;
  if ('activity' in event) return `activity:${event.activity}`;
  if ('message' in event) return `message:${event.message}`;
  return undefined;
}

function unborn(id: IncidentId, event: Recorded): Incident {
  if (event.type !== 'incident-declared') throw new Error(`the first event is "${event.type}", not a declaration`);
  return {
    id,
    version: 0,
    title: event.title,
    source: event.source,
    drill: event.drill,
    declared: { at: event.at, by: event.by },
    phase: 'open',
    people: {},
    seen: {},
    rooms: {},
    roomsFailed: {},
    roomsWanted: [],
    seats: {},
    command: { acting: false, vacantSince: event.at, shifts: [] },
    impact: { answers: {}, restated: [] },
    severity: { severity: event.severity, at: event.at, by: event.by, assumed: true },
    severities: [],
    activities: [],
    queue: [],
    idleSince: event.at,
    lulls: [],
    deadlocks: [],
    rounds: [],
    roundAnchor: event.at,
    parked: [],
    messages: [],
    updates: [],
    recurred: [],
    links: [],
    evidence: [],
    corrections: [],
    alerts: {},
    prompts: new Map(),
    snoozed: {},
    putOff: {},
    dismissed: [],
    orders: [],
    changed: {},
  };
}
