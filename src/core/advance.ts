/** What follows by itself: every clock that is due rings, and the prompts that rose or settled are noted. */
import { dueClocks } from './clocks.ts';
import type { Context, Prompt } from './contract.ts';
import type { Event, Recorded } from './events.ts';
import { evolve } from './evolve.ts';
import type { Incident } from './incident.ts';
import { POLICIES } from './policies/index.ts';
import { promptsOf } from './prompts.ts';
import { BATON, type IncidentId, type PersonId } from './units.ts';

/** Events gathered for one append, with the state after them. */
export interface Draft {
  readonly id: IncidentId;
  readonly incident: Incident | undefined;
  readonly events: readonly Recorded[];
}

/** More consequences than this in one go are a loop in the policies: a bug, found by the property tests. */
const MOST_RINGS = 500;

/** Stamps one event and lets the state follow it. */
export function record(draft: Draft, event: Event, context: Context): Draft {
  const stamp = {
    seq: (draft.incident?.version ?? 0) + 1,
    at: context.at,
    by: context.by,
    ...(context.order === undefined ? {} : { order: context.order }),
  };
  const recorded = { ...event, ...stamp } as Recorded;
  return { id: draft.id, incident: evolve(draft.incident, recorded, draft.id), events: [...draft.events, recorded] };
}

/**
 * Rings all that is due until nothing is, in the order of their times, then notes the prompts.
 * @throws when the policies never come to rest
 */
export function advance(draft: Draft, context: Context): Draft {
  const ringing: Context = { ...context, by: BATON };
  const silent = new Set<string>();
  let now = draft;
  for (let rings = 0; now.incident; rings += 1) {
    if (rings > MOST_RINGS) throw new Error(`the policies of ${now.id} never come to rest`);
    const incident: Incident = now.incident;
    const due = dueClocks(incident, ringing, ringing.at).find(
      (clock) => !silent.has(`${incident.version} ${clock.policy} ${clock.key}`),
    );
    if (!due) break;
    const policy = POLICIES.find(({ name }) => name === due.policy);
    const events = policy?.answers?.(incident, due, ringing) ?? [];
    if (events.length === 0) silent.add(`${incident.version} ${due.policy} ${due.key}`);
    for (const event of events) now = record(now, event, ringing);
  }
  return notePrompts(now, ringing);
}

/** Keeps in the record which prompts stand before people, since when, and when they were answered (REC-2). */
function notePrompts(draft: Draft, context: Context): Draft {
  if (!draft.incident) return draft;
  const before = draft.incident.prompts;
  const after = promptsOf(draft.incident, context);
  const raised = after
    .filter(({ key, to }) => before.get(key)?.to !== to)
    .map(({ key, line, to, buttons }) => {
      const offers = buttons.some(({ command }) => command === 'dismiss');
      return { key, line, to, ...(offers ? { dismissible: true as const } : {}) };
    });
  const settled = settledOf(before, after);
  return raised.length === 0 && settled.length === 0
    ? draft
    : record(draft, { type: 'prompts-changed', raised, settled }, context);
}

function settledOf(before: Incident['prompts'], after: readonly Prompt[]): string[] {
  const standing = after.filter(({ key }) => before.has(key));
  if (standing.length === before.size) return [];
  const keys = new Set(standing.map(({ key }) => key));
  return [...before.keys()].filter((key) => !keys.has(key));
}

/** Makes sure that the record names everybody it mentions, so that it can be read on its own. */
export function introduce(draft: Draft, context: Context): Draft {
  const mentioned = new Set(draft.events.flatMap(peopleIn));
  let now = draft;
  for (const person of mentioned) {
    const known = context.people[person];
    const responder = now.incident?.people[person];
    if (!known || (responder && responder.name === known.name && responder.zone === known.zone)) continue;
    const zone = known.zone === undefined ? {} : { zone: known.zone };
    now = record(now, { type: 'person-introduced', person, name: known.name, ...zone }, { ...context, by: BATON });
  }
  return now;
}

const ONE = ['by', 'person', 'owner', 'from', 'to', 'candidate', 'alternate'];
const SEVERAL = ['people', 'stays', 'released', 'chain'];

function peopleIn(event: Recorded): PersonId[] {
  const named = event as unknown as Readonly<Record<string, unknown>>;
  const people = ONE.flatMap((field) => (named[field] === undefined ? [] : String(named[field])));
  for (const field of SEVERAL) if (Array.isArray(named[field])) people.push(...named[field].map(String));
  return people.filter((person) => person !== BATON);
}
