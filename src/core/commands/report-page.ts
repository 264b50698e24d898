/** A pager could not reach somebody: the commander gets the phone number instead of an error code (CALL-5). */
import { command } from '../contract.ts';
import { LIVING } from './phases.ts';

export const reportPage = command({
  name: 'report-page',
  aliases: [],
  guide: 'call',
  right: 'adapter',
  during: LIVING,
  fields: {
    seat: { type: 'text', required: true },
    person: { type: 'person', required: true },
    reason: { type: 'text', required: true },
  },
  decide: (incident, { seat, person, reason }) => {
    const failed = incident.seats[seat]?.pages.find((page) => page.person === person);
    return failed && failed.failed === undefined && failed.answered === undefined
      ? [{ type: 'page-failed', seat, person, reason }]
      : [];
  },
});
