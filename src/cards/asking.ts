/** When a press has to open a form first: something that the command cannot do without is not given yet. */
import type { Command, FieldValue } from '../core/contract.ts';
import type { Incident } from '../core/incident.ts';
import type { PersonId } from '../core/units.ts';

type Given = Readonly<Record<string, FieldValue>>;

/** For whom and about what the button is drawn, as far as that is known. */
export interface Pressing {
  readonly incident?: Incident | undefined;
  /** Absent on cards that many see. */
  readonly viewer?: PersonId | undefined;
  /** What was given could not be read: the form has to come again, however complete it looks. */
  readonly again?: boolean;
}

/** Commands whose fields are all optional but say nothing without one of these. */
const ONE_OF: Readonly<Record<string, readonly string[]>> = {
  'assess-impact': ['sees', 'reproduced', 'frequency', 'retries', 'scope', 'which'],
  page: ['person', 'seat'],
  'propose-mitigation': ['what', 'reverses'],
  delegate: ['what', 'question'],
  'wait-for': ['other', 'person', 'thing'],
};

/** Fields that a button of this label is about. */
const BY_LABEL: Readonly<Record<string, string>> = { insist: 'reason', overlap: 'overlap', 'close-early': 'reason' };

/** Fields that the moment makes necessary, or that are better asked than left out. */
const BY_STATE: Readonly<Record<string, (incident: Incident, given: Given) => string | undefined>> = {
  'set-severity': ({ severity }) => (severity.assumed ? undefined : 'reason'),
  close: ({ watch }) => (watch?.passed ? undefined : 'reason'),
  mitigated: ({ activities }) =>
    activities.some(({ mitigation }) => mitigation?.startedAt !== undefined) ? 'mitigation' : undefined,
  'start-mitigation': ({ activities }, { activity }) =>
    activities[Number(activity) - 1]?.owner === undefined ? 'owner' : undefined,
};

/** @param label of the button, where it has one of its own */
export function opensForm(
  command: Command,
  given: Given,
  { incident, viewer }: Pressing,
  label: string | undefined,
): boolean {
  const missing = (name: string | undefined) => name !== undefined && given[name] === undefined;
  const required = Object.entries(command.fields).some(([name, field]) => field.required && missing(name));
  const oneOf = ONE_OF[command.name]?.every(missing) ?? false;
  const now = incident && BY_STATE[command.name]?.(incident, given);
  const own = incident && viewer !== undefined ? Object.keys(command.also?.(incident, viewer) ?? {}) : [];
  return required || oneOf || missing(now) || missing(label && BY_LABEL[label]) || own.some(missing);
}
