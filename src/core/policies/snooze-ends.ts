/** A snoozed prompt comes back when its time is over; the snooze is kept in the record. */
import type { Policy } from '../contract.ts';

export const snoozeEnds: Policy = {
  name: 'snooze-ends',
  guide: 'record',
  rules: ['REC-2'],
  during: ['open', 'watching', 'standing-down'],
  wants: (incident) => Object.entries(incident.snoozed).map(([key, at]) => ({ policy: 'snooze-ends', key, at })),
  answers: ({ putOff }, { key }) => [
    { type: 'snooze-ended', prompt: key, ...(key in putOff && { says: putOff[key] }) },
  ],
};
