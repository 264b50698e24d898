/** Commanders are rotated before they tire, by a hand-over with two sides (ROT-1, ROT-2). */
import { commanderOf, type Policy, type Prompt } from '../contract.ts';
import type { Event } from '../events.ts';
import { isOnCall } from '../quorum.ts';
import { alternateCommander } from '../seasoning.ts';
import { severityRow } from '../severity.ts';

const POLICY = 'rotate-the-commander';
const SEAT = 'next-commander';

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
    const { commander, since, shiftWarned, overrunAt } = incident.command;
    if (commander === undefined || since === undefined) return [];
    const end = since + severityRow(settings.severities, incident.severity.severity).shift;
    const about = `shift:${since}`;
    if (!shiftWarned) return [{ policy: POLICY, key: 'warn', at: end - settings.shift.warn, about }];
    const at = Math.max(end, (overrunAt ?? shiftWarned.at) + settings.shift.every);
    return [{ policy: POLICY, key: 'over', at, about }];
  },
  answers: (incident, { key }, context) => {
    const { commander: person, since = context.at } = incident.command;
    if (person === undefined) return [];
    if (key === 'over') return [{ type: 'shift-overrun', person }];
    const ends = since + severityRow(context.settings.severities, incident.severity.severity).shift;
    const alternate = alternateCommander(incident, context, context.at);
    if (alternate === undefined) return [{ type: 'shift-ending', person, ends }];
    const warned: Event = { type: 'shift-ending', person, ends, alternate };
    const wanted = context.settings.seats.commander?.name ?? '';
    return isOnCall(incident, alternate)
      ? [warned]
      : [
          warned,
          { type: 'seat-required', seat: SEAT, wanted, chain: [alternate] },
          { type: 'person-paged', seat: SEAT, person: alternate, reason: 'rotation', attempt: 1, wanted },
        ];
  },
  offers: (incident) => {
    const { commander, since, shiftWarned, overrunAt, offer } = incident.command;
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
        buttons: [{ command: 'decline-hand-over', label: 'take-back' }],
      });
      return prompts;
    }
    if (!shiftWarned || since === undefined) return prompts;
    const { alternate } = shiftWarned;
    prompts.push({
      key: `shift:${since}`,
      line: overrunAt !== undefined ? 'shift-over' : alternate === undefined ? 'shift-ending-nobody' : 'shift-ending',
      facts: alternate === undefined ? {} : { alternate: { person: alternate } },
      to: commanderOf(incident),
      rank: 'people',
      since: shiftWarned.at,
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
