/** Says which service is at fault: its seats join the quorum and are paged at once (CALL-3). */
import { command } from '../contract.ts';
import { LIVING } from './phases.ts';

export const nameService = command({
  name: 'name-service',
  aliases: ['service'],
  guide: 'call',
  right: 'anyone',
  during: LIVING,
  fields: { service: { type: 'service', required: true } },
  decide: (incident, { service }, { closed }) => {
    if (service === incident.service) return [];
    const { resembles, declared } = incident;
    const earlier = closed.find((one) => one.service === service && one.at <= declared.at);
    return [
      {
        type: 'service-named',
        service,
        ...(resembles === undefined && earlier ? { resembles: earlier.id } : {}),
      },
    ];
  },
});
