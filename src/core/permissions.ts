/** Commands that the settings reserve for some people. */
import { type Context, type Refusal, refuse, type Suggestion } from './contract.ts';
import type { Incident } from './incident.ts';

/** The refusal of somebody for whom a command is not, with another way for them, if there is one, ahead of asking who may. */
export function keptOut(
  command: string,
  incident: Incident | undefined,
  { by, settings }: Context,
  other?: Suggestion,
): Refusal | undefined {
  const allowed = settings.permissions[command];
  if (!allowed || allowed.includes(by)) return undefined;
  const [first] = allowed;
  const ask: Suggestion = incident && first ? { command: 'page', fields: { person: first } } : { command: 'help' };
  const facts = { command: { word: `command.${command}` }, people: { people: allowed } };
  return other ? refuse('not-permitted', facts, other, ask) : refuse('not-permitted', facts, ask);
}
