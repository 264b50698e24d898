/** Work that waits on itself, or all on one person or thing, is named as it forms (DO-4). */
import { openActivities } from '../activities.ts';
import { commanderOf, type Fact, type Policy, type Suggestion } from '../contract.ts';
import type { Wait } from '../events.ts';
import type { Activity, Incident } from '../incident.ts';
import type { ActivityId, Instant } from '../units.ts';

interface Deadlock {
  readonly key: string;
  readonly shape: 'cycle' | 'pile-up';
  readonly activities: readonly ActivityId[];
  readonly since: Instant;
  readonly on?: Wait;
}

export const noDeadlock: Policy = {
  name: 'no-deadlock',
  guide: 'always-doing',
  rules: ['DO-4'],
  wants: (incident) =>
    deadlocks(incident)
      .filter(({ key }) => !incident.deadlocks.some((named) => named.key === key))
      .map(({ key, since }) => ({ policy: 'no-deadlock', key, at: since })),
  answers: (incident, { key }) =>
    deadlocks(incident)
      .filter((one) => one.key === key)
      .map(({ shape, activities, on }) => ({
        type: 'deadlock-named',
        key,
        shape,
        activities,
        ...(on === undefined ? {} : { on }),
      })),
  offers: (incident) =>
    deadlocks(incident).map(({ key, shape, activities, since, on }) => ({
      key: `deadlock:${key}`,
      line: shape === 'cycle' ? 'deadlock-cycle' : 'deadlock-pile-up',
      facts: { activities: { activities }, on: on === undefined ? '' : factOf(on) },
      to: commanderOf(incident),
      rank: 'work',
      since,
      buttons: waysOut(activities, on),
    })),
  pings: (event, incident) => {
    const { commander } = incident.command;
    if (event.type !== 'deadlock-named' || commander === undefined) return [];
    const facts = { activities: { activities: event.activities } };
    return [{ to: [commander], line: 'deadlock', facts, fact: `deadlock:${event.key}` }];
  },
};

function waysOut(activities: readonly ActivityId[], on: Wait | undefined): Suggestion[] {
  const [first] = activities;
  const activity: Suggestion['fields'] = first === undefined ? {} : { activity: first };
  const person: Suggestion[] =
    on && 'person' in on ? [{ command: 'page', fields: { person: on.person }, primary: true }] : [];
  return [
    ...person,
    { command: 'give', fields: activity },
    { command: 'stop-waiting', fields: activity },
    { command: 'cancel', fields: activity },
  ];
}

function factOf(wait: Wait): Fact {
  return 'activity' in wait ? { activity: wait.activity } : 'person' in wait ? { person: wait.person } : wait.thing;
}

/** Every deadlock there is now. A key tells one apart from the same knot tied again later. */
function deadlocks(incident: Incident): Deadlock[] {
  const busy = openActivities(incident).filter(({ status }) => status === 'under-way');
  const waiting = busy.filter((activity) => activity.waiting !== undefined);
  if (waiting.length === 0) return [];
  const found = new Map<string, Deadlock>();
  for (const activity of waiting) {
    const cycle = cycleFrom(activity, waiting);
    if (cycle) add('cycle', cycle);
  }
  const [first] = waiting;
  const on = first?.waiting?.for;
  const all = waiting.length > 1 && waiting.length === busy.length;
  if (all && on && waiting.every((one) => isSame(one.waiting?.for, on))) add('pile-up', waiting, on);
  return [...found.values()];

  function add(shape: Deadlock['shape'], knot: readonly Activity[], what?: Wait) {
    const activities = knot.map(({ id }) => id).sort((a, b) => a - b);
    const since = Math.max(...knot.map((one) => one.waiting?.since ?? 0));
    const key = `${shape}:${activities.join('-')}:${since}`;
    found.set(key, { key, shape, activities, since, ...(what === undefined ? {} : { on: what }) });
  }
}

/** Two people who wait for the same thing rarely write it alike. */
function isSame(one: Wait | undefined, other: Wait): boolean {
  if (one === undefined) return false;
  if (!('thing' in one && 'thing' in other)) return JSON.stringify(one) === JSON.stringify(other);
  const bare = (thing: string) => thing.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '') || thing;
  return bare(one.thing) === bare(other.thing);
}

/** The cycle that an activity is part of, following what it waits for; a person stands for what they wait with. */
function cycleFrom(start: Activity, waiting: readonly Activity[]): Activity[] | undefined {
  const seen = new Set<ActivityId>();
  const path: Activity[] = [];
  const visit = (activity: Activity): boolean => {
    path.push(activity);
    for (const next of waitsOn(activity, waiting)) {
      if (next.id === start.id) return true;
      if (seen.has(next.id)) continue;
      seen.add(next.id);
      if (visit(next)) return true;
    }
    path.pop();
    return false;
  };
  return visit(start) ? path : undefined;
}

function waitsOn({ id, waiting: wait }: Activity, waiting: readonly Activity[]): Activity[] {
  const on = wait?.for;
  if (on === undefined || 'thing' in on) return [];
  return 'activity' in on
    ? waiting.filter((other) => other.id === on.activity)
    : waiting.filter((other) => other.owner === on.person && other.id !== id);
}
