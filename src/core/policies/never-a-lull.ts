/** Always be doing something: when nothing is under way, the commander is shown what is open (DO-3). */
import { inSlot, openActivities, somethingWorks, unjudged } from '../activities.ts';
import { commanderOf, type Facts, type Policy, type Suggestion, type World } from '../contract.ts';
import type { Incident } from '../incident.ts';
import { isFilled, neededSeats } from '../quorum.ts';
import type { Question } from '../severity.ts';
import { fixedAwaiting } from './judge-what-was-done.ts';

export const neverALull: Policy = {
  name: 'never-a-lull',
  guide: 'always-doing',
  rules: ['DO-3'],
  wants: (incident, { settings }) => {
    const { idleSince, command, firstOnCallAt } = incident;
    // Nothing is asked before people are together (CALL-1).
    if (firstOnCallAt === undefined) return [];
    if (idleSince === undefined || command.commander === undefined || fixedAwaiting(incident)) return [];
    const { after, every } = settings.lull;
    const lasting = lastingLull(incident);
    const at = lasting ? lasting.askedAt + every : Math.max(idleSince, command.since ?? 0, firstOnCallAt) + after;
    return [{ policy: 'never-a-lull', key: 'lull', at, about: lullKey(incident) }];
  },
  answers: ({ idleSince }) => (idleSince === undefined ? [] : [{ type: 'lull-began', since: idleSince }]),
  offers: (incident, world) => {
    const lull = lastingLull(incident);
    if (!lull || fixedAwaiting(incident)) return [];
    const ways = waysOut(incident, world);
    const [{ line, facts }] = ways;
    return [
      {
        key: lullKey(incident),
        line,
        facts: { since: { at: lull.from }, ...facts },
        to: commanderOf(incident),
        rank: 'work',
        since: lull.noticed,
        buttons: ways.map(({ button }, n) => (n === 0 ? { ...button, primary: true } : button)),
      },
    ];
  },
  pings: (event, incident) => {
    const { commander } = incident.command;
    if (event.type !== 'lull-began' || commander === undefined) return [];
    return [{ to: [commander], line: 'lull', facts: { since: { at: event.since } }, fact: 'lull' }];
  },
};

function lastingLull(incident: Incident) {
  return incident.lulls.find((lull) => lull.to === undefined);
}

function lullKey(incident: Incident): string {
  return `lull:${incident.lulls.length - (lastingLull(incident) ? 1 : 0)}`;
}

/** A way out of the lull: what to say, about what, and the press that does it. */
interface Way {
  readonly line: string;
  readonly facts: Facts;
  readonly button: Suggestion;
}

/** The best way out of the lull first, the others behind it. */
function waysOut(incident: Incident, { settings }: World): readonly [Way, ...Way[]] {
  const ways: Way[] = [];
  const [judge] = unjudged(incident);
  if (judge) {
    const activity = { activity: judge.id };
    ways.push({ line: 'lull-judge', facts: { activity }, button: { command: 'judge-mitigation', fields: activity } });
  }
  const [next] = incident.queue;
  if (next !== undefined && inSlot(incident).length === 0) {
    const activity = { activity: next };
    ways.push({ line: 'lull-queue', facts: { activity }, button: { command: 'start-mitigation', fields: activity } });
  }
  // What somebody is asked to find out already is not asked of another.
  const asked = openActivities(incident).map(({ question }) => question);
  const unknown = Object.entries(incident.impact.answers).find(
    ([question, answer]) => answer === 'unknown' && !asked.includes(question as Question),
  );
  if (unknown) {
    const [question] = unknown;
    const fields = { kind: 'information', question };
    const facts = { question: { word: `question.${question}` } };
    ways.push({ line: 'lull-unknown', facts, button: { command: 'delegate', fields } });
  }
  const missing = neededSeats(incident, settings).flatMap((id) => incident.seats[id] ?? []);
  const seat = missing.find((one) => !isFilled(incident, one));
  if (seat) {
    const button = { command: 'page', fields: { seat: seat.id } };
    ways.push({ line: 'lull-missing', facts: { wanted: seat.wanted }, button });
  }
  const propose: Way = { line: 'lull-proposals', facts: {}, button: { command: 'propose-mitigation' } };
  const ask: Way = { line: 'lull-proposals', facts: {}, button: { command: 'delegate' } };
  const over: Way = { line: 'lull-proposals', facts: {}, button: { command: 'mitigated' } };
  const [first = propose, ...rest] = [
    ...ways,
    propose,
    ...(unknown ? [] : [ask]),
    ...(somethingWorks(incident) ? [over] : []),
  ];
  return [first, ...rest];
}
