/** A surface has opened its room, or could not; the incident goes on either way (CALL-1). */
import { command } from '../contract.ts';
import { EVER } from './phases.ts';

export const reportRoom = command({
  name: 'report-room',
  aliases: [],
  guide: 'call',
  right: 'adapter',
  during: EVER,
  fields: { room: { type: 'text' }, link: { type: 'text' }, reason: { type: 'text' } },
  decide: (incident, { room, link, reason }, { via: surface }) => {
    if (room === undefined) return [{ type: 'room-failed', surface, reason: reason ?? '' }];
    const stands = incident.rooms[surface]?.room === room && !(surface in incident.roomsFailed);
    const opened = { ...(link === undefined ? {} : { link }), ...(reason === undefined ? {} : { reason }) };
    return stands ? [] : [{ type: 'room-opened', surface, room, ...opened }];
  },
});
