/** What every request tells of its incident. */
import type { Incident } from '../../core/incident.ts';

export function incidentFacts(incident: Incident, publicUrl: string | undefined) {
  return {
    id: incident.id,
    title: incident.title,
    severity: incident.severity.severity,
    phase: incident.phase,
    service: incident.service ?? null,
    drill: incident.drill,
    url: publicUrl === undefined ? null : `${publicUrl}/#/${incident.id}`,
  };
}
