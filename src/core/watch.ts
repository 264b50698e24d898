/** Questions about the watch after the fix that commands and policies ask alike (WAT-1, WAT-3). */
import type { Incident, Watch } from './incident.ts';

/** Key of the prompt that asks whether it is back. */
export function suspicionKey({ at }: NonNullable<Watch['suspicion']>): string {
  return `suspicion:${at}`;
}

/** Nobody has said yet whether an alert that fired again means that it is back, and not all that fired have recovered. */
export function inQuestion({ watch, dismissed, alerts }: Incident): Watch['suspicion'] {
  const suspicion = watch?.suspicion;
  if (!suspicion || dismissed.includes(suspicionKey(suspicion))) return undefined;
  const fires = Object.values(alerts).some(({ status, at }) => status === 'firing' && at >= suspicion.at);
  return fires ? suspicion : undefined;
}

/** The watch has run out without recurrence. */
export function hasHeld(incident: Incident): boolean {
  return incident.phase === 'watching' && incident.watch?.passed === true && !inQuestion(incident);
}
