/** Publishes confirmed words through a webhook; where that fails the commander is told, and posts them by hand. */
import type { Effect, Order, World } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import type { Answer, Log, Outlet } from '../../core/ports.ts';
import { BATON } from '../../core/units.ts';
import { incidentFacts } from '../../posting/incident-facts.ts';
import type { Sent, Wire } from '../../posting/send.ts';
import { sendSigned, type Target } from '../../posting/signed.ts';

export interface PublisherOptions {
  /** Absent: nothing is published, and the core has people post by hand. */
  readonly target?: Target | undefined;
  /** How people reach Baton from outside. */
  readonly publicUrl?: string | undefined;
  readonly world: () => Promise<World>;
  readonly handle: (order: Order) => Promise<Answer>;
  readonly log: Log;
  readonly wire?: Wire;
}

type Publication = Extract<Effect, { readonly type: 'publish' }>;

export function webhookPublisher({ target, publicUrl, world, handle, log, wire }: PublisherOptions): Outlet {
  return {
    name: 'publisher',
    takes: ['publish'],
    async deliver(effect, incident) {
      if (effect.type !== 'publish' || !target) return;
      const outcome = await publish(target, effect, incident);
      const { place, message } = effect;
      if (!outcome.sent) log.warn({ incident: incident.id, place, reason: outcome.reason }, 'nothing was published');
      // An update that is no customer message is kept as it was sent; only that it did not arrive is worth a report.
      if (message === undefined && outcome.sent) return;
      await handle({
        id: `${effect.id}/${outcome.sent ? 'published' : 'failed'}`,
        command: 'report-publication',
        incident: incident.id,
        by: BATON,
        fields: {
          ...(message === undefined ? {} : { message }),
          place,
          ...(outcome.sent ? linkIn(outcome.answer) : { reason: outcome.reason }),
        },
        via: 'publisher',
      });
    },
  };

  async function publish(to: Target, effect: Publication, incident: Incident): Promise<Sent> {
    const { id, at, place, text, message } = effect;
    const { name, audience } = (await world()).settings.places[place] ?? {};
    const content = {
      type: 'publication',
      id,
      at: new Date(at).toISOString(),
      place: { id: place, name: name ?? place, audience: audience ?? null },
      message: message ?? null,
      text,
      incident: incidentFacts(incident, publicUrl),
    };
    return sendSigned(to, id, content, wire);
  }
}

/** The receiver may answer `{"link": "https://…"}`: where the words can be read. */
function linkIn(answer: unknown): { link?: string } {
  const link = typeof answer === 'object' && answer && 'link' in answer ? answer.link : undefined;
  return typeof link === 'string' && /^https?:$/.test(URL.parse(link)?.protocol ?? '') ? { link } : {};
}
