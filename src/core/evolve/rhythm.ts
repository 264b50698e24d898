/** The state after events about rounds, the stand-down, the watch and the end. */
import type { Stamp } from '../events.ts';
import type { Command, Incident, Round } from '../incident.ts';
import { onCall } from '../quorum.ts';
import { type Evolvers, endLull, withActivity, withResponder } from './evolver.ts';

type RhythmEvents =
  | 'round-opened'
  | 'round-closed'
  | 'round-skipped'
  | 'round-snoozed'
  | 'stand-down-suggested'
  | 'night-passed'
  | 'stood-down'
  | 'stood-up'
  | 'incident-mitigated'
  | 'people-released'
  | 'watch-extended'
  | 'watch-passed'
  | 'incident-recurred'
  | 'people-called-back'
  | 'incident-closed'
  | 'incident-reopened'
  | 'incident-linked'
  | 'incident-merged';

export const rhythmEvolvers: Evolvers<RhythmEvents> = {
  'round-opened': (incident, event) => {
    const { roundSnoozedUntil: _, ...rest } = closeRound(incident, event.at);
    const asked = event.asked.reduce<Incident>(
      (so, { activity }) => withActivity(so, activity, () => ({ askedAt: event.at })),
      rest,
    );
    const round: Round = {
      round: event.round,
      due: event.due,
      openedAt: event.at,
      asked: event.asked,
      answered: [],
      outcome: 'open',
      ...(event.restated === undefined ? {} : { restated: event.restated }),
    };
    return { ...asked, rounds: [...asked.rounds, round], roundAnchor: event.at };
  },
  'round-closed': (incident, event) => closeRound(incident, event.at),
  'round-skipped': (incident, event) => {
    const { roundSnoozedUntil: _, ...rest } = incident;
    const skipped = { outcome: 'skipped', reason: event.reason, closedAt: event.at } as const;
    if (incident.rounds.at(-1)?.outcome === 'open') {
      const rounds = incident.rounds.map((round) => (round.outcome === 'open' ? { ...round, ...skipped } : round));
      return { ...rest, rounds };
    }
    const { due = event.at } = event;
    const rounds: readonly Round[] = [
      ...incident.rounds,
      { round: event.round, due, asked: [], answered: [], ...skipped },
    ];
    // The one after it comes when it would have come anyway.
    return { ...rest, rounds, roundAnchor: Math.max(due, event.at) };
  },
  'round-snoozed': (incident, event) => ({
    ...incident,
    rounds: closeRound(incident, event.at).rounds.filter((round) => !isPutOff(round, incident)),
    roundSnoozedUntil: event.until,
  }),
  'stand-down-suggested': (incident, event) => ({ ...incident, standDownSuggestedAt: event.at }),
  'night-passed': (incident, event) => {
    const { standDownSuggestedAt: _, ...rest } = incident;
    return { ...rest, nightPassedAt: event.at };
  },
  'stood-down': (incident, event) => {
    // Who is not to be called back has been let go, as by a release.
    const spare = onCall(incident).filter((person) => !event.people.includes(person));
    const letGo = releasedPeople(incident, spare, event.at);
    return {
      ...withSeverity(incident, event.severity, event),
      phase: 'standing-down',
      lulls: endLull(incident, event.at),
      ...everybodyLeaves(letGo, event.at),
      command: { ...incident.command, shifts: endShifts(incident, event.at) },
      standDown: {
        until: event.until,
        people: event.people,
        since: event.at,
        before: incident.severity.severity,
      },
      rounds: closeRound(incident, event.at).rounds,
    };
  },
  'stood-up': (incident, event) => ({
    ...freshShift(
      woken(withSeverity(incident, incident.standDown?.before ?? incident.severity.severity, event), event.at),
      event.at,
    ),
    awakeSince: event.at,
  }),
  'incident-mitigated': (incident, event) => {
    const named = event.mitigation;
    const ended =
      named === undefined
        ? incident
        : withActivity(incident, named, ({ mitigation }) =>
            mitigation ? { mitigation: { ...mitigation, ended: true } } : {},
          );
    return {
      ...releasedPeople(ended, event.released, event.at),
      phase: 'watching',
      lulls: endLull(incident, event.at),
      rounds: closeRound(ended, event.at).rounds,
      watch: { since: event.at, until: event.until, stays: event.stays, released: event.released, passed: false },
    };
  },
  'people-released': (incident, event) => releasedPeople(incident, event.people, event.at),
  'watch-extended': (incident, event) =>
    incident.watch ? { ...incident, watch: { ...incident.watch, until: event.until, passed: false } } : incident,
  'watch-passed': (incident) =>
    incident.watch ? { ...incident, watch: { ...incident.watch, passed: true } } : incident,
  'incident-recurred': (incident, event) => cameBack(incident, event.at, event.what),
  'people-called-back': (incident, event) => {
    const people = event.people.reduce<Incident>(
      (so, person) => withResponder(so, person, () => ({ released: undefined })),
      incident,
    );
    return people;
  },
  'incident-closed': (incident, event) => ({ ...asleep(incident, event.at), phase: 'closed', closedAt: event.at }),
  'incident-reopened': (incident, event) => {
    const { closedAt: _, mergedInto: __, firstOnCallAt: ___, ...rest } = cameBack(incident, event.at, event.reason);
    // Everybody went home, whoever commanded it too: it begins as any other, with the call.
    const command = { acting: false, vacantSince: event.at, shifts: incident.command.shifts };
    return { ...rest, reopenedAt: event.at, seats: {}, command };
  },
  'incident-linked': (incident, event) => ({
    ...incident,
    links: incident.links.includes(event.to) ? incident.links : [...incident.links, event.to],
  }),
  'incident-merged': (incident, event) => ({ ...incident, mergedInto: event.into }),
};

function withSeverity(incident: Incident, severity: string, { at, by }: Stamp): Incident {
  if (severity === incident.severity.severity) return incident;
  const step = { severity, at, by, assumed: false };
  return { ...incident, severity: step, severities: [...incident.severities, step] };
}

/** Nobody has said anything in it yet: put off, it is held later under its own number, and is neither held nor missed. */
function isPutOff({ round, outcome }: Round, before: Incident): boolean {
  const open = before.rounds.at(-1);
  return open?.outcome === 'open' && open.round === round && outcome === 'missed';
}

/** A round is held when anybody said anything in it, and missed otherwise (REC-1). */
function closeRound(incident: Incident, at: number): Incident {
  return {
    ...incident,
    rounds: incident.rounds.map((round) =>
      round.outcome === 'open'
        ? {
            ...round,
            closedAt: at,
            outcome: round.restated !== undefined || round.answered.length > 0 ? 'held' : 'missed',
          }
        : round,
    ),
  };
}

/** What was thought to have ended the impact did not hold (WAT-3). */
function cameBack(incident: Incident, at: number, what: string): Incident {
  const ended = incident.activities.filter((activity) => activity.mitigation?.ended);
  const reopened = ended.reduce<Incident>(
    (so, { id }) =>
      withActivity(so, id, ({ mitigation }) =>
        mitigation ? { mitigation: { ...mitigation, ended: false, didNotHold: true } } : {},
      ),
    woken(incident, at),
  );
  return { ...reopened, recurred: [...incident.recurred, { at, what }] };
}

/** Back to work: the rhythm begins anew, and nobody is blamed for the time asleep. */
function woken(incident: Incident, at: number): Incident {
  const { standDown: _, watch: __, roundSnoozedUntil: ___, ...rest } = incident;
  const idle = incident.idleSince === undefined ? {} : { idleSince: at };
  return {
    ...rest,
    ...idle,
    phase: 'open',
    roundAnchor: at,
    command: { ...incident.command, ...(incident.command.commander ? { lastActed: at } : { vacantSince: at }) },
  };
}

/** Nothing is asked any more. */
function asleep(incident: Incident, at: number): Incident {
  return {
    ...incident,
    ...everybodyLeaves(incident, at),
    lulls: endLull(incident, at),
    rounds: closeRound(incident, at).rounds,
    command: { ...incident.command, shifts: endShifts(incident, at) },
  };
}

function endShifts(incident: Incident, at: number): Command['shifts'] {
  return incident.command.shifts.map((shift) => (shift.to === undefined ? { ...shift, to: at } : shift));
}

/** A commander who slept begins a new shift. */
function freshShift(incident: Incident, at: number): Incident {
  const { commander, acting } = incident.command;
  if (commander === undefined) return incident;
  const command = { commander, acting, since: at, lastActed: at };
  return {
    ...incident,
    command: { ...command, shifts: [...endShifts(incident, at), { person: commander, from: at, acting }] },
  };
}

/** The call is over: nobody is on it, and hours stop counting. */
function everybodyLeaves(incident: Incident, at: number): Pick<Incident, 'people'> {
  const people = Object.values(incident.people).map((person) => ({
    ...person,
    on: [],
    stints: person.stints.map((stint) => (stint.to === undefined ? { ...stint, to: at } : stint)),
  }));
  return { people: Object.fromEntries(people.map((person) => [person.id, person])) };
}

function releasedPeople(incident: Incident, people: readonly string[], at: number): Incident {
  return people.reduce((so, person) => withResponder(so, person, () => ({ released: at })), incident);
}
