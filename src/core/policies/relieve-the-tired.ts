/** Every responder has hours, and night hours by their own clock; at the limit they are relieved (ROT-3). */
import { type Clock, commanderOf, dismissal, type Policy, type World } from '../contract.ts';
import type { Responder, Span } from '../incident.ts';
import { alternateFor } from '../seasoning.ts';
import type { Duration, Instant } from '../units.ts';
import { lengthOf, type Night, nightReaches } from '../zone.ts';

const POLICY = 'relieve-the-tired';

export const relieveTheTired: Policy = {
  name: POLICY,
  guide: 'rotation',
  rules: ['ROT-3'],
  wants: (incident, world) =>
    Object.values(incident.people).flatMap((responder) => {
      const limit = limitOf(responder, world);
      return limit ? [{ policy: POLICY, ...limit }] : [];
    }),
  answers: (incident, { key }, context) => {
    const why = key.startsWith('night:') ? 'night' : 'hours';
    const person = key.slice(why.length + 1);
    const alternate = alternateFor(person, incident, context, context.at);
    return [{ type: 'relief-due', person, why, ...(alternate === undefined ? {} : { alternate }) }];
  },
  offers: (incident, { settings }) =>
    Object.values(incident.people).flatMap((responder) => {
      const { id } = responder;
      const relief = reliefOf(responder, settings.fatigue.rest);
      // A commander is relieved by handing over.
      if (!relief || id === incident.command.commander) return [];
      const { alternate, since } = relief;
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

/** When this person's hours run out while they are on the call, and when the commander is asked again (ROT-3). */
function limitOf(responder: Responder, world: World): Pick<Clock, 'key' | 'at' | 'about'> | undefined {
  const { id, on, stints } = responder;
  if (on.length === 0) return undefined;
  const { hours, night, rest, every } = world.settings.fatigue;
  const relief = reliefOf(responder, rest);
  if (relief) return { key: `${relief.why}:${id}`, at: relief.asked + every, about: `relieve:${id}:${relief.since}` };
  const zone = world.people[id]?.zone ?? responder.zone ?? world.settings.zone;
  const spans = countedSpans(responder, rest);
  const last = spans.at(-1);
  if (!last || last.to !== undefined) return undefined;
  const byHours = last.from + Math.max(0, hours - lengthOf(spans.slice(0, -1), last.from));
  const byNight = nightLimit(spans, stints, zone, world.settings.night, night);
  return byNight !== undefined && byNight < byHours
    ? { key: `night:${id}`, at: byNight }
    : { key: `hours:${id}`, at: byHours };
}

/** What has been asked about them since they last rested. */
function reliefOf(responder: Responder, rest: Duration): Responder['relief'] {
  const { relief } = responder;
  return relief && relief.asked >= (countedSpans(responder, rest)[0]?.from ?? 0) ? relief : undefined;
}

/** Hours since they were last sent to rest, or were away for as long as that. */
function countedSpans({ stints, countsFrom = 0 }: Responder, rest: Duration): readonly Span[] {
  const back = stints.findLastIndex(({ from }, n) => from - (stints[n - 1]?.to ?? from) >= rest);
  const since = Math.max(countsFrom, stints[back]?.from ?? 0);
  if (since === 0) return stints;
  return stints
    .filter(({ to }) => to === undefined || to > since)
    .map((span) => ({ ...span, from: Math.max(span.from, since) }));
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
