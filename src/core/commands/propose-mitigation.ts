/** Proposes something that should change the impact; it waits in the queue for its turn (MIT-1, MIT-5). */
import { nextActivity } from '../activities.ts';
import { command, refuse } from '../contract.ts';
import type { Incident } from '../incident.ts';
import { isOnCall } from '../quorum.ts';
import type { PersonId } from '../units.ts';
import { AWAKE } from './phases.ts';

export const proposeMitigation = command({
  name: 'propose-mitigation',
  aliases: ['propose', 'mitigate'],
  guide: 'one-mitigation',
  right: 'anyone',
  during: AWAKE,
  fields: {
    /** Optional only for a reversal, which says what by what it reverses. */
    what: { type: 'text' },
    owner: { type: 'person' },
    observation: { type: 'duration' },
    reverses: { type: 'activity', of: 'mitigations' },
  },
  oneOf: ['what', 'reverses'],
  decide: (incident, { what, owner, observation, reverses }) => {
    if (what === undefined && reverses === undefined) {
      return refuse('field-missing', { field: { word: 'field.what' } }, { command: 'propose-mitigation' });
    }
    const reversed = reverses === undefined ? undefined : incident.activities[reverses - 1];
    const underway = incident.activities.find(
      (activity) =>
        reverses !== undefined &&
        activity.mitigation?.reverses === reverses &&
        activity.status !== 'cancelled' &&
        activity.status !== 'finished',
    );
    if (underway) return refuse('already-reversing', { activity: { activity: underway.id } }, { command: 'focus' });
    const whose = owner ?? whoDid(incident, reversed?.owner);
    return [
      {
        type: 'mitigation-queued',
        activity: nextActivity(incident),
        what: what ?? '',
        ahead: reversed?.mitigation?.verdict === 'worse',
        ...(whose === undefined ? {} : { owner: whose }),
        ...(observation === undefined ? {} : { observation }),
        ...(reverses === undefined ? {} : { reverses }),
      },
    ];
  },
});

/** Whoever did a thing undoes it fastest, if they are still there and do not command by now. */
function whoDid(incident: Incident, person: PersonId | undefined): PersonId | undefined {
  const free = person !== undefined && person !== incident.command.commander && isOnCall(incident, person);
  return free ? person : undefined;
}
