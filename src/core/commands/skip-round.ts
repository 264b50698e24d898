/** Skips a round with a reason, which is kept (UPD-3). */
import { command } from '../contract.ts';
import { nextRound, roundNumber } from '../rounds.ts';
import { OPEN } from './phases.ts';

export const skipRound = command({
  name: 'skip-round',
  aliases: [],
  guide: 'updates',
  right: 'commander',
  during: OPEN,
  fields: { reason: { type: 'text', required: true } },
  // Pressed twice it would skip two.
  about: () => ['round'],
  decide: (incident, { reason }, { settings }) => {
    const open = incident.rounds.at(-1)?.outcome === 'open';
    const due = open ? {} : { due: nextRound(incident, settings) };
    return [{ type: 'round-skipped', round: roundNumber(incident), reason, ...due }];
  },
});
