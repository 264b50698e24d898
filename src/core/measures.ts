/** How an incident was run, in numbers: measured from its events alone (REC-2). */
import type { EventType, Recorded } from './events.ts';
import { evolve } from './evolve.ts';
import type { Incident, Shift, Span } from './incident.ts';
import { quorumReached } from './quorum.ts';
import type { Settings } from './settings.ts';
import type { ActivityId, Duration, Instant, PersonId } from './units.ts';
import { lengthOf, nightWithin } from './zone.ts';

/** A round counts as on time when it opened within this of when it was due: sweeps run once a minute. */
const ON_TIME: Duration = 60_000;

/** Time from declaring; absent for what has not happened. */
export interface TimesTo {
  readonly call?: Duration;
  /** Every seat that was needed at the time was filled. */
  readonly quorum?: Duration;
  readonly commander?: Duration;
  /** The first answer about impact. */
  readonly impact?: Duration;
  readonly firstMitigation?: Duration;
  /** The last time the impact ended: after a recurrence it counts anew. */
  readonly mitigated?: Duration;
  readonly closed?: Duration;
}

/** Work handed to a person, and how long they took to say that they have it. */
export interface Delegation {
  readonly activity: ActivityId;
  readonly owner: PersonId;
  readonly at: Instant;
  readonly took?: Duration;
}

/** A rule set aside by somebody who may, with why. */
export interface Override {
  readonly type: EventType;
  readonly at: Instant;
  readonly by: PersonId;
  readonly reason?: string;
  readonly activity?: ActivityId;
}

/** What became of the prompts of one line. */
export interface Prompted {
  readonly line: string;
  readonly raised: number;
  /** Settled by what people did. */
  readonly answered: number;
  readonly snoozed: number;
  readonly dismissed: number;
  /** Of those answered. */
  readonly median?: Duration;
}

export interface Worked {
  readonly person: PersonId;
  readonly onCall: Duration;
  /** By the person's own clock. */
  readonly night: Duration;
}

export interface Measures {
  /** The latest event: what is still open is measured up to here. */
  readonly until: Instant;
  readonly to: TimesTo;
  readonly lulls: readonly (Span & { readonly lasting: Duration })[];
  readonly rounds: {
    readonly held: number;
    readonly missed: number;
    readonly skipped: number;
    readonly onTime: number;
  };
  readonly delegations: readonly Delegation[];
  readonly overrides: readonly Override[];
  readonly prompts: readonly Prompted[];
  readonly people: readonly Worked[];
  readonly shifts: readonly (Shift & { readonly lasting: Duration })[];
}

/** @param incident the state after the events */
export function measure(incident: Incident, events: readonly Recorded[], settings: Settings): Measures {
  const until = events.at(-1)?.at ?? incident.declared.at;
  return {
    until,
    to: timesTo(incident, events, (state) => quorumReached(state, settings)),
    lulls: incident.lulls.map((lull) => ({ ...lull, lasting: (lull.to ?? until) - lull.from })),
    rounds: roundsOf(incident),
    delegations: delegationsOf(events),
    overrides: overridesOf(events),
    prompts: promptsOf(events),
    people: Object.values(incident.people).flatMap(({ id, stints, zone }) => {
      const onCall = lengthOf(stints, until);
      if (stints.length === 0) return [];
      const night = stints.reduce(
        (sum, { from, to }) => sum + nightWithin(zone ?? settings.zone, settings.night, from, to ?? until),
        0,
      );
      return [{ person: id, onCall, night }];
    }),
    shifts: incident.command.shifts.map((shift) => ({ ...shift, lasting: (shift.to ?? until) - shift.from })),
  };
}

/** The middle value; the mean of the two middle ones where there is no one. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle];
  if (high === undefined) return undefined;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2;
}

function timesTo(incident: Incident, events: readonly Recorded[], quorate: (incident: Incident) => boolean): TimesTo {
  const since = (at: Instant | undefined) => (at === undefined ? undefined : at - incident.declared.at);
  const first = (type: EventType) => since(events.find((event) => event.type === type)?.at);
  const last = (type: EventType) => since(events.findLast((event) => event.type === type)?.at);
  const times: { readonly [K in keyof TimesTo]: Duration | undefined } = {
    call: first('call-joined'),
    quorum: since(firstState(incident, events, quorate)),
    commander: first('command-taken'),
    impact: first('impact-answered'),
    firstMitigation: first('mitigation-started'),
    mitigated: isBack(events) ? undefined : last('incident-mitigated'),
    closed: incident.phase === 'closed' ? last('incident-closed') : undefined,
  };
  return Object.fromEntries(Object.entries(times).filter(([, time]) => time !== undefined)) as TimesTo;
}

/** The impact has come back since it was last said to have ended. */
function isBack(events: readonly Recorded[]): boolean {
  const place = (types: readonly EventType[]) => events.findLastIndex(({ type }) => types.includes(type));
  return place(['incident-recurred', 'incident-reopened']) > place(['incident-mitigated']);
}

/** When a state first held, somebody being on the call. */
function firstState(
  incident: Incident,
  events: readonly Recorded[],
  holds: (incident: Incident) => boolean,
): Instant | undefined {
  let state: Incident | undefined;
  for (const event of events) {
    state = evolve(state, event, incident.id);
    if (state.firstOnCallAt !== undefined && holds(state)) return event.at;
  }
  return undefined;
}

function roundsOf({ rounds }: Incident): Measures['rounds'] {
  const of = (outcome: string) => rounds.filter((round) => round.outcome === outcome);
  const onTime = of('held').filter(({ openedAt, due }) => openedAt !== undefined && openedAt - due <= ON_TIME);
  return { held: of('held').length, missed: of('missed').length, skipped: of('skipped').length, onTime: onTime.length };
}

function delegationsOf(events: readonly Recorded[]): Delegation[] {
  const delegations: { activity: ActivityId; owner: PersonId; at: Instant; took?: Duration }[] = [];
  for (const event of events) {
    const { at } = event;
    if (event.type === 'activity-delegated' || event.type === 'mitigation-started') {
      delegations.push({ activity: event.activity, owner: event.owner, at });
    } else if (event.type === 'activity-given' && delegations.some(({ activity }) => activity === event.activity)) {
      // A queued mitigation that changes hands is not yet anybody's work: it counts from its start.
      delegations.push({ activity: event.activity, owner: event.to, at });
    } else if (event.type === 'activity-acknowledged') {
      const given = delegations.findLast(({ activity, owner }) => activity === event.activity && owner === event.owner);
      if (given) given.took ??= at - given.at;
    }
  }
  return delegations;
}

function overridesOf(events: readonly Recorded[]): Override[] {
  return events.flatMap((event): Override[] => {
    const { type, at, by } = event;
    switch (type) {
      case 'round-skipped':
      case 'round-snoozed':
      case 'rest-overridden':
        return [{ type, at, by, reason: event.reason }];
      case 'mitigation-started':
        return event.overlaps.length === 0 ? [] : [{ type, at, by, activity: event.activity, ...why(event) }];
      case 'incident-closed':
        return event.early ? [{ type, at, by, ...why(event) }] : [];
      case 'command-taken':
        return event.acting ? [{ type, at, by }] : [];
      default:
        return [];
    }
  });
}

function why({ reason }: { readonly reason?: string }): { readonly reason?: string } {
  return reason === undefined ? {} : { reason };
}

function promptsOf(events: readonly Recorded[]): Prompted[] {
  const lines = new Map<string, { raised: number; answered: Duration[]; snoozed: number; dismissed: number }>();
  const standing = new Map<string, { line: string; at: Instant }>();
  for (const event of events) {
    if (event.type === 'prompt-snoozed' || event.type === 'prompt-dismissed') {
      const prompt = standing.get(event.prompt);
      const counted = prompt && lines.get(prompt.line);
      if (counted) counted[event.type === 'prompt-snoozed' ? 'snoozed' : 'dismissed'] += 1;
      standing.delete(event.prompt);
    }
    if (event.type !== 'prompts-changed') continue;
    for (const key of event.settled) {
      const prompt = standing.get(key);
      if (prompt) lines.get(prompt.line)?.answered.push(event.at - prompt.at);
      standing.delete(key);
    }
    // The same prompt addressed to somebody else, as after a hand-over, is not raised anew.
    for (const { key, line } of event.raised) {
      if (standing.has(key)) continue;
      standing.set(key, { line, at: event.at });
      const counted = lines.get(line) ?? { raised: 0, answered: [], snoozed: 0, dismissed: 0 };
      lines.set(line, { ...counted, raised: counted.raised + 1 });
    }
  }
  return [...lines].map(([line, { raised, answered, snoozed, dismissed }]) => {
    const middle = median(answered);
    return {
      line,
      raised,
      answered: answered.length,
      snoozed,
      dismissed,
      ...(middle === undefined ? {} : { median: middle }),
    };
  });
}
