/** Pages people through a webhook; where that fails the commander is told, with the number to call. */

import type { Effect, Order, World } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import type { Answer, Log, Outlet } from '../../core/ports.ts';
import { BATON } from '../../core/units.ts';
import { incidentFacts } from './incident-facts.ts';
import { send, type Target, type Wire } from './send.ts';

export interface PagerOptions {
  readonly target: Target;
  /** How people reach Baton from outside. */
  readonly publicUrl?: string | undefined;
  readonly world: () => Promise<World>;
  readonly handle: (order: Order) => Promise<Answer>;
  readonly log: Log;
  readonly wire?: Wire;
}

type Page = Extract<Effect, { readonly type: 'page' }>;

export function webhookPager({ target, publicUrl, world, handle, log, wire }: PagerOptions): Outlet {
  return {
    name: 'pager',
    takes: ['page'],
    async deliver(effect, incident) {
      if (effect.type !== 'page' || isMoot(effect, incident)) return;
      const outcome = await send(target, effect.id, await content(effect, incident), wire);
      if (outcome.sent) {
        log.info({ incident: incident.id, person: effect.person, page: effect.id }, 'paged');
        return;
      }
      log.warn({ incident: incident.id, person: effect.person, reason: outcome.reason }, 'a page failed');
      const answer = await handle({
        id: `${effect.id}/failed`,
        command: 'report-page',
        incident: incident.id,
        by: BATON,
        fields: { seat: effect.seat, person: effect.person, reason: outcome.reason },
        via: 'pager',
      });
      // Closed meanwhile: nobody has to be reached any more.
      if ('refusal' in answer)
        log.info({ incident: incident.id, refused: answer.refusal.refused }, 'no report was wanted');
    },
  };

  async function content({ id, at, seat, person, wanted, attempt }: Page, incident: Incident) {
    const { phone, email, zone, language, ids, name } = (await world()).people[person] ?? {};
    return {
      type: 'page',
      id,
      at: new Date(at).toISOString(),
      attempt,
      seat,
      wanted,
      person: {
        id: person,
        name: name ?? incident.people[person]?.name ?? person,
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
}

/** Baton was away for a while: nobody is woken for what is closed, what they have answered, or what is asked anew. */
function isMoot({ seat, person, attempt, at }: Page, incident: Incident): boolean {
  const page = incident.seats[seat]?.pages.find((one) => one.person === person);
  return incident.phase === 'closed' || (page?.answered ?? 0) >= at || (page?.attempts ?? 0) > attempt;
}
