/** Which surfaces an incident has a room on, where the house routes incidents instead of opening rooms everywhere. */
import type { Incident } from './incident.ts';
import type { Settings } from './settings.ts';

/** Surfaces whose rooms are routed; on all others a room opens with the incident. */
export function isRouted(surface: string, { rooms }: Settings): boolean {
  return rooms.always !== undefined && rooms.surfaces.includes(surface);
}

/** Where the incident belongs now: where it was declared, everywhere that is always, and where severity and service lead. */
export function routedTo({ source, severity, service }: Incident, settings: Settings): readonly string[] {
  const { always = [], severities, services } = settings.rooms;
  const led = [
    source.via,
    ...always,
    ...(severities[severity.severity] ?? []),
    ...(service === undefined ? [] : (services[service] ?? [])),
  ];
  return settings.rooms.surfaces.filter((surface) => led.includes(surface) && isRouted(surface, settings));
}

/** Somebody or something has asked for a room there already, whatever came of it. */
export function isAskedFor({ rooms, roomsFailed, roomsWanted }: Incident, surface: string): boolean {
  return surface in rooms || surface in roomsFailed || roomsWanted.includes(surface);
}
