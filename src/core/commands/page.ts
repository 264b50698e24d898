/** Pages anyone, or a seat with its whole chain; it is never wrong to page (CALL-6). */
import { command, LONGEST_TITLE, refuse } from '../contract.ts';
import type { Event } from '../events.ts';
import type { Incident, SeatState } from '../incident.ts';
import { chainOf, isFilled, isOnCall, rests, wantedOf } from '../quorum.ts';
import type { Settings } from '../settings.ts';
import type { PersonId, SeatId } from '../units.ts';
import { LIVING } from './phases.ts';

export const page = command({
  name: 'page',
  aliases: ['call', 'wake'],
  guide: 'call',
  right: 'anyone',
  during: LIVING,
  fields: {
    person: { type: 'person' },
    seat: { type: 'seat' },
    /** The service or skill wanted; default: what the person's seat is for. */
    wanted: { type: 'text', max: LONGEST_TITLE },
    /** Why somebody who was sent to rest is woken all the same (ROT-3). */
    reason: { type: 'text' },
  },
  oneOf: ['person', 'seat'],
  decide: (incident, { person, seat, wanted, reason }, context) => {
    if (person === undefined && seat === undefined) {
      return refuse('page-whom', {}, { command: 'page', ...(wanted === undefined ? {} : { fields: { wanted } }) });
    }
    const asked = askedSeat(incident, context.settings, person, seat, wanted);
    const resting = (one: PersonId) => rests(incident, context.resting, one, context.at);
    const target = person ?? nextOf(incident, asked, resting);
    if (target === undefined) {
      return refuse('seat-empty', { seat: asked.wanted }, { command: 'page', fields: { wanted: asked.wanted } });
    }
    const insisted: Event[] =
      reason === undefined || !resting(target) ? [] : [{ type: 'rest-overridden', person: target, reason }];
    const earlier = incident.seats[asked.seat]?.pages.find((one) => one.person === target);
    return [
      ...insisted,
      ...(incident.seats[asked.seat] ? [] : [{ type: 'seat-required', ...asked, by: context.by } as const]),
      {
        type: 'person-paged',
        seat: asked.seat,
        person: target,
        reason: 'asked',
        attempt: (earlier?.attempts ?? 0) + 1,
        wanted: asked.wanted,
      },
    ];
  },
});

interface Asked {
  readonly seat: SeatId;
  readonly wanted: string;
  readonly chain: readonly PersonId[];
}

/** Whom a seat's page goes to: who was not paged for it yet, or its first; who rests only when nobody else is left. */
function nextOf(incident: Incident, { seat, chain }: Asked, resting: (person: PersonId) => boolean) {
  const away = chain.filter((person) => !isOnCall(incident, person));
  const paged = incident.seats[seat]?.pages ?? [];
  const awake = away.filter((person) => !resting(person));
  return awake.find((person) => !paged.some((one) => one.person === person)) ?? awake[0] ?? away[0] ?? chain[0];
}

/** The seat that is meant: a configured one, the one that the person was paged for already, or one of their own. */
function askedSeat(
  incident: Incident,
  settings: Settings,
  person: PersonId | undefined,
  seat: SeatId | undefined,
  wanted: string | undefined,
): Asked {
  const existing = seat === undefined ? undefined : incident.seats[seat];
  if (existing) return { seat: existing.id, wanted: wanted ?? existing.wanted, chain: existing.chain };
  const configured = seat === undefined ? undefined : settings.seats[seat];
  if (seat !== undefined && configured) {
    return { seat, wanted: wanted ?? configured.name, chain: chainOf(seat, settings) };
  }
  const own = person === undefined ? undefined : pagedFor(incident, person, wanted);
  const n = Object.keys(incident.seats).filter((id) => id.startsWith('asked-')).length + 1;
  return {
    seat: own?.id ?? `asked-${n}`,
    wanted: wanted ?? own?.wanted ?? (person === undefined ? '' : wantedOf(person, incident, settings)),
    chain: own?.chain ?? (person === undefined ? [] : [person]),
  };
}

/** The seat that somebody was paged for and does not fill: a second page for it is a repeat, not a second seat. */
function pagedFor(incident: Incident, person: PersonId, wanted: string | undefined): SeatState | undefined {
  const mine = Object.values(incident.seats).filter(({ pages }) => pages.some((one) => one.person === person));
  return mine.find(
    (one) => (one.chain.length === 1 || !isFilled(incident, one)) && (wanted === undefined || one.wanted === wanted),
  );
}
