/** Every responder has hours, and night hours by their own clock; at the limit they are relieved (ROT-3). */
import { type Clock, commanderOf, dismissal, type Policy } from '../contract.ts';
import type { Incident, Responder, Span } from '../incident.ts';
import { onceFor } from '../once-for.ts';
import { alternateFor } from '../seasoning.ts';
import type { Settings } from '../settings.ts';
import type { Duration, Instant, People } from '../units.ts';
import { lengthOf, type Night, nightReaches } from '../zone.ts';

const POLICY = 'relieve-the-tired';

export const relieveTheTired: Policy = {
  name: POLICY,
  guide: 'rotation',
  rules: ['ROT-3'],
  wants: (incident, world) => limitsOf(incident.people, world.people, world.settings),
  answers: (incident, { key }, context) => {
    const why = key.startsWith('night:') ? 'night' : 'hours';
    const person = key.slice(why.length + 1);
    const alternate = alternateFor(person, incident, context, context.at);
    return [{ type: 'relief-due', person, why, ...(alternate === undefined ? {} : { alternate }) }];
  },
  offers: (incident, { settings }) =>
    Object.values(incident.people).flatMap((responder) => {
      const { id, on } = responder;
      const relief = reliefOf(responder, settings.fatigue.rest);
      // A commander is relieved by handing over, and nobody who has gone home.
      if (!relief || on.length === 0 || id === incident.command.commander) return [];
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

const limitsOf = onceFor((responders: Incident['people'], people: People, settings: Settings): readonly Clock[] =>
  Object.values(responders).flatMap((responder) => {
    const zone = people[responder.id]?.zone ?? responder.zone ?? settings.zone;
    const limit = limitOf(responder, zone, settings);
    return limit ? [{ policy: POLICY, ...limit }] : [];
  }),
);

/** When this person's hours run out while they are on the call, and when the commander is asked again (ROT-3). */
function limitOf(
  responder: Responder,
  zone: string,
  settings: Settings,
): Pick<Clock, 'key' | 'at' | 'about'> | undefined {
  const { id, on } = responder;
  if (on.length === 0) return undefined;
  const { hours, night, rest, every } = settings.fatigue;
  const relief = reliefOf(responder, rest);
  if (relief) return { key: `${relief.why}:${id}`, at: relief.asked + every, about: `relieve:${id}:${relief.since}` };
  const spans = countedSpans(responder, rest);
  const last = spans.at(-1);
  if (!last || last.to !== undefined) return undefined;
  const byHours = last.from + Math.max(0, hours - lengthOf(spans.slice(0, -1), last.from));
  const byNight = nightLimit(spans, responder.stints, zone, settings.night, night);
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

interface NightLimit {
  readonly zone: string;
  readonly night: Night;
  readonly amount: Duration;
  readonly from: Instant;
  readonly at: Instant | undefined;
}

/** Walking through nights is slow, so it is done once for anybody's stints, however many incidents there are. */
const nightLimits = new WeakMap<readonly Span[], NightLimit>();

function nightLimit(
  spans: readonly Span[],
  stints: readonly Span[],
  zone: string,
  night: Night,
  amount: Duration,
): Instant | undefined {
  const from = spans[0]?.from ?? 0;
  const known = nightLimits.get(stints);
  if (known?.zone === zone && known.night === night && known.amount === amount && known.from === from) return known.at;
  const at = nightReaches(zone, night, spans, amount);
  nightLimits.set(stints, { zone, night, amount, from, at });
  return at;
}
