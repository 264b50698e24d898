/** Says where the call is, when no surface could open one (CALL-1). */
import { command, refuse } from '../contract.ts';
import { LIVING } from './phases.ts';

/** What may stand behind a "join" button: never a script. */
const LINK = /^(https?:\/\/|tel:|sip:|msteams:)\S+$/i;

export const setCall = command({
  name: 'set-call',
  aliases: ['bridge'],
  guide: 'call',
  right: 'anyone',
  during: LIVING,
  fields: { link: { type: 'text', required: true } },
  decide: (incident, { link }) => {
    if (!LINK.test(link)) return refuse('link-wrong', { given: link }, { command: 'set-call' });
    return incident.call?.link === link ? [] : [{ type: 'call-opened', link }];
  },
});
