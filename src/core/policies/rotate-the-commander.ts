/** Commanders are rotated before they tire, by a hand-over with two sides (ROT-1, ROT-2). */
import { commanderOf, type Policy, type Prompt } from '../contract.ts';
import type { Event } from '../events.ts';
import type { Incident } from '../incident.ts';
import { isOnCall, NEXT_COMMANDER } from '../quorum.ts';
import { alternateCommander } from '../seasoning.ts';
import type { Settings } from '../settings.ts';
import { severityRow } from '../severity.ts';

const POLICY = 'rotate-the-commander';

export const rotateTheCommander: Policy = {
  name: POLICY,
  guide: 'rotation',
  rules: ['ROT-1', 'ROT-2'],
  during: ['open', 'watching'],
  objects: (incident, event) =>
    event.type === 'hand-over-offered' && event.to === incident.command.offer?.to
      ? {
          refused: 'already-offered',
          facts: { person: { person: event.to } },
          next: [{ command: 'decline-hand-over', label: 'take-back' }],
        }
      : undefined,
  wants: (incident, { settings }) => {
    const { commander, since } = incident.command;
    if (commander === undefined || since === undefined) return [];
    const { ends, warned } = shiftOf(incident, settings);
    const next = warned ? { key: 'over', due: ends } : { key: 'warn', due: ends - settings.shift.warn };
    // A changed severity moves the end, which is said anew, but not sooner than anything else about the shift.
    const said = Math.max(incident.command.shiftWarned?.at ?? 0, incident.command.overrunAt ?? 0);
    const at = Math.max(next.due, said + settings.shift.every);
    return [{ policy: POLICY, key: next.key, at, about: `shift:${since}` }];
  },
  answers: (incident, { key }, context) => {
    const { commander: person } = incident.command;
    if (person === undefined) return [];
    if (key === 'over') return [{ type: 'shift-overrun', person }];
    const { ends } = shiftOf(incident, context.settings);
    const alternate = alternateCommander(incident, context, context.at);
    if (alternate === undefined) return [{ type: 'shift-ending', person, ends }];
    const warned: Event = { type: 'shift-ending', person, ends, alternate };
    const wanted = context.settings.seats.commander?.name ?? '';
    return isOnCall(incident, alternate)
      ? [warned]
      : [
          warned,
          { type: 'seat-required', seat: NEXT_COMMANDER, wanted, chain: [alternate] },
          { type: 'person-paged', seat: NEXT_COMMANDER, person: alternate, reason: 'rotation', attempt: 1, wanted },
        ];
  },
  offers: (incident, { settings }) => {
    const { commander, since, offer } = incident.command;
    const prompts: Prompt[] = [];
    if (offer && commander !== undefined) {
      const facts = { to: { person: offer.to }, from: { person: commander } };
      const base = { facts, since: offer.at, early: true } as const;
      prompts.push({
        ...base,
        key: `accept:${offer.to}:${offer.at}`,
        line: 'accept-hand-over',
        to: offer.to,
        rank: 'safety',
        buttons: [{ command: 'accept-hand-over', primary: true }, { command: 'decline-hand-over' }],
      });
      prompts.push({
        ...base,
        key: `brief:${offer.to}:${offer.at}`,
        line: 'brief-successor',
        to: commander,
        rank: 'people',
        buttons: [{ command: 'decline-hand-over', label: 'take-back', primary: false }],
      });
      return prompts;
    }
    const { warned, overrunAt } = shiftOf(incident, settings);
    if (!warned || since === undefined) return prompts;
    const { alternate } = warned;
    prompts.push({
      key: `shift:${since}`,
      line: overrunAt !== undefined ? 'shift-over' : alternate === undefined ? 'shift-ending-nobody' : 'shift-ending',
      facts: alternate === undefined ? {} : { alternate: { person: alternate } },
      to: commanderOf(incident),
      rank: 'people',
      since: warned.at,
      buttons: [
        { command: 'hand-over', ...(alternate === undefined ? {} : { fields: { to: alternate } }), primary: true },
        { command: 'page' },
      ],
    });
    return prompts;
  },
  pings: (event) => {
    if (event.type === 'hand-over-offered') {
      const facts = { person: { person: event.from } };
      return [{ to: [event.to], line: 'accept-hand-over', facts, fact: `accept:${event.to}:${event.seq}` }];
    }
    if (event.type === 'shift-ending' || event.type === 'shift-overrun') {
      return [{ to: [event.person], line: event.type, facts: {}, fact: 'shift' }];
    }
    return [];
  },
};

/** When the shift ends at the severity of now; what was said of an earlier end, at a worse one, no longer counts. */
function shiftOf({ command, severity }: Incident, { severities, shift }: Settings) {
  const { since = 0, shiftWarned, overrunAt } = command;
  const ends = since + severityRow(severities, severity.severity).shift;
  const warned = shiftWarned && shiftWarned.at >= ends - shift.warn ? shiftWarned : undefined;
  return { ends, warned, overrunAt: warned && (overrunAt ?? 0) >= ends ? overrunAt : undefined };
}
