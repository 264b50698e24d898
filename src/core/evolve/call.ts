/** The state after events about the incident itself, its room and call, its seats, and who is there. */
import type { Incident, Page, SeatState } from '../incident.ts';
import { STATED } from '../quorum.ts';
import type { PersonId, SeatId } from '../units.ts';
import { type Evolvers, withResponder } from './evolver.ts';

type CallEvents =
  | 'incident-declared'
  | 'person-introduced'
  | 'incident-renamed'
  | 'service-named'
  | 'room-wanted'
  | 'room-opened'
  | 'room-failed'
  | 'call-opened'
  | 'call-failed'
  | 'seat-required'
  | 'person-paged'
  | 'page-answered'
  | 'page-failed'
  | 'seat-missed'
  | 'call-joined'
  | 'call-left';

export const callEvolvers: Evolvers<CallEvents> = {
  'incident-declared': (incident, event) => {
    const step = { severity: event.severity, at: event.at, by: event.by, assumed: true };
    return {
      ...incident,
      severity: step,
      severities: [step],
      ...(event.service === undefined ? {} : { service: event.service }),
      ...(event.key === undefined ? {} : { key: event.key }),
      ...(event.resembles === undefined ? {} : { resembles: event.resembles }),
    };
  },
  'person-introduced': (incident, event) =>
    withResponder(incident, event.person, () => ({
      name: event.name,
      ...(event.zone === undefined ? {} : { zone: event.zone }),
    })),
  'incident-renamed': (incident, event) => ({ ...incident, title: event.title }),
  'service-named': (incident, event) => ({
    ...incident,
    service: event.service,
    ...(event.resembles === undefined ? {} : { resembles: event.resembles }),
  }),
  'room-wanted': (incident, { surface }) => ({
    ...incident,
    roomsWanted: [...incident.roomsWanted.filter((one) => one !== surface), surface],
  }),
  'room-opened': (incident, event) => {
    const { [event.surface]: _, ...roomsFailed } = incident.roomsFailed;
    const room = { room: event.room, ...(event.link === undefined ? {} : { link: event.link }) };
    return { ...incident, roomsFailed, rooms: { ...incident.rooms, [event.surface]: room } };
  },
  'room-failed': (incident, event) => ({
    ...incident,
    roomsFailed: { ...incident.roomsFailed, [event.surface]: event.reason },
  }),
  'call-opened': (incident, event) => {
    const { callFailed: _, ...rest } = incident;
    return {
      ...rest,
      call: { link: event.link, at: event.at, ...(event.surface === undefined ? {} : { surface: event.surface }) },
    };
  },
  'call-failed': (incident, event) => ({ ...incident, callFailed: event.reason }),
  'seat-required': (incident, event) => ({
    ...incident,
    seats: {
      ...incident.seats,
      [event.seat]: { id: event.seat, wanted: event.wanted, chain: event.chain, since: event.at, pages: [] },
    },
  }),
  'person-paged': (incident, event) => {
    const paged = withSeat(incident, event.seat, (seat) => {
      const earlier = seat.pages.find((page) => page.person === event.person);
      // A repeat belongs to the page it repeats; asking for somebody anew gives them their time anew.
      const repeated = event.reason === 'repeat' ? earlier : undefined;
      const page: Page = {
        person: event.person,
        reason: repeated?.reason ?? event.reason,
        first: repeated?.first ?? event.at,
        last: event.at,
        attempts: event.attempt,
      };
      const { missed: _, ...rest } = seat;
      return { ...rest, pages: [...seat.pages.filter((other) => other.person !== event.person), page] };
    });
    return withResponder(paged, event.person, () => ({}));
  },
  'page-answered': (incident, event) => {
    let answered = incident;
    for (const seat of Object.values(incident.seats)) {
      if (seat.pages.some((page) => page.person === event.person && page.answered === undefined)) {
        answered = withPage(answered, seat.id, event.person, { answered: event.at });
      }
    }
    return answered;
  },
  'page-failed': (incident, event) => withPage(incident, event.seat, event.person, { failed: event.reason }),
  'seat-missed': (incident, event) => withSeat(incident, event.seat, (seat) => ({ ...seat, missed: event.at })),
  'call-joined': (incident, event) => {
    const joined = withResponder(incident, event.person, (responder) => ({
      // What is seen takes the place of what was said: whoever is seen to leave has left (CALL-4).
      on: [...responder.on.filter((via) => via !== event.via && via !== STATED), event.via],
      stints: responder.on.length > 0 ? responder.stints : [...responder.stints, { from: event.at }],
      released: undefined,
    }));
    // A commander who is back has answered whether they still are (CMD-5).
    const { leftAt: _, questioned: __, ...command } = joined.command;
    return {
      ...joined,
      // The rhythm begins with the people: nobody is asked before (CALL-1).
      ...(joined.firstOnCallAt === undefined ? { firstOnCallAt: event.at, roundAnchor: event.at } : {}),
      command: joined.command.commander === event.person ? { ...command, lastActed: event.at } : joined.command,
    };
  },
  'call-left': (incident, event) => {
    const left = withResponder(incident, event.person, (responder) => {
      const on = responder.on.filter((via) => via !== event.via);
      return { on, stints: on.length > 0 ? responder.stints : endSpan(responder.stints, event.at) };
    });
    const gone = left.people[event.person]?.on.length === 0;
    return left.command.commander === event.person && gone
      ? { ...left, command: { ...left.command, leftAt: event.at } }
      : left;
  },
};

/** Ends the stint that is running. */
function endSpan<S extends { readonly from: number; readonly to?: number }>(spans: readonly S[], at: number): S[] {
  return spans.map((span) => (span.to === undefined ? { ...span, to: at } : span));
}

function withSeat(incident: Incident, id: SeatId, change: (seat: SeatState) => SeatState): Incident {
  const seat = incident.seats[id];
  return seat ? { ...incident, seats: { ...incident.seats, [id]: change(seat) } } : incident;
}

function withPage(incident: Incident, id: SeatId, person: PersonId, change: Partial<Page>): Incident {
  return withSeat(incident, id, (seat) => ({
    ...seat,
    pages: seat.pages.map((page) => (page.person === person ? { ...page, ...change } : page)),
  }));
}
