/** What every webhook tells of its incident, and where people look at it. */
import type { Incident } from '../core/incident.ts';

export function incidentFacts(incident: Incident, publicUrl: string | undefined) {
  return {
    id: incident.id,
    title: incident.title,
    severity: incident.severity.severity,
    phase: incident.phase,
    service: incident.service ?? null,
    drill: incident.drill,
    url: incidentLink(incident, publicUrl) ?? null,
  };
}

/** @returns undefined where people outside this machine have no way to Baton */
export function incidentLink({ id }: Incident, publicUrl: string | undefined): string | undefined {
  return publicUrl === undefined ? undefined : `${publicUrl}/#/${id}`;
}
