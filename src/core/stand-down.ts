/** Waking from a stand-down: the named people are called back (ROT-4). */
import type { Event } from './events.ts';
import type { Incident } from './incident.ts';

export function wakeUp(incident: Incident, early: boolean): Event[] {
  const people = incident.standDown?.people ?? [];
  return [
    { type: 'stood-up', early },
    ...people.flatMap((person): Event[] => [
      { type: 'seat-required', seat: `back-${person}`, wanted: '', chain: [person] },
      { type: 'person-paged', seat: `back-${person}`, person, reason: 'call-back', attempt: 1, wanted: '' },
    ]),
  ];
}
