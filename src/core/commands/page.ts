/** Pages anyone, or a seat with its whole chain; it is never wrong to page (CALL-6). */
import { command, LONGEST_TITLE, refuse } from '../contract.ts';
import type { Event } from '../events.ts';
import type { Incident } from '../incident.ts';
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
    /** The service or skill wanted. */
    wanted: { type: 'text', max: LONGEST_TITLE },
    /** Why somebody who was sent to rest is woken all the same (ROT-3). */
    reason: { type: 'text' },
  },
  decide: (incident, { person, seat, wanted, reason }, context) => {
    if (person === undefined && seat === undefined) {
      return refuse('page-whom', {}, { command: 'page', ...(wanted === undefined ? {} : { fields: { wanted } }) });
    }
    const asked = askedSeat(incident, context.settings, person, seat, wanted);
    const whom = person ?? asked.chain.find((one) => !incident.seats[asked.seat]?.pages.some((p) => p.person === one));
    const target = whom ?? asked.chain[0];
    if (target === undefined) {
      return refuse('seat-empty', { seat: asked.wanted }, { command: 'page', fields: { wanted: asked.wanted } });
    }
    const insisted: Event[] = reason === undefined ? [] : [{ type: 'rest-overridden', person: target, reason }];
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

/** The seat that is meant; somebody paged by hand gets a seat of their own. */
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
  if (seat !== undefined && configured) return { seat, wanted: wanted ?? configured.name, chain: configured.chain };
  const own = Object.values(incident.seats).find(
    ({ id, chain }) => id.startsWith('asked-') && chain.length === 1 && chain[0] === person,
  );
  const n = Object.keys(incident.seats).filter((id) => id.startsWith('asked-')).length + 1;
  return {
    seat: own?.id ?? `asked-${n}`,
    wanted: wanted ?? own?.wanted ?? '',
    chain: person === undefined ? [] : [person],
  };
}
