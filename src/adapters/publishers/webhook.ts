/** Publishes through a webhook of the operator's own. */
import { incidentFacts } from '../../posting/incident-facts.ts';
import type { Wire } from '../../posting/send.ts';
import { sendSigned, type Target } from '../../posting/signed.ts';
import type { Publication, Published, Publisher } from './publisher.ts';

/**
 * @param target absent: nothing is published, and the core has people post by hand
 * @param serves the places that no other publisher has
 * @param publicUrl how people reach Baton from outside
 */
export function webhookPublisher(
  target: Target | undefined,
  serves: (place: string) => boolean,
  publicUrl: string | undefined,
  wire?: Wire,
): Publisher {
  return {
    name: 'webhook',
    serves: (place) => target !== undefined && serves(place),
    knowsAgain: true,
    async publish(publication): Promise<Published> {
      if (!target) return { sent: true };
      const sent = await sendSigned(target, publication.effect.id, content(publication, publicUrl), wire);
      return sent.sent ? { ...sent, ...linkIn(sent.answer) } : sent;
    },
  };
}

function content({ effect, incident, world }: Publication, publicUrl: string | undefined) {
  const { id, at, place, text, message } = effect;
  const { name, audience } = world.settings.places[place] ?? {};
  return {
    type: 'publication',
    id,
    at: new Date(at).toISOString(),
    place: { id: place, name: name ?? place, audience: audience ?? null },
    message: message ?? null,
    text,
    incident: incidentFacts(incident, publicUrl),
  };
}

/** The receiver may answer `{"link": "https://…"}`: where the words can be read. */
function linkIn(answer: unknown): { link?: string } {
  const link = typeof answer === 'object' && answer && 'link' in answer ? answer.link : undefined;
  return typeof link === 'string' && /^https?:$/.test(URL.parse(link)?.protocol ?? '') ? { link } : {};
}
