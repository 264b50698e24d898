/** When a press has to open a form first: something that the command cannot do without is not given yet. */
import type { Command, Given } from '../core/contract.ts';
import type { Incident } from '../core/incident.ts';
import type { PersonId } from '../core/units.ts';

/** For whom and about what the button is drawn, as far as that is known. */
export interface Pressing {
  readonly incident?: Incident | undefined;
  /** Absent on cards that many see. */
  readonly viewer?: PersonId | undefined;
  /** What was given could not be read: the form has to come again, however complete it looks. */
  readonly again?: boolean;
}

/** Fields that a button of this label is about. */
const BY_LABEL: Readonly<Record<string, string>> = { insist: 'reason', overlap: 'overlap', 'close-early': 'reason' };

/** @param label of the button, where it has one of its own */
export function opensForm(
  command: Command,
  given: Given,
  { incident, viewer }: Pressing,
  label: string | undefined,
): boolean {
  const missing = (name: string | undefined) => name !== undefined && given[name] === undefined;
  const required = Object.entries(command.fields).some(([name, field]) => field.required && missing(name));
  const oneOf = command.oneOf?.every(missing) ?? false;
  const now = incident && (command.needs?.(incident, given) ?? command.asks?.(incident));
  const own = incident && viewer !== undefined ? Object.keys(command.also?.(incident, viewer) ?? {}) : [];
  return required || oneOf || missing(now) || missing(label && BY_LABEL[label]) || own.some(missing);
}
