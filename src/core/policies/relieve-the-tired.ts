/** Every responder has hours, and night hours by their own clock; at the limit they are relieved (ROT-3). */
import { commanderOf, dismissal, type Policy, type World } from '../contract.ts';
import type { Responder, Span } from '../incident.ts';
import { alternateFor } from '../seasoning.ts';
import type { Instant } from '../units.ts';
import { lengthOf, type Night, nightReaches } from '../zone.ts';

const POLICY = 'relieve-the-tired';

export const relieveTheTired: Policy = {
  name: POLICY,
  guide: 'rotation',
  rules: ['ROT-3'],
  wants: (incident, world) =>
    Object.values(incident.people).flatMap((responder) => {
      const limit = limitOf(responder, world);
      return limit ? [{ policy: POLICY, key: `${limit.why}:${responder.id}`, at: limit.at }] : [];
    }),
  answers: (incident, { key }, context) => {
    const why = key.startsWith('night:') ? 'night' : 'hours';
    const person = key.slice(why.length + 1);
    const alternate = alternateFor(person, incident, context, context.at);
    return [{ type: 'relief-due', person, why, ...(alternate === undefined ? {} : { alternate }) }];
  },
  offers: (incident) =>
    Object.values(incident.people).flatMap(({ id, relief }) => {
      // A commander is relieved by handing over.
      if (!relief || id === incident.command.commander) return [];
      const { alternate, asked: since } = relief;
      const fields = { person: id, ...(alternate === undefined ? {} : { alternate }) };
      return [
        {
          key: `relieve:${id}:${since}`,
          line: relief.why === 'night' ? 'relieve-night' : 'relieve-hours',
          facts: { person: { person: id }, alternate: alternate === undefined ? '' : { person: alternate } },
          to: commanderOf(incident),
          rank: 'people',
          since,
          buttons: [{ command: 'relieve', fields, primary: true }, dismissal(`relieve:${id}:${since}`, 'stays')],
        },
      ];
    }),
  pings: (event, incident) => {
    const { commander } = incident.command;
    if (event.type !== 'relief-due' || commander === undefined || commander === event.person) return [];
    const facts = { person: { person: event.person } };
    return [{ to: [commander], line: 'relief-due', facts, fact: `relieve:${event.person}` }];
  },
};

/** When this person's hours run out, if they are on the call and nobody was asked yet. */
function limitOf(responder: Responder, world: World): { why: 'hours' | 'night'; at: Instant } | undefined {
  if (responder.relief || responder.on.length === 0) return undefined;
  const { hours, night } = world.settings.fatigue;
  const zone = world.people[responder.id]?.zone ?? responder.zone ?? world.settings.zone;
  const spans = countedSpans(responder);
  const last = spans.at(-1);
  if (!last || last.to !== undefined) return undefined;
  const byHours = last.from + Math.max(0, hours - lengthOf(spans.slice(0, -1), last.from));
  const byNight = nightLimit(spans, responder.stints, zone, world.settings.night, night);
  return byNight !== undefined && byNight < byHours ? { why: 'night', at: byNight } : { why: 'hours', at: byHours };
}

/** Hours since they were last sent to rest. */
function countedSpans({ stints, countsFrom }: Responder): readonly Span[] {
  if (countsFrom === undefined) return stints;
  return stints
    .filter(({ to }) => to === undefined || to > countsFrom)
    .map((span) => ({ ...span, from: Math.max(span.from, countsFrom) }));
}

/** Walking through nights is slow; the answer changes only with the stints, which are never changed in place. */
const limits = new WeakMap<readonly Span[], { readonly of: string; readonly at: Instant | undefined }>();

function nightLimit(
  spans: readonly Span[],
  stints: readonly Span[],
  zone: string,
  night: Night,
  amount: number,
): Instant | undefined {
  const of = `${zone} ${night.from} ${night.to} ${amount} ${spans[0]?.from ?? 0}`;
  const known = limits.get(stints);
  if (known?.of === of) return known.at;
  const at = nightReaches(zone, night, spans, amount);
  limits.set(stints, { of, at });
  return at;
}
