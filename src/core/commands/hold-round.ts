/** Holds the round of updates now instead of when it is due (UPD-3). */
import { command, refuse } from '../contract.ts';
import { openRound } from '../rounds.ts';
import { OPEN } from './phases.ts';

export const holdRound = command({
  name: 'hold-round',
  aliases: ['round'],
  guide: 'updates',
  right: 'commander',
  during: OPEN,
  fields: {},
  decide: (incident, _values, context) =>
    incident.rounds.at(-1)?.outcome === 'open'
      ? refuse('round-open', {}, { command: 'restate-impact', primary: true }, { command: 'close-round' })
      : [openRound(incident, context, context.at)],
});
