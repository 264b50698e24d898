/** A page is repeated, then goes to the next in the chain, then the commander is told by name who is missing (CALL-5). */
import { type Clock, commanderOf, dismissal, type Policy, type Prompt, type World } from '../contract.ts';
import type { Event } from '../events.ts';
import type { Incident, SeatState } from '../incident.ts';
import { isFilled, isOnCall, neededSeats, rests } from '../quorum.ts';
import type { Instant, PersonId } from '../units.ts';

const POLICY = 'page-until-answered';

export const pageUntilAnswered: Policy = {
  name: POLICY,
  guide: 'call',
  rules: ['CALL-5', 'CALL-4', 'CALL-6', 'ROT-3'],
  during: ['open', 'watching'],
  objects: (incident, event, { resting, at }) =>
    event.type === 'person-paged' && rests(incident, resting, event.person, at)
      ? {
          refused: 'resting',
          facts: {
            person: { person: event.person },
            until: { at: incident.people[event.person]?.restsUntil ?? resting[event.person] ?? at },
          },
          next: [{ command: 'page', fields: { person: event.person }, label: 'insist' }, { command: 'page' }],
        }
      : undefined,
  wants: (incident, world) => wantedSeats(incident, world).flatMap((seat) => clocksFor(incident, seat, world)),
  answers: (incident, { key }, context) => {
    const [what, id = ''] = splitKey(key);
    const seat = incident.seats[id];
    if (!seat) return [];
    const latest = seat.pages.at(-1);
    if (what === 'repeat' && latest) {
      return [pageOf(seat, latest.person, 'repeat', latest.attempts + 1)];
    }
    const next = seat.chain.find(
      (person) =>
        !seat.pages.some((page) => page.person === person) && !rests(incident, context.resting, person, context.at),
    );
    if (next === undefined) return [{ type: 'seat-missed', seat: id }];
    return [pageOf(seat, next, latest ? 'escalation' : 'quorum', 1)];
  },
  offers: (incident, world) => [
    ...wantedSeats(incident, world).flatMap((seat) => missingPrompt(incident, seat)),
    ...Object.values(incident.seats).flatMap((seat) => failedPrompts(incident, seat, world)),
  ],
  pings: (event, incident) => {
    const to = incident.command.commander;
    if (to === undefined) return [];
    if (event.type === 'seat-missed') {
      const wanted = incident.seats[event.seat]?.wanted ?? '';
      return [{ to: [to], line: 'seat-missed', facts: { wanted }, fact: `missing:${event.seat}:${event.seq}` }];
    }
    if (event.type === 'page-failed') {
      const facts = { person: { person: event.person } };
      return [{ to: [to], line: 'page-failed', facts, fact: `page-failed:${event.person}:${event.seq}` }];
    }
    return [];
  },
};

/** Seats that must still be filled: needed ones while the impact lasts, and always those somebody asked for. */
function wantedSeats(incident: Incident, world: World): SeatState[] {
  const needed = new Set(incident.phase === 'open' ? neededSeats(incident, world.settings) : []);
  const seats = Object.values(incident.seats);
  const asked = (seat: SeatState) => world.settings.seats[seat.id] === undefined;
  return seats.filter((seat) => (needed.has(seat.id) || asked(seat)) && !isFilled(incident, seat));
}

function clocksFor(incident: Incident, seat: SeatState, { settings }: World): Clock[] {
  if (seat.missed !== undefined || seat.chain.length === 0) return [];
  const { repeat, escalate, late } = settings.paging;
  const clock = (what: string, at: Instant): Clock => ({ policy: POLICY, key: `${what}:${seat.id}`, at });
  const left = lastLeft(incident, seat.chain);
  const latest = seat.pages.at(-1);
  if (!latest) return [clock('next', left === undefined ? seat.since : left + late)];
  if (latest.failed !== undefined && latest.answered === undefined) return [clock('next', latest.last)];
  if (latest.answered !== undefined) return [clock('next', Math.max(latest.answered, left ?? 0) + late)];
  const escalation = latest.first + escalate;
  const again = latest.last + repeat;
  return again < escalation ? [clock('repeat', again), clock('next', escalation)] : [clock('next', escalation)];
}

/** When anybody of the chain was last on the call. */
function lastLeft(incident: Incident, chain: readonly PersonId[]): Instant | undefined {
  const ends = chain.flatMap((person) => incident.people[person]?.stints.flatMap(({ to }) => to ?? []) ?? []);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

function pageOf(
  seat: SeatState,
  person: PersonId,
  reason: 'quorum' | 'repeat' | 'escalation',
  attempt: number,
): Event<'person-paged'> {
  return { type: 'person-paged', seat: seat.id, person, reason, attempt, wanted: seat.wanted };
}

function missingPrompt(incident: Incident, seat: SeatState): Prompt[] {
  if (seat.missed === undefined) return [];
  return [
    {
      key: `missing:${seat.id}:${seat.missed}`,
      line: seat.chain.length === 1 ? 'person-missing' : 'seat-missing',
      facts: { wanted: seat.wanted, people: { people: seat.chain } },
      to: commanderOf(incident),
      rank: 'people',
      since: seat.missed,
      early: true,
      buttons: [
        { command: 'page', fields: { seat: seat.id }, label: 'page-again', primary: true },
        { command: 'page', label: 'page-another' },
        dismissal(`missing:${seat.id}:${seat.missed}`, 'go-on-without'),
      ],
    },
  ];
}

/** Somebody could not be paged at all: here is how to reach them by hand. */
function failedPrompts(incident: Incident, seat: SeatState, world: World): Prompt[] {
  return seat.pages.flatMap((page): Prompt[] => {
    if (page.failed === undefined || page.answered !== undefined || isOnCall(incident, page.person)) return [];
    const person = world.people[page.person];
    const contact = person?.phone ?? person?.email;
    const key = `page-failed:${page.person}:${page.last}`;
    return [
      {
        key,
        line: contact === undefined ? 'page-failed-no-contact' : 'page-failed',
        facts: { person: { person: page.person }, contact: contact ?? '', reason: page.failed, wanted: seat.wanted },
        to: commanderOf(incident),
        rank: 'people',
        since: page.last,
        early: true,
        buttons: [
          { command: 'answer-page', fields: { person: page.person }, label: 'reached', primary: true },
          { command: 'page', fields: { person: page.person }, label: 'page-again' },
          dismissal(key, 'go-on-without'),
        ],
      },
    ];
  });
}

function splitKey(key: string): [string, string] {
  const at = key.indexOf(':');
  return [key.slice(0, at), key.slice(at + 1)];
}
