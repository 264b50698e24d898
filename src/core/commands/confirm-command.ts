/** "I am still in command" (CMD-5). */
import { command } from '../contract.ts';
import { LIVING } from './phases.ts';

export const confirmCommand = command({
  name: 'confirm-command',
  aliases: ['still-here'],
  guide: 'commander',
  right: 'commander',
  during: LIVING,
  fields: {},
  decide: (_incident, _values, context) => [{ type: 'command-confirmed', person: context.by }],
});
