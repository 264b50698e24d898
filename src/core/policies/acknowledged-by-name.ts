/** Nothing is delegated until its owner, by name, has acknowledged it (DO-1, DO-2). */
import { openActivities } from '../activities.ts';
import { type Clock, commanderOf, type Ping, type Policy, type Prompt } from '../contract.ts';
import type { Activity, Incident } from '../incident.ts';
import type { ActivityId, Instant, PersonId } from '../units.ts';

const POLICY = 'acknowledged-by-name';

export const acknowledgedByName: Policy = {
  name: POLICY,
  guide: 'always-doing',
  rules: ['DO-1', 'DO-2'],
  during: ['open', 'watching'],
  wants: (incident, { settings }) =>
    openActivities(incident).flatMap(({ id, status, offeredAt, calledOutAt, unclaimedAt }) => {
      const clocks: Clock[] = [];
      if (status !== 'offered' || offeredAt === undefined || unclaimedAt !== undefined) return clocks;
      const { callOut, giveAway } = settings.acknowledgement;
      const about = `acknowledge:${id}:${offeredAt}`;
      const from = Math.max(offeredAt, incident.awakeSince ?? 0);
      if (calledOutAt === undefined) clocks.push({ policy: POLICY, key: `call-out:${id}`, at: from + callOut, about });
      // An owner who puts the question off is still one who has not acknowledged.
      clocks.push({ policy: POLICY, key: `give-away:${id}`, at: from + giveAway });
      return clocks;
    }),
  answers: (incident, { key }) => {
    const [what, id] = key.split(':');
    const activity = Number(id);
    const owner = incident.activities[activity - 1]?.owner ?? '';
    return [{ type: what === 'call-out' ? 'owner-called-out' : 'activity-unclaimed', activity, owner }];
  },
  offers: (incident) =>
    openActivities(incident).flatMap((activity) => (activity.status === 'offered' ? asked(incident, activity) : [])),
  pings: (event, incident): Ping[] => {
    switch (event.type) {
      case 'activity-delegated':
      case 'mitigation-started':
        return [owed(event.activity, event.owner, 'acknowledge')];
      case 'activity-given':
        return incident.activities[event.activity - 1]?.status === 'queued'
          ? []
          : [owed(event.activity, event.to, 'acknowledge')];
      case 'owner-called-out':
        return [owed(event.activity, event.owner, 'called-out')];
      case 'activity-unclaimed':
      case 'activity-declined': {
        const { commander } = incident.command;
        if (commander === undefined) return [];
        const facts = { activity: { activity: event.activity }, owner: { person: event.owner } };
        return [{ to: [commander], line: 'unclaimed', facts, fact: `unclaimed:${event.activity}:${event.owner}` }];
      }
      default:
        return [];
    }
  },
};

function owed(activity: ActivityId, owner: PersonId, line: string): Ping {
  return { to: [owner], line, facts: { activity: { activity } }, fact: `acknowledge:${activity}:${owner}` };
}

/** Since it was given to them. */
function isSentToRest(incident: Incident, person: PersonId, offeredAt: Instant): boolean {
  return (incident.people[person]?.countsFrom ?? -1) >= offeredAt;
}

function asked(incident: Incident, activity: Activity): Prompt[] {
  const { id, owner = '', offeredAt = activity.since, due, unclaimedAt, declined } = activity;
  const fields = { activity: id };
  const facts = { activity: { activity: id }, owner: { person: owner }, due: { at: due ?? offeredAt } };
  const prompts: Prompt[] = [];
  const atRest = isSentToRest(incident, owner, offeredAt);
  if (declined === undefined && !atRest) {
    prompts.push({
      key: `acknowledge:${id}:${offeredAt}`,
      line: 'acknowledge',
      facts,
      to: owner,
      rank: 'people',
      since: offeredAt,
      buttons: [
        { command: 'acknowledge', fields, primary: true },
        { command: 'decline', fields },
      ],
    });
  }
  if (unclaimedAt !== undefined) {
    prompts.push({
      key: `unclaimed:${id}:${offeredAt}`,
      line: atRest ? 'owner-rests' : declined === undefined ? 'unclaimed' : 'declined',
      facts: { ...facts, reason: declined?.reason ?? '' },
      to: commanderOf(incident),
      rank: 'people',
      since: unclaimedAt,
      buttons: [
        { command: 'give', fields, primary: true },
        ...(atRest ? [] : [{ command: 'page', fields: { person: owner } }]),
        { command: 'cancel', fields },
      ],
    });
  }
  return prompts;
}
