/** What is the same wherever confirmed words are published: once each, and the commander hears what did not go out (ACT-3). */
import type { Words } from '../../cards/words/words.ts';
import type { Effect, Order, World } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import type { Answer, Log, Outlet, Store } from '../../core/ports.ts';
import { BATON, type Duration, type Instant } from '../../core/units.ts';
import type { Done, Failed, Sent } from '../../posting/send.ts';
import { houseWords } from '../../posting/words.ts';

type PublishEffect = Extract<Effect, { readonly type: 'publish' }>;

/** Words on their way to a place. */
export interface Publication {
  readonly effect: PublishEffect;
  readonly incident: Incident;
  readonly world: World;
}

/** `link`: where the words can be read. */
export type Published = (Done & { readonly link?: string }) | Failed;

/** A way to a place where people read. What it does never rejects: what failed is a value. */
export interface Publisher {
  /** Its key under `publishers` in baton.yaml. */
  readonly name: string;
  serves(place: string): boolean;
  /** The same publication sent again is published once. Where not, none is ever sent again that may have arrived. */
  readonly knowsAgain: boolean;
  publish(publication: Publication): Promise<Published>;
  /** Ends what stands there about a closed incident, unless it goes on in the one that it was merged into. */
  end?(incident: Incident): Promise<Sent>;
}

export interface Publishing {
  readonly world: () => Promise<World>;
  readonly handle: (order: Order) => Promise<Answer>;
  readonly store: Pick<Store, 'remember' | 'recall'>;
  readonly now: () => Instant;
  readonly log: Log;
}

/** An update that has waited for longer says what no longer holds: Baton was away, or this publisher was set up since. */
const LATE: Duration = 3_600_000;

/** The name of an outlet, under which is kept how far it came; the webhook was there first. */
export function publisherName(name: string): string {
  return name === 'webhook' ? 'publisher' : `publisher-${name}`;
}

export function publisherOutlet(publisher: Publisher, { world, handle, store, now, log }: Publishing): Outlet {
  const name = publisherName(publisher.name);
  return {
    name,
    takes: publisher.end ? ['publish', 'end-publication'] : ['publish'],
    async deliver(effect, incident) {
      if (effect.type === 'publish') await publish(effect, incident);
      if (effect.type === 'end-publication') await end(incident);
    },
  };

  async function publish(effect: PublishEffect, incident: Incident): Promise<void> {
    const { place, message } = effect;
    if (!publisher.serves(place) || isMoot(effect, incident)) return;
    const around = await world();
    const words = houseWords(around, incident);
    const isLate = message === undefined && now() - effect.at > LATE;
    if (isLate && (incident.phase === 'closed' || incident.updates.some(({ at }) => at > effect.at))) return;
    const outcome: Published = isLate
      ? { sent: false, reason: words.t('publisher.late'), unclear: false, passing: false }
      : await sent({ effect, incident, world: around }, words);
    const facts = { incident: incident.id, publisher: publisher.name, place };
    if (outcome.sent) log.info(facts, 'published');
    else log.warn({ ...facts, reason: outcome.reason }, 'nothing was published');
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
        ...(outcome.sent
          ? outcome.link !== undefined && { link: outcome.link }
          : { reason: outcome.unclear ? words.t('publisher.unclear', { reason: outcome.reason }) : outcome.reason }),
      },
      via: 'publisher',
    });
  }

  async function sent(publication: Publication, words: Words): Promise<Published> {
    if (publisher.knowsAgain) return publisher.publish(publication);
    const { effect, incident } = publication;
    // Noted before it is sent: whoever finds the note knows that it may have arrived, and asks people to look.
    if (Object.hasOwn(await store.recall(incident.id, name), effect.id)) {
      return { sent: false, reason: words.t('publisher.cut-off'), unclear: true, passing: false };
    }
    await store.remember(incident.id, name, effect.id, 'sent');
    return publisher.publish(publication);
  }

  async function end(incident: Incident): Promise<void> {
    const outcome = await publisher.end?.(incident);
    if (!outcome || outcome.sent) return;
    log.warn({ incident: incident.id, publisher: publisher.name, reason: outcome.reason }, 'could not be ended');
    // Nobody else would end it; only words that are confirmed after the close wait for this.
    if (outcome.passing) throw new Error(`${publisher.name}: ${outcome.reason}`);
  }
}

/** Something has come of it already, or it is no longer to go out. */
function isMoot({ place, message }: PublishEffect, { messages }: Incident): boolean {
  if (message === undefined) return false;
  const known = messages.find(({ id }) => id === message);
  // What failed was given to the commander, who may have posted it by now.
  return known?.status !== 'confirmed' || [...known.published, ...known.failed].some((one) => one.place === place);
}
