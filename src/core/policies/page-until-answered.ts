/** A page is repeated, then goes to the next in the chain, then the commander is told by name who is missing (CALL-5). */
import { type Clock, commanderOf, dismissal, type Policy, type Prompt, type World } from '../contract.ts';
import type { Event } from '../events.ts';
import type { Incident, Page, SeatState } from '../incident.ts';
import { heldUntil, isAskedFor, isForsaken, lastLeft, nextInChain, pagesElsewhere, walkOf } from '../paging.ts';
import { isFilled, isLetGo, isOnCall, neededSeats, rests } from '../quorum.ts';
import type { Instant, PersonId } from '../units.ts';

const POLICY = 'page-until-answered';

export const pageUntilAnswered: Policy = {
  name: POLICY,
  guide: 'call',
  rules: ['CALL-5', 'CALL-4', 'CALL-6'],
  during: ['open', 'watching', 'standing-down'],
  wants: (incident, world) => wantedSeats(incident, world).flatMap((seat) => clocksFor(incident, seat, world)),
  answers: (incident, { key }, context) => {
    const [what, id = ''] = splitKey(key);
    const seat = incident.seats[id];
    if (!seat) return [];
    const latest = seat.pages.at(-1);
    const { resting, at } = context;
    if (what === 'repeat' && latest && !rests(incident, resting, latest.person, at)) {
      return [pageOf(seat, latest.person, 'repeat', latest.attempts + 1)];
    }
    const next = nextInChain(incident, seat, context);
    if (next === undefined) return [{ type: 'seat-missed', seat: id }];
    const earlier = seat.pages.find(({ person }) => person === next);
    const first = walkOf(seat)[0]?.reason === 'asked' ? 'asked' : 'quorum';
    const reason = latest && !isForsaken(incident, seat) ? 'escalation' : first;
    return [pageOf(seat, next, reason, (earlier?.attempts ?? 0) + 1)];
  },
  offers: (incident, world) => [
    ...wantedSeats(incident, world).flatMap((seat) => missingPrompt(incident, seat)),
    ...Object.values(incident.seats).flatMap((seat) => failedPrompts(incident, seat, world)),
  ],
  pings: (event, incident) => {
    const to = incident.command.commander;
    if (to === undefined) return [];
    if (event.type === 'seat-missed') {
      const seat = incident.seats[event.seat];
      if (!seat) return [];
      const facts = { wanted: seat.wanted, people: { people: whoIsMissing(incident, seat).people } };
      return [{ to: [to], line: 'seat-missed', facts, fact: `missing:${event.seat}:${event.seq}` }];
    }
    if (event.type === 'page-failed') {
      const facts = { person: { person: event.person } };
      return [{ to: [to], line: 'page-failed', facts, fact: `page-failed:${event.person}:${event.seq}` }];
    }
    return [];
  },
};

/** Seats that must still be filled: needed ones while the impact lasts, and always those somebody asked for. */
function wantedSeats(incident: Incident, { settings }: World): SeatState[] {
  const missing = Object.values(incident.seats).filter((seat) => !isFilled(incident, seat));
  if (missing.length === 0) return [];
  const needed = incident.phase === 'open' ? neededSeats(incident, settings) : [];
  return missing.filter((seat) => {
    const asked = isAskedFor(seat, settings) && isStillAsked(incident, seat.pages.at(-1));
    return asked || (needed.includes(seat.id) && !isLetGo(incident, seat));
  });
}

/** Who was released since has been thanked, and is not missed (WAT-1). */
function isStillAsked(incident: Incident, page: Page | undefined): boolean {
  const released = (page && incident.people[page.person]?.released) ?? 0;
  return isAwake(incident, page) && released <= (page?.last ?? 0);
}

/** Nobody is woken by what was asked before the incident stood down (ROT-4). */
function isAwake(incident: Incident, page: Page | undefined): boolean {
  return (page?.last ?? incident.declared.at) >= (incident.standDown?.since ?? 0);
}

function clocksFor(incident: Incident, seat: SeatState, { settings }: World): Clock[] {
  const forsaken = isForsaken(incident, seat);
  if ((seat.missed !== undefined && !forsaken) || seat.chain.length === 0) return [];
  const { repeat, escalate, late } = settings.paging;
  const held = heldUntil(incident, seat, settings);
  const clock = (what: string, at: Instant): Clock => ({
    policy: POLICY,
    key: `${what}:${seat.id}`,
    at: Math.max(at, held),
  });
  const left = lastLeft(incident, seat);
  const latest = forsaken ? undefined : seat.pages.at(-1);
  if (!latest) return [clock('next', left === undefined ? seat.since : left + late)];
  if (latest.answered !== undefined) return [clock('next', Math.max(latest.answered, left ?? 0) + late)];
  const escalation = latest.first + escalate;
  if (latest.failed !== undefined) {
    // The number to call is news enough: that the seat is missing follows only if that does not help.
    const last = walkOf(seat).length >= seat.chain.length;
    return [clock('next', last ? escalation : latest.last)];
  }
  const again = latest.last + repeat;
  return again < escalation ? [clock('repeat', again), clock('next', escalation)] : [clock('next', escalation)];
}

function pageOf(
  seat: SeatState,
  person: PersonId,
  reason: 'quorum' | 'asked' | 'repeat' | 'escalation',
  attempt: number,
): Event<'person-paged'> {
  return { type: 'person-paged', seat: seat.id, person, reason, attempt, wanted: seat.wanted };
}

function missingPrompt(incident: Incident, seat: SeatState): Prompt[] {
  if (seat.missed === undefined || isForsaken(incident, seat)) return [];
  const key = `missing:${seat.id}:${seat.missed}`;
  const { line, people } = whoIsMissing(incident, seat);
  return [
    {
      key,
      line,
      facts: { wanted: seat.wanted, people: { people } },
      to: commanderOf(incident),
      rank: 'people',
      since: seat.missed,
      early: true,
      buttons: [
        { command: 'page', fields: { seat: seat.id }, label: 'page-again', primary: true },
        { command: 'page', label: 'page-another' },
        dismissal(key, 'go-on-without'),
      ],
    },
  ];
}

/** Nobody could be paged; or somebody answered and has not come; or nobody has answered. */
function whoIsMissing(incident: Incident, seat: SeatState): { line: string; people: readonly PersonId[] } {
  const all = [...seat.pages, ...pagesElsewhere(incident, seat)];
  // Who came and has left again is not on the way.
  const current = all.filter((page) => !hasCome(incident, page));
  const pages = current.length > 0 ? current : all;
  const paged = seat.chain.filter((person) => pages.some((page) => page.person === person));
  const answered = paged.filter((one) => pages.some((page) => page.person === one && page.answered !== undefined));
  if (paged.length === 0) return { line: 'seat-resting', people: seat.chain };
  if (answered.length > 0) return { line: 'seat-late', people: answered };
  return { line: seat.chain.length === 1 ? 'person-missing' : 'seat-missing', people: paged };
}

function hasCome(incident: Incident, { person, answered = Number.POSITIVE_INFINITY }: Page): boolean {
  return incident.people[person]?.stints.some(({ to = 0 }) => to >= answered) ?? false;
}

/** Somebody could not be paged at all: here is how to reach them by hand. */
function failedPrompts(incident: Incident, seat: SeatState, world: World): Prompt[] {
  return seat.pages.flatMap((page): Prompt[] => {
    if (page.failed === undefined || page.answered !== undefined || isOnCall(incident, page.person)) return [];
    if (!isAwake(incident, page) || isPagedSince(incident, page)) return [];
    const person = world.people[page.person];
    const contact = person?.phone ?? person?.email;
    const key = `page-failed:${seat.id}:${page.person}:${page.last}`;
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

/** Paged anew for something else, which has not failed. */
function isPagedSince(incident: Incident, { person, last }: Page): boolean {
  const pages = Object.values(incident.seats).flatMap((seat) => seat.pages);
  return pages.some((page) => page.person === person && page.last > last && page.failed === undefined);
}

function splitKey(key: string): [string, string] {
  const at = key.indexOf(':');
  return [key.slice(0, at), key.slice(at + 1)];
}
