/** The state after events about activities and mitigations. */
import type { Activity, Incident, Mitigation } from '../incident.ts';
import type { ActivityId } from '../units.ts';
import { type Evolvers, withActivity, withIdleness } from './evolver.ts';

type WorkEvents =
  | 'activity-delegated'
  | 'activity-acknowledged'
  | 'activity-declined'
  | 'activity-given'
  | 'owner-called-out'
  | 'activity-unclaimed'
  | 'progress-reported'
  | 'estimate-asked'
  | 'estimate-given'
  | 'waiting-began'
  | 'waiting-ended'
  | 'deadlock-named'
  | 'activity-finished'
  | 'activity-cancelled'
  | 'lull-began'
  | 'mitigation-queued'
  | 'queue-reordered'
  | 'mitigation-started'
  | 'observation-began'
  | 'observation-ended'
  | 'mitigation-judged';

export const workEvolvers: Evolvers<WorkEvents> = {
  'activity-delegated': (incident, event) => ({
    ...incident,
    activities: [
      ...incident.activities,
      {
        id: event.activity,
        kind: event.kind,
        what: event.what,
        status: 'offered',
        owner: event.owner,
        by: event.by,
        since: event.at,
        offeredAt: event.at,
        due: event.due,
        overdue: false,
        before: [],
        ...(event.question === undefined ? {} : { question: event.question }),
      },
    ],
  }),
  'activity-acknowledged': (incident, event) =>
    withIdleness(
      withActivity(incident, event.activity, () => ({
        status: 'under-way',
        acknowledgedAt: event.at,
        saidAt: event.at,
        // What was said of its owner before no longer holds.
        calledOutAt: undefined,
        unclaimedAt: undefined,
        declined: undefined,
      })),
      event.at,
    ),
  'activity-declined': (incident, event) =>
    withIdleness(
      withActivity(incident, event.activity, () => ({
        status: 'offered',
        declined: { by: event.owner, reason: event.reason },
        unclaimedAt: event.at,
      })),
      event.at,
    ),
  'activity-given': (incident, event) =>
    withIdleness(
      withActivity(incident, event.activity, (activity) => ({
        ...UNANSWERED,
        owner: event.to,
        offeredAt: event.at,
        status: activity.status === 'queued' ? 'queued' : 'offered',
        before: [...activity.before, event.from],
        ...(event.due === undefined ? {} : { due: event.due }),
      })),
      event.at,
    ),
  'owner-called-out': (incident, event) => withActivity(incident, event.activity, () => ({ calledOutAt: event.at })),
  'activity-unclaimed': (incident, event) =>
    withIdleness(
      withActivity(incident, event.activity, ({ status }) =>
        status === 'queued' ? { owner: undefined } : { status: 'offered', unclaimedAt: event.at, overdue: false },
      ),
      event.at,
    ),
  'progress-reported': (incident, event) =>
    answersRound(
      withActivity(incident, event.activity, () => ({
        progress: { at: event.at, text: event.text },
        saidAt: event.at,
      })),
      event.activity,
    ),
  'estimate-asked': (incident, event) =>
    withActivity(incident, event.activity, () => ({ askedAt: event.at, overdue: true })),
  'estimate-given': (incident, event) =>
    answersRound(
      withActivity(incident, event.activity, () => ({ due: event.due, overdue: false, saidAt: event.at })),
      event.activity,
    ),
  'waiting-began': (incident, event) =>
    withActivity(incident, event.activity, () => ({ waiting: { for: event.for, since: event.at } })),
  'waiting-ended': (incident, event) => withActivity(incident, event.activity, () => ({ waiting: undefined })),
  'deadlock-named': (incident, event) => ({
    ...incident,
    deadlocks: [...incident.deadlocks, { key: event.key, at: event.at }],
  }),
  'activity-finished': (incident, event) => {
    const finished = withActivity(incident, event.activity, () => ({
      status: 'finished',
      endedAt: event.at,
      overdue: false,
      waiting: undefined,
      ...(event.result === undefined ? {} : { result: event.result }),
    }));
    // The idle time of a finished mitigation is decided by the observation that begins with it.
    return withIdleness(answersRound(freed(finished, event.activity), event.activity), event.at);
  },
  'activity-cancelled': (incident, event) => {
    const cancelled = withActivity(incident, event.activity, (activity) => ({
      status: 'cancelled',
      endedAt: event.at,
      overdue: false,
      waiting: undefined,
      ...(event.reason === undefined ? {} : { result: event.reason }),
      ...(activity.mitigation && activity.mitigation.judgedAt === undefined
        ? { mitigation: { ...activity.mitigation, stage: 'dropped' } as Mitigation }
        : {}),
    }));
    return withIdleness(
      freed({ ...cancelled, queue: cancelled.queue.filter((id) => id !== event.activity) }, event.activity),
      event.at,
    );
  },
  'lull-began': (incident, event) => {
    const lasting = incident.lulls.find((lull) => lull.to === undefined);
    return {
      ...incident,
      lulls: lasting
        ? incident.lulls.map((lull) => (lull === lasting ? { ...lull, askedAt: event.at } : lull))
        : [...incident.lulls, { from: event.since, noticed: event.at, askedAt: event.at }],
    };
  },
  'mitigation-queued': (incident, event) => {
    const activity: Activity = {
      id: event.activity,
      kind: 'mitigation',
      what: event.what,
      status: 'queued',
      by: event.by,
      since: event.at,
      overdue: false,
      before: [],
      ...(event.owner === undefined ? {} : { owner: event.owner }),
      mitigation: {
        stage: 'queued',
        confounded: [],
        ...(event.observation === undefined ? {} : { observation: event.observation }),
        ...(event.reverses === undefined ? {} : { reverses: event.reverses }),
      },
    };
    return {
      ...incident,
      activities: [...incident.activities, activity],
      queue: event.ahead ? [event.activity, ...incident.queue] : [...incident.queue, event.activity],
    };
  },
  'queue-reordered': (incident, event) => ({ ...incident, queue: event.queue }),
  'mitigation-started': (incident, event) => {
    const started = withActivity(incident, event.activity, (activity) => ({
      ...UNANSWERED,
      status: 'offered',
      owner: event.owner,
      offeredAt: event.at,
      due: event.due,
      mitigation: {
        ...(activity.mitigation ?? { confounded: [] }),
        stage: 'running',
        startedAt: event.at,
        confounded: event.overlaps,
        ...(event.reason === undefined ? {} : { overlapReason: event.reason }),
      },
    }));
    const marked = event.overlaps.reduce(
      (so, other) =>
        withMitigation(so, other, (mitigation) => ({ confounded: [...mitigation.confounded, event.activity] })),
      started,
    );
    return { ...marked, queue: marked.queue.filter((id) => id !== event.activity) };
  },
  'observation-began': (incident, event) =>
    withIdleness(
      withMitigation(incident, event.activity, () => ({ stage: 'observing', doneAt: event.at, until: event.until })),
      event.at,
    ),
  'observation-ended': (incident, event) =>
    withIdleness(
      withMitigation(incident, event.activity, () => ({ stage: 'observed' })),
      event.at,
    ),
  'mitigation-judged': (incident, event) =>
    withIdleness(
      withMitigation(incident, event.activity, () => ({
        stage: 'judged',
        verdict: event.verdict,
        judgedAt: event.at,
      })),
      event.at,
    ),
};

/** What a new owner has yet to answer for. Named one by one: a change is laid over what was there. */
const UNANSWERED: Partial<Activity> = {
  acknowledgedAt: undefined,
  calledOutAt: undefined,
  unclaimedAt: undefined,
  declined: undefined,
  askedAt: undefined,
  saidAt: undefined,
  progress: undefined,
  overdue: false,
};

function withMitigation(
  incident: Incident,
  id: ActivityId,
  change: (mitigation: Mitigation) => Partial<Mitigation>,
): Incident {
  return withActivity(incident, id, (activity) =>
    activity.mitigation ? { mitigation: { ...activity.mitigation, ...change(activity.mitigation) } } : {},
  );
}

/** Nobody waits any longer for an activity that has ended. */
function freed(incident: Incident, id: ActivityId): Incident {
  const waits = (activity: Activity) =>
    activity.waiting && 'activity' in activity.waiting.for && activity.waiting.for.activity === id;
  return incident.activities.some(waits)
    ? { ...incident, activities: incident.activities.map((a) => (waits(a) ? { ...a, waiting: undefined } : a)) }
    : incident;
}

/** What an owner says of an activity while a round is open counts as their answer to it (UPD-1, UPD-3). */
function answersRound(incident: Incident, id: ActivityId): Incident {
  const round = incident.rounds.at(-1);
  if (round?.outcome !== 'open' || round.answered.includes(id)) return incident;
  if (!round.asked.some((asked) => asked.activity === id)) return incident;
  return { ...incident, rounds: [...incident.rounds.slice(0, -1), { ...round, answered: [...round.answered, id] }] };
}
