/** An incident gets its room on every surface that it is routed to, at once when severity or service newly lead there (CALL-1). */
import type { Policy } from '../contract.ts';
import { isAskedFor, routedTo } from '../routing.ts';

export const roomsFollow: Policy = {
  name: 'rooms-follow',
  guide: 'call',
  rules: ['CALL-1'],
  during: ['open', 'watching', 'standing-down'],
  wants: (incident, { settings }) =>
    routedTo(incident, settings)
      .filter((surface) => !isAskedFor(incident, surface))
      .map((surface) => ({ policy: 'rooms-follow', key: surface, at: incident.declared.at })),
  answers: (_incident, { key: surface }) => [{ type: 'room-wanted', surface }],
};
