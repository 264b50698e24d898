/** Who is needed follows from service and severity; what is newly needed is paged at once (CALL-3, IMP-3). */
import type { Policy } from '../contract.ts';
import { neededSeats } from '../quorum.ts';

export const quorum: Policy = {
  name: 'quorum',
  guide: 'call',
  rules: ['CALL-3', 'IMP-3'],
  wants: (incident, { settings }) =>
    neededSeats(incident, settings)
      .filter((seat) => incident.seats[seat] === undefined)
      .map((key) => ({ policy: 'quorum', key, at: incident.declared.at })),
  answers: (_incident, { key: seat }, { settings }) => {
    const configured = settings.seats[seat];
    return configured ? [{ type: 'seat-required', seat, wanted: configured.name, chain: configured.chain }] : [];
  },
};
