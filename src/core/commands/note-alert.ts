/** An alert fires or recovers: evidence for the record, never a decision by itself (CALL-2). */
import { command, LONGEST_TITLE } from '../contract.ts';
import { EVER } from './phases.ts';

export const noteAlert = command({
  name: 'note-alert',
  aliases: [],
  guide: 'call',
  right: 'adapter',
  during: EVER,
  fields: {
    fingerprint: { type: 'text', max: 200, required: true },
    name: { type: 'text', max: LONGEST_TITLE, required: true },
    status: { type: 'choice', choices: ['firing', 'resolved'], words: 'alert', required: true },
    source: { type: 'text', max: 100, required: true },
    /** Milliseconds since 1970 UTC, as the source says. */
    startedAt: { type: 'number' },
    endedAt: { type: 'number' },
    link: { type: 'text' },
    text: { type: 'text', long: true },
    /** How many came together, on the first of them; the others are `along`. The room hears of them in one line. */
    among: { type: 'number' },
    along: { type: 'yes' },
  },
  decide: (incident, { fingerprint, name, status, source, startedAt, endedAt, link, text, among, along }) => {
    // A source repeats itself for as long as an alert fires: that is no news.
    if (incident.alerts[fingerprint]?.status === status) return [];
    return [
      {
        type: 'alert-noted',
        fingerprint,
        name,
        status,
        source,
        ...(startedAt === undefined ? {} : { startedAt }),
        ...(endedAt === undefined ? {} : { endedAt }),
        ...(link === undefined ? {} : { link }),
        ...(text === undefined ? {} : { text }),
        ...(among === undefined ? {} : { among }),
        ...(along ? { along } : {}),
      },
    ];
  },
});
