/** Ends the round of updates before everybody has answered (UPD-1). */
import { command, refuse } from '../contract.ts';
import { OPEN } from './phases.ts';

export const closeRound = command({
  name: 'close-round',
  aliases: ['end-round'],
  guide: 'updates',
  right: 'commander',
  during: OPEN,
  fields: {},
  decide: (incident) => {
    const round = incident.rounds.at(-1);
    return round?.outcome === 'open'
      ? [{ type: 'round-closed', round: round.round }]
      : refuse('no-round', {}, { command: 'hold-round' });
  },
});
