/** Offers command to a named successor, who must accept it in so many words (ROT-2). */
import { command, refuse } from '../contract.ts';
import { LIVING } from './phases.ts';

export const handOver = command({
  name: 'hand-over',
  aliases: ['handover', 'rotate'],
  guide: 'rotation',
  right: 'commander',
  during: LIVING,
  fields: { to: { type: 'person', required: true } },
  about: () => ['command'],
  decide: (_incident, { to }, context) =>
    to === context.by
      ? refuse('you-command', {}, { command: 'hand-over' })
      : [{ type: 'hand-over-offered', from: context.by, to }],
});
