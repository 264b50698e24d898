/** How an incident was commanded, against the guide: what was kept, what was late or missed, from its events alone. */
import { mitigationsOf } from './activities.ts';
import type { Facts, Guide } from './contract.ts';
import type { EventType, Recorded } from './events.ts';
import { missingEvidence } from './evidence.ts';
import type { Activity, Incident } from './incident.ts';
import { type Measures, measure } from './measures.ts';
import { neededSeats } from './quorum.ts';
import type { Settings } from './settings.ts';
import type { Duration, Instant, PersonId, SeatId } from './units.ts';

/** What can be said of an incident; each has its sentence at `review.<name>`. */
export const FINDINGS = [
  'call-joined',
  'call-empty',
  'quorum-reached',
  'seat-empty',
  'commander-found',
  'commander-late',
  'commander-none',
  'commander-away',
  'commander-silent',
  'command-lapsed',
  'commander-hands-free',
  'impact-first',
  'impact-late',
  'impact-unasked',
  'severity-decided',
  'severity-assumed',
  'stakeholders-told',
  'stakeholders-untold',
  'one-at-a-time',
  'overlapped',
  'judged',
  'unjudged',
  'worse-undone',
  'worse-left',
  'nothing-tried',
  'acknowledged',
  'unacknowledged',
  'nothing-delegated',
  'unclaimed-given',
  'unclaimed-left',
  'no-lull',
  'lull',
  'rounds-held',
  'round-missed',
  'round-skipped',
  'round-put-off',
  'handed-over',
  'shift-overrun',
  'relieved',
  'relieved-late',
  'unrelieved',
  'watched',
  'closed-early',
  'unwatched',
  'still-open',
  'gathered',
  'ungathered',
] as const;

export interface Finding {
  readonly finding: (typeof FINDINGS)[number];
  /** The heading of the guide that it belongs to, where there is more to read. */
  readonly guide: Guide;
  /** In the guide's sense; otherwise late or missed. */
  readonly kept: boolean;
  readonly at: Instant;
  readonly facts: Facts;
}

/** All that a chapter looks at. */
interface Seen {
  readonly incident: Incident;
  readonly events: readonly Recorded[];
  readonly settings: Settings;
  readonly measures: Measures;
}

/**
 * In the order of the guide. What never came up (no round fell due, nobody's shift ended) is left out.
 * @param incident the state after the events
 */
export function reviewOf(incident: Incident, events: readonly Recorded[], settings: Settings): readonly Finding[] {
  const seen: Seen = { incident, events, settings, measures: measure(incident, events, settings) };
  return [
    theCall,
    theCommander,
    impact,
    stakeholders,
    mitigations,
    delegation,
    lulls,
    rounds,
    rotation,
    theWatch,
  ].flatMap((chapter) => chapter(seen));
}

function kept(guide: Guide, finding: Finding['finding'], at: Instant, facts: Facts = {}): Finding {
  return { finding, guide, kept: true, at, facts };
}

function missed(guide: Guide, finding: Finding['finding'], at: Instant, facts: Facts = {}): Finding {
  return { finding, guide, kept: false, at, facts };
}

function all<T extends EventType>(events: readonly Recorded[], type: T): Recorded<T>[] {
  return events.filter((event): event is Recorded<T> & Recorded => event.type === type) as Recorded<T>[];
}

function theCall({ incident, events, settings, measures: { to, until } }: Seen): Finding[] {
  const { at: start } = incident.declared;
  if (to.call === undefined) return [missed('call', 'call-empty', start)];
  const joined = kept('call', 'call-joined', start + to.call, { took: { lasting: to.call } });
  if (to.quorum !== undefined) {
    return [joined, kept('call', 'quorum-reached', start + to.quorum, { took: { lasting: to.quorum } })];
  }
  const empty = neededSeats(incident, settings).filter((id) => !wasFilled(incident, id));
  const told = all(events, 'seat-missed');
  return [
    joined,
    ...empty.map((seat) =>
      missed('call', 'seat-empty', told.find((one) => one.seat === seat)?.at ?? until, { wanted: { seat } }),
    ),
  ];
}

/** Whoever of its chain came, even if they have left since. */
function wasFilled({ seats, people }: Incident, id: SeatId): boolean {
  const chain = seats[id]?.chain ?? [];
  return chain.length === 0 || chain.some((person) => (people[person]?.stints.length ?? 0) > 0);
}

function theCommander({ incident, events, measures: { to, until } }: Seen): Finding[] {
  const { at: start } = incident.declared;
  const [first] = all(events, 'command-taken');
  if (!first || to.commander === undefined) return [missed('commander', 'commander-none', until)];
  const asked = all(events, 'commander-sought').filter(({ seq }) => seq < first.seq).length;
  const facts = { person: { person: first.person }, took: { lasting: to.commander }, count: asked };
  const found = asked <= 1 ? kept : missed;
  return [
    found('commander', asked <= 1 ? 'commander-found' : 'commander-late', start + to.commander, facts),
    ...all(events, 'commander-questioned').map(({ at, person, why }) =>
      missed('commander', why === 'left' ? 'commander-away' : 'commander-silent', at, { person: { person } }),
    ),
    ...all(events, 'command-lapsed').map(({ at, person }) =>
      missed('commander', 'command-lapsed', at, { person: { person } }),
    ),
    // The rules let no commander take on work, so this holds wherever there was one.
    kept('commander', 'commander-hands-free', first.at, {
      people: { people: [...new Set(incident.command.shifts.map(({ person }) => person))] },
    }),
  ];
}

function impact({ events, measures: { until } }: Seen): Finding[] {
  const asked = all(events, 'impact-answered')[0];
  const tried = all(events, 'mitigation-started')[0];
  const findings: Finding[] = [];
  if (!asked) findings.push(missed('impact', 'impact-unasked', tried?.at ?? until));
  else if (tried && tried.seq < asked.seq) {
    findings.push(missed('impact', 'impact-late', tried.at, { activity: { activity: tried.activity } }));
  } else findings.push(kept('impact', 'impact-first', asked.at));
  const [decided] = all(events, 'severity-set');
  if (decided) {
    const facts = { severity: { severity: decided.severity } };
    findings.push(
      decided.assumed
        ? missed('impact', 'severity-assumed', decided.at, facts)
        : kept('impact', 'severity-decided', decided.at, facts),
    );
  }
  return findings;
}

function stakeholders({ incident, events }: Seen): Finding[] {
  const { updates } = incident;
  const [first] = updates;
  if (first) return [kept('activities', 'stakeholders-told', first.at, { count: updates.length })];
  const due = events.find(({ type }) => type === 'round-closed' || type === 'incident-mitigated');
  return due ? [missed('activities', 'stakeholders-untold', due.at)] : [];
}

function mitigations({ incident, events, measures: { until } }: Seen): Finding[] {
  const started = all(events, 'mitigation-started');
  const [first] = started;
  if (!first) return incident.phase === 'open' ? [missed('one-mitigation', 'nothing-tried', until)] : [];
  const overlapping = started.filter(({ overlaps }) => overlaps.length > 0);
  const done = mitigationsOf(incident).filter(({ mitigation }) => mitigation?.doneAt !== undefined);
  return [
    ...(overlapping.length === 0
      ? [kept('one-mitigation', 'one-at-a-time', first.at, { count: started.length })]
      : overlapping.map(({ at, activity, overlaps }) =>
          missed('one-mitigation', 'overlapped', at, { activity: { activity }, activities: { activities: overlaps } }),
        )),
    ...done.flatMap((activity) => judgement(incident, activity)),
  ];
}

function judgement(incident: Incident, { id, mitigation }: Activity): Finding[] {
  const { verdict, judgedAt, doneAt = 0, until = doneAt } = mitigation ?? {};
  const activity = { activity: id };
  if (verdict === undefined || judgedAt === undefined)
    return [missed('one-mitigation', 'unjudged', until, { activity })];
  const facts = { activity, verdict: { word: `verdict.${verdict}` }, took: { lasting: judgedAt - doneAt } };
  const judged = kept('one-mitigation', 'judged', judgedAt, facts);
  if (verdict !== 'worse') return [judged];
  const undone = mitigationsOf(incident).find(
    (other) => other.mitigation?.reverses === id && other.mitigation.startedAt !== undefined,
  );
  return [
    judged,
    undone
      ? kept('one-mitigation', 'worse-undone', undone.mitigation?.startedAt ?? judgedAt, { activity })
      : missed('one-mitigation', 'worse-left', judgedAt, { activity }),
  ];
}

function delegation({ events, measures: { delegations, until } }: Seen): Finding[] {
  const [first] = delegations;
  if (!first) return [missed('always-doing', 'nothing-delegated', until)];
  const took = delegations.flatMap((one) => one.took ?? []);
  const facts = { took: took.length, all: delegations.length, slowest: { lasting: Math.max(...took) } };
  return [
    took.length === 0
      ? missed('always-doing', 'unacknowledged', first.at)
      : kept('always-doing', 'acknowledged', first.at, facts),
    ...all(events, 'activity-unclaimed').map((unclaimed) => settlementOf(unclaimed, events)),
  ];
}

/** What became of work that nobody had taken on. */
function settlementOf(
  { seq, at, activity, owner }: Recorded<'activity-unclaimed'>,
  events: readonly Recorded[],
): Finding {
  const facts = { activity: { activity }, owner: { person: owner } };
  const settled = events.find(
    (event) =>
      event.seq > seq &&
      (event.type === 'activity-given' ||
        event.type === 'activity-acknowledged' ||
        event.type === 'activity-cancelled' ||
        event.type === 'activity-finished') &&
      event.activity === activity,
  );
  return settled
    ? kept('always-doing', 'unclaimed-given', settled.at, { ...facts, took: { lasting: settled.at - at } })
    : missed('always-doing', 'unclaimed-left', at, facts);
}

function lulls({ measures: { lulls: found }, incident }: Seen): Finding[] {
  if (found.length > 0) {
    return found.map(({ from, lasting }) => missed('always-doing', 'lull', from, { lasting: { lasting } }));
  }
  const { since } = incident.command;
  return since === undefined ? [] : [kept('always-doing', 'no-lull', since)];
}

function rounds({ incident, events, measures: { rounds: counts } }: Seen): Finding[] {
  const ends = all(events, 'incident-mitigated').map(({ at }) => at);
  const held = incident.rounds.find(({ outcome }) => outcome === 'held');
  const facts = { held: counts.held, onTime: counts.onTime };
  return [
    ...(held ? [kept('updates', 'rounds-held', held.openedAt ?? held.due, facts)] : []),
    ...incident.rounds.flatMap(({ round, due, outcome, closedAt = 0, reason = '' }) => {
      // The end of the impact overtook it: there was nothing left to go round about.
      if (outcome === 'missed' && ends.includes(closedAt)) return [];
      if (outcome === 'missed') return [missed('updates', 'round-missed', due, { round })];
      return outcome === 'skipped' ? [missed('updates', 'round-skipped', due, { round, reason })] : [];
    }),
    ...all(events, 'round-snoozed').map(({ at, reason }) => missed('updates', 'round-put-off', at, { reason })),
  ];
}

function rotation({ events, settings }: Seen): Finding[] {
  const handed = all(events, 'command-taken').filter(({ from }) => from !== undefined);
  return [
    ...handed.map(({ at, person, from = '' }) =>
      kept('rotation', 'handed-over', at, { from: { person: from }, person: { person } }),
    ),
    ...all(events, 'shift-overrun').map(({ at, person }) =>
      missed('rotation', 'shift-overrun', at, { person: { person } }),
    ),
    ...reliefs(events, settings.fatigue),
  ];
}

/** Asked again and again, it is one relief: in time when it came before anybody had to be asked again. */
function reliefs(events: readonly Recorded[], { every, rest }: Settings['fatigue']): Finding[] {
  const findings: Finding[] = [];
  const asked = new Map<PersonId, { readonly since: Instant; readonly last: Instant }>();
  const settle = (person: PersonId, relievedAt?: Instant) => {
    const { since } = asked.get(person) ?? {};
    asked.delete(person);
    if (since !== undefined) findings.push(reliefOf(person, since, relievedAt, every));
  };
  for (const event of events) {
    if (event.type !== 'relief-due' && event.type !== 'person-relieved') continue;
    const { type, person, at } = event;
    // Nobody asks for so long about somebody on the call: they have rested by themselves.
    if (at - (asked.get(person)?.last ?? at) >= rest) settle(person);
    if (type === 'person-relieved') settle(person, at);
    else asked.set(person, { since: asked.get(person)?.since ?? at, last: at });
  }
  for (const person of asked.keys()) settle(person);
  return findings;
}

function reliefOf(person: PersonId, since: Instant, relievedAt: Instant | undefined, every: Duration): Finding {
  const facts = { person: { person } };
  if (relievedAt === undefined) return missed('rotation', 'unrelieved', since, facts);
  const lasting = relievedAt - since;
  return lasting <= every
    ? kept('rotation', 'relieved', relievedAt, facts)
    : missed('rotation', 'relieved-late', relievedAt, { ...facts, took: { lasting } });
}

function theWatch({ incident, events, measures: { until } }: Seen): Finding[] {
  const { phase } = incident;
  // It may have been closed, or watched, and be open again.
  const closed = phase === 'closed' ? all(events, 'incident-closed').at(-1) : undefined;
  const began = all(events, 'incident-mitigated').at(-1);
  const missing = missingEvidence(incident);
  const gathered =
    missing.length === 0
      ? kept('record', 'gathered', until)
      : missed('record', 'ungathered', until, { count: missing.length });
  if (phase === 'watching') return [missed('watch', 'unwatched', until), gathered];
  if (!closed) return [missed('watch', 'still-open', until)];
  return [
    closed.early
      ? missed('watch', 'closed-early', closed.at, { reason: closed.reason ?? '' })
      : kept('watch', 'watched', closed.at, { lasting: { lasting: closed.at - (began?.at ?? closed.at) } }),
    gathered,
  ];
}
