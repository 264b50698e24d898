/** Skips a round with a reason, which is kept (UPD-3). */
import { command } from '../contract.ts';
import { roundNumber } from '../rounds.ts';
import { OPEN } from './phases.ts';

export const skipRound = command({
  name: 'skip-round',
  aliases: [],
  guide: 'updates',
  right: 'commander',
  during: OPEN,
  fields: { reason: { type: 'text', required: true } },
  decide: (incident, { reason }) => [{ type: 'round-skipped', round: roundNumber(incident), reason }],
});
