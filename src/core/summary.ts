/** What lists and look-ups are told of an incident, kept beside its events. */
import type { Incident } from './incident.ts';
import { namedIn } from './one-person.ts';
import type { Summary } from './ports.ts';

/** What lists show of an incident. */
export function summaryOf(incident: Incident): Summary {
  const resting = Object.values(incident.people).flatMap(({ id, restsUntil }) =>
    restsUntil === undefined ? [] : [[id, restsUntil] as const],
  );
  return {
    title: incident.title,
    phase: incident.phase,
    severity: incident.severity.severity,
    declaredAt: incident.declared.at,
    drill: incident.drill,
    commanders: [...new Set(incident.command.shifts.map(({ person }) => person))],
    resting: Object.fromEntries(resting),
    ...(incident.closedAt === undefined ? {} : { closedAt: incident.closedAt }),
    ...(incident.service === undefined ? {} : { service: incident.service }),
    ...(incident.key === undefined ? {} : { key: incident.key }),
    ...(incident.call === undefined ? {} : { call: incident.call.link }),
    ...(incident.phase === 'closed' ? {} : { named: namedIn(incident) }),
    ...(incident.command.commander === undefined ? {} : { commander: incident.command.commander }),
  };
}
