/** The commander must not act: they own, accept, start and finish nothing but stakeholder updates and notes (CMD-4). */
import { heldBy, isJustQueued } from '../activities.ts';
import { type Policy, type Refusal, refuse, type Suggestion } from '../contract.ts';
import type { Event } from '../events.ts';
import type { Activity, Incident } from '../incident.ts';
import type { PersonId } from '../units.ts';

export const commanderMustNotAct: Policy = {
  name: 'commander-must-not-act',
  guide: 'commander',
  rules: ['CMD-4'],
  objects: (incident, event, { by, order }) => {
    if (event.type === 'command-taken') return stillOwns(incident, event);
    const { commander } = incident.command;
    if (commander === undefined || doer(incident, event) !== commander) return undefined;
    if (event.type === 'activity-delegated') {
      const { kind, what } = event;
      return refuse('commander-acts', {}, { command: 'delegate', fields: { kind, what }, primary: true });
    }
    if (event.type === 'mitigation-queued') {
      const { what } = event;
      const propose: Suggestion = { command: 'propose-mitigation', fields: { what } };
      return by === commander
        ? refuse(
            'commander-acts',
            {},
            { command: 'delegate', fields: { kind: 'mitigation', what }, primary: true },
            propose,
          )
        : refuse('commander-acts', {}, propose);
    }
    if (event.type === 'mitigation-started') {
      return refuse('commander-acts', {}, startBySomebodyElse(incident, event.activity, order));
    }
    const activity: Suggestion['fields'] = 'activity' in event ? { activity: event.activity } : {};
    return refuse('commander-acts', {}, { command: 'give', fields: activity, primary: true });
  },
};

/** A mitigation that the same order has only just queued is not there to be started yet. */
function startBySomebodyElse(incident: Incident, id: number, order: string | undefined): Suggestion {
  const { what = '' } = incident.activities[id - 1] ?? {};
  return isJustQueued(incident, id, order)
    ? { command: 'delegate', fields: { kind: 'mitigation', what }, primary: true }
    : { command: 'start-mitigation', fields: { activity: id }, primary: true };
}

/** Who would be doing something by this event; undefined where nobody would, or where a commander may. */
function doer(incident: Incident, event: Event): PersonId | undefined {
  switch (event.type) {
    case 'activity-delegated':
      return event.kind === 'updates' ? undefined : event.owner;
    case 'mitigation-queued':
    case 'mitigation-started':
      return event.owner;
    case 'activity-given':
      // Whoever commanded until this very order may take over what their successor did.
      return event.along || allowed(incident.activities[event.activity - 1]) ? undefined : event.to;
    case 'activity-acknowledged':
    case 'activity-finished': {
      const activity = incident.activities[event.activity - 1];
      return allowed(activity) ? undefined : activity?.owner;
    }
    default:
      return undefined;
  }
}

function allowed(activity: Activity | undefined): boolean {
  return activity?.kind === 'updates';
}

/** Nothing is left with somebody who takes command. */
function stillOwns(incident: Incident, { person, from, acting }: Event<'command-taken'>): Refusal | undefined {
  const held = heldBy(incident, person).filter((activity) => !allowed(activity));
  const way: Suggestion = {
    command: from === undefined ? 'take-command' : 'accept-hand-over',
    ...(acting ? { fields: { acting } } : {}),
    label: 'give-away',
    primary: true,
  };
  return held.length === 0
    ? undefined
    : refuse('give-away-first', { activities: { activities: held.map(({ id }) => id) } }, way);
}
