/** The state after events about who commands, how bad it is, and who must rest. */
import type { Command, Incident } from '../incident.ts';
import { NEXT_COMMANDER } from '../quorum.ts';
import type { Instant } from '../units.ts';
import { type Evolvers, withResponder } from './evolver.ts';

type CommandEvents =
  | 'commander-sought'
  | 'command-taken'
  | 'command-released'
  | 'command-asked-for'
  | 'commander-questioned'
  | 'command-confirmed'
  | 'command-lapsed'
  | 'impact-answered'
  | 'impact-restated'
  | 'severity-set'
  | 'shift-ending'
  | 'shift-overrun'
  | 'hand-over-offered'
  | 'hand-over-declined'
  | 'relief-due'
  | 'person-relieved'
  | 'rest-overridden';

export const commandEvolvers: Evolvers<CommandEvents> = {
  'commander-sought': (incident, event) => ({
    ...incident,
    command: {
      ...incident.command,
      sought: { at: event.at, ...(event.candidate === undefined ? {} : { candidate: event.candidate }) },
    },
  }),
  'command-taken': (incident, event) => {
    // Who is taken over from has a successor: nobody need be woken to be one (ROT-1).
    const { [NEXT_COMMANDER]: _, ...seats } = incident.seats;
    const began = { person: event.person, from: event.at, acting: event.acting };
    const command: Command = {
      commander: event.person,
      acting: event.acting,
      since: event.at,
      lastActed: event.at,
      shifts: [
        ...endShift(incident.command.shifts, event.at),
        // A shift in one's sleep is none.
        ...(incident.phase === 'standing-down' ? [] : [began]),
      ],
    };
    return {
      ...incident,
      seats,
      command,
      impact: { ...incident.impact, askedAt: incident.impact.askedAt ?? event.at },
    };
  },
  'command-released': (incident, event) => vacate(incident, event.at),
  'command-asked-for': (incident, event) => ({
    ...incident,
    command: { ...incident.command, askedFor: { by: event.person, at: event.at } },
  }),
  'commander-questioned': (incident, event) => ({
    ...incident,
    command: { ...incident.command, questioned: { at: event.at, why: event.why } },
  }),
  'command-confirmed': (incident, event) => {
    const { questioned: _, leftAt: __, ...command } = incident.command;
    // Away from the call but in command: asked again only after the next silence.
    return { ...incident, command: { ...command, lastActed: event.at } };
  },
  'command-lapsed': (incident, event) => vacate(incident, event.at),
  'impact-answered': (incident, event) => ({
    ...incident,
    impact: {
      ...incident.impact,
      answers: { ...incident.impact.answers, [event.question]: event.answer },
      changedAt: event.at,
    },
  }),
  'impact-restated': (incident, event) => ({
    ...incident,
    impact: {
      ...incident.impact,
      restated: [
        ...incident.impact.restated,
        { at: event.at, trend: event.trend, ...(event.text === undefined ? {} : { text: event.text }) },
      ],
    },
    rounds: incident.rounds.map((round) => (round.outcome === 'open' ? { ...round, restated: event.trend } : round)),
  }),
  'severity-set': (incident, event) => {
    const step = {
      severity: event.severity,
      at: event.at,
      by: event.by,
      assumed: event.assumed,
      ...(event.reason === undefined ? {} : { reason: event.reason }),
    };
    const { until } = event;
    const { watch: running } = incident;
    const watch =
      running && until !== undefined ? { ...running, until, passed: running.passed && until <= event.at } : running;
    return {
      ...(event.severity === incident.severity.severity ? incident : withRhythm(incident, event.at)),
      severity: step,
      severities: [...incident.severities, step],
      ...(watch === undefined ? {} : { watch }),
    };
  },
  'shift-ending': (incident, event) => ({
    ...incident,
    command: {
      ...incident.command,
      shiftWarned: { at: event.at, ...(event.alternate === undefined ? {} : { alternate: event.alternate }) },
    },
  }),
  'shift-overrun': (incident, event) => ({ ...incident, command: { ...incident.command, overrunAt: event.at } }),
  'hand-over-offered': (incident, event) => {
    const { askedFor: _, ...command } = incident.command;
    return { ...incident, command: { ...command, offer: { to: event.to, at: event.at } } };
  },
  'hand-over-declined': (incident) => {
    const { offer: _, ...command } = incident.command;
    return { ...incident, command };
  },
  'relief-due': (incident, event) =>
    withResponder(incident, event.person, ({ id, relief }) => {
      // Told that they stay, it is another question the next time; unanswered, it is the same one.
      const same = relief && !incident.dismissed.includes(`relieve:${id}:${relief.since}`);
      return {
        relief: {
          since: same ? relief.since : event.at,
          asked: event.at,
          why: event.why,
          ...(event.alternate === undefined ? {} : { alternate: event.alternate }),
        },
      };
    }),
  'person-relieved': (incident, event) =>
    withResponder(incident, event.person, () => ({
      restsUntil: event.until,
      countsFrom: event.at,
      relief: undefined,
      insistedAt: undefined,
    })),
  'rest-overridden': (incident, event) =>
    withResponder(incident, event.person, () => ({ restsUntil: event.at, insistedAt: event.at })),
};

/** What was put off or skipped at another severity no longer holds: the next round is a cadence from now at the latest. */
function withRhythm(incident: Incident, at: Instant): Incident {
  const { roundSnoozedUntil, ...rest } = incident;
  return { ...rest, roundAnchor: roundSnoozedUntil === undefined ? Math.min(rest.roundAnchor, at) : at };
}

function vacate(incident: Incident, at: Instant): Incident {
  return {
    ...incident,
    command: { acting: false, vacantSince: at, shifts: endShift(incident.command.shifts, at) },
  };
}

function endShift(shifts: Command['shifts'], at: Instant): Command['shifts'] {
  return shifts.map((shift) => (shift.to === undefined ? { ...shift, to: at } : shift));
}
