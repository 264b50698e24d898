/** Questions about what the record holds that policies and cards ask alike. */
import type { Incident } from './incident.ts';

/** What a postmortem will look for (WAT-2). */
export const WANTED = ['note', 'action', 'screenshot', 'log', 'link'] as const;

/** The kinds of evidence of which there is none yet. */
export function missingEvidence(incident: Incident): (typeof WANTED)[number][] {
  return WANTED.filter((kind) => !incident.evidence.some((one) => one.kind === kind));
}
