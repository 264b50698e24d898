/** Opens a room on one more surface, or tries again where none could be opened (CALL-1). */
import { command, refuse } from '../contract.ts';
import { SURFACES } from '../settings.ts';
import { LIVING } from './phases.ts';

export const openRoom = command({
  name: 'open-room',
  aliases: ['room'],
  guide: 'call',
  right: 'anyone',
  during: LIVING,
  fields: { surface: { type: 'choice', choices: SURFACES, words: 'surface', required: true } },
  decide: ({ rooms, roomsFailed }, { surface }, { settings }) => {
    const facts = { surface: { word: `surface.${surface}` } };
    if (!settings.rooms.surfaces.includes(surface)) return refuse('surface-absent', facts, { command: 'note' });
    if (surface in rooms && !(surface in roomsFailed)) return refuse('room-there', facts, { command: 'status' });
    return [{ type: 'room-wanted', surface }];
  },
});
