/** Stands the incident down until a time: no prompts, no rounds, and the named people called back then (ROT-4). */
import { command, refuse } from '../contract.ts';
import { onCall } from '../quorum.ts';
import { rank, severityRow } from '../severity.ts';
import { OPEN } from './phases.ts';

export const standDown = command({
  name: 'stand-down',
  aliases: ['sleep'],
  guide: 'rotation',
  right: 'commander',
  during: OPEN,
  fields: {
    until: { type: 'moment', required: true },
    /** Called back then; default: everybody on the call and the commander. */
    people: { type: 'people' },
    /** What it is until then; default: the next milder one. */
    severity: { type: 'severity' },
  },
  about: () => ['severity'],
  decide: (incident, { until, people, severity }, context) => {
    const { severities } = context.settings;
    const present = severityRow(severities, incident.severity.severity);
    // The mildest severity waits for the morning by itself; the worst never does.
    const place = severities.indexOf(present);
    const milder = severities[place + 1]?.id ?? present.id;
    const wanted = severity ?? milder;
    if ((place === 0 && severities.length > 1) || rank(severities, wanted) < rank(severities, milder)) {
      const awake = place === 0 ? present.id : wanted;
      return refuse('no-stand-down', { severity: { severity: awake } }, { command: 'set-severity' });
    }
    return [
      {
        type: 'stood-down',
        until,
        people: people ?? [...new Set([context.by, ...onCall(incident)])],
        severity: wanted,
      },
    ];
  },
});
