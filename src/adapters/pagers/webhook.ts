/** Pages anybody through a webhook of the operator's own. */
import { incidentFacts } from '../../posting/incident-facts.ts';
import type { Wire } from '../../posting/send.ts';
import { sendSigned, type Target } from '../../posting/signed.ts';
import type { Call, Pager } from './pager.ts';

/** @param publicUrl how people reach Baton from outside */
export function webhookPager(target: Target, publicUrl: string | undefined, wire?: Wire): Pager {
  return {
    name: 'webhook',
    reaches: () => true,
    page: (call) => sendSigned(target, call.effect.id, content(call, publicUrl), wire),
  };
}

function content({ effect, incident, person }: Call, publicUrl: string | undefined) {
  const { id, at, seat, wanted, attempt } = effect;
  const { name, phone, email, zone, language, ids } = person;
  return {
    type: 'page',
    id,
    at: new Date(at).toISOString(),
    attempt,
    seat,
    wanted,
    person: {
      id: effect.person,
      name,
      phone: phone ?? null,
      email: email ?? null,
      zone: zone ?? null,
      language: language ?? null,
      ids: ids ?? {},
    },
    incident: incidentFacts(incident, publicUrl),
    call: incident.call?.link ?? null,
  };
}
