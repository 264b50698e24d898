/** Puts the next round off to a time, with a reason, which is kept (UPD-3). */
import { command } from '../contract.ts';
import { OPEN } from './phases.ts';

export const snoozeRound = command({
  name: 'snooze-round',
  aliases: [],
  guide: 'updates',
  right: 'commander',
  during: OPEN,
  fields: { until: { type: 'moment', required: true }, reason: { type: 'text', required: true } },
  about: () => ['round'],
  decide: (_incident, { until, reason }) => [{ type: 'round-snoozed', until, reason }],
});
