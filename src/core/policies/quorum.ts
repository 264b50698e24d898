/** Who is needed follows from service and severity; what is newly needed is paged at once (CALL-3, IMP-3). */
import type { Clock, Policy } from '../contract.ts';
import type { Incident } from '../incident.ts';
import { chainOf, isFilled, neededSeats } from '../quorum.ts';
import type { Settings } from '../settings.ts';
import type { SeatId } from '../units.ts';

const POLICY = 'quorum';

export const quorum: Policy = {
  name: POLICY,
  guide: 'call',
  rules: ['CALL-3', 'IMP-3'],
  wants: (incident, { settings }) =>
    neededSeats(incident, settings).flatMap((key): Clock[] => {
      const at = incident.seats[key] ? neededAgain(incident, key, settings) : incident.declared.at;
      return at === undefined ? [] : [{ policy: POLICY, key, at }];
    }),
  answers: (_incident, { key: seat }, { settings }) => {
    const configured = settings.seats[seat];
    return configured ? [{ type: 'seat-required', seat, wanted: configured.name, chain: chainOf(seat, settings) }] : [];
  },
};

/** A seat that a milder severity did without is paged for from its beginning once a worse one needs it again (IMP-3). */
function neededAgain(incident: Incident, id: SeatId, settings: Settings): number | undefined {
  const [before, now] = incident.severities.slice(-2);
  const seat = incident.seats[id];
  if (!seat || !before || !now || now.at <= seat.since || isFilled(incident, seat)) return undefined;
  return neededSeats(incident, settings, before.severity).includes(id) ? undefined : now.at;
}
