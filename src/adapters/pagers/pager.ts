/** What is the same for every provider that pages people: what a failure comes to, and when a page ends. */
import type { Effect, Order, World } from '../../core/contract.ts';
import type { Incident } from '../../core/incident.ts';
import type { Answer, Log, Outlet, Store } from '../../core/ports.ts';
import { BATON, type IncidentId, type Person, type SeatId } from '../../core/units.ts';
import type { Sent } from '../../posting/send.ts';

export type PageEffect = Extract<Effect, { readonly type: 'page' }>;
type EndEffect = Extract<Effect, { readonly type: 'end-page' }>;

/** A page on its way to somebody. */
export interface Call {
  readonly effect: PageEffect;
  readonly incident: Incident;
  readonly person: Person;
  readonly whom: Ringing;
  readonly world: World;
  /** The same for all repeats of a page, and for no other page of this house. */
  readonly key: string;
}

/** What is kept of a page that a provider goes on ringing for: enough to find the way it went. Nothing secret. */
export interface Ringing {
  readonly seat: SeatId;
  readonly person: string;
  readonly service?: string;
  readonly answered?: true;
  /** How it was to be ended when that failed. */
  readonly owed?: EndEffect['how'];
}

/** A way to reach people. What it does never rejects: what failed is a value. */
export interface Pager {
  /** Its key under `pagers` in baton.yaml. */
  readonly name: string;
  /** Whether it has a way to that person for that seat. */
  reaches(whom: Ringing): boolean;
  page(call: Call): Promise<Sent>;
  /** Ends what it was told of; absent where a page is one message and no more. */
  end?(key: string, ringing: Ringing, how: EndEffect['how']): Promise<Sent>;
}

export interface Paging {
  readonly world: () => Promise<World>;
  readonly handle: (order: Order) => Promise<Answer>;
  readonly store: Pick<Store, 'remember' | 'recall'>;
  /** Whether a page has come to something meanwhile, or is too old to be sent. */
  readonly isMoot: (page: PageEffect, incident: Incident, world: World) => boolean;
  readonly log: Log;
}

/** Where it is kept which ways of a page have failed. */
const FAILED = 'pager-failed';

/** An outlet for each, so that one that is down or slow holds up none of the others. */
export function pagerOutlets(pagers: readonly Pager[], paging: Paging): Outlet[] {
  return pagers.map((pager) => outletOf(pager, pagers, paging));
}

function outletOf(pager: Pager, pagers: readonly Pager[], paging: Paging): Outlet {
  const { world, store, isMoot, log } = paging;
  // The webhook was there first: what it delivered is kept under this name.
  const name = pager.name === 'webhook' ? 'pager' : `pager-${pager.name}`;
  return {
    name,
    takes: pager.end ? ['page', 'end-page'] : ['page'],
    async deliver(effect, incident) {
      if (effect.type === 'page') await page(effect, incident);
      if (effect.type === 'end-page') await end(effect, incident);
    },
  };

  async function page(effect: PageEffect, incident: Incident): Promise<void> {
    const whom = ringingOf(effect, incident);
    if (!pager.reaches(whom)) return;
    const around = await world();
    const facts = { incident: incident.id, pager: pager.name, person: effect.person, page: effect.id };
    if (isMoot(effect, incident, around)) {
      log.info(facts, 'a page was not wanted any more');
      return;
    }
    const known = around.people[effect.person] ?? { id: effect.person, name: nameIn(incident, effect.person) };
    const paged = incident.seats[effect.seat]?.pages.find(({ person }) => person === effect.person);
    const key = `${incident.id}/${effect.seat}/${effect.person}/${paged?.first ?? effect.at}`;
    // Before it is sent: what may have arrived has to be ended.
    if (pager.end) await replace(incident.id, key, whom);
    const sent = await pager.page({ effect, incident, person: known, whom, world: around, key });
    if (sent.sent) log.info(facts, 'paged');
    else log.warn({ ...facts, reason: sent.reason }, 'a page failed');
    const others = pagers.filter((other) => other !== pager && other.reaches(whom));
    const reasons = await failedWays(effect, incident.id, sent, others);
    if (reasons) await report(effect, incident, reasons.join('; '), paging);
  }

  /** Why each way to them has failed; undefined while there is one that has not. Kept, because a restart may fall between. */
  async function failedWays(effect: PageEffect, id: IncidentId, sent: Sent, others: readonly Pager[]) {
    if (others.length === 0) return sent.sent ? undefined : [sent.reason];
    const keyOf = (one: Pager) => `${effect.id} ${one.name}`;
    if (sent.sent) {
      const own = (await store.recall(id, FAILED))[keyOf(pager)];
      if (own !== undefined) await store.remember(id, FAILED, keyOf(pager), undefined);
      return undefined;
    }
    await store.remember(id, FAILED, keyOf(pager), sent.reason);
    const kept = await store.recall(id, FAILED);
    const reasons = [pager, ...others].map((one) => kept[keyOf(one)]);
    return reasons.every((reason) => reason !== undefined) ? reasons.toSorted() : undefined;
  }

  /** Somebody who is paged anew for a seat is rung anew, and what rings for the page before ends. */
  async function replace(id: IncidentId, key: string, whom: Ringing): Promise<void> {
    const ringing = await ringingIn(id);
    for (const [before, one] of ringing) {
      if (before === key || one.seat !== whom.seat || one.person !== whom.person) continue;
      await tell(id, before, one, 'over');
    }
    const own = ringing.find(([kept]) => kept === key)?.[1];
    // Whoever is paged again is wanted again: what was owed before is not.
    if (!own || own.owed) await store.remember(id, name, key, JSON.stringify({ ...own, ...whom, owed: undefined }));
  }

  async function end({ how, people, seats }: EndEffect, incident: Incident): Promise<void> {
    const all = people === undefined && seats === undefined;
    const ending = (await ringingIn(incident.id)).flatMap(([key, one]) => {
      const isMeant = all || people?.includes(one.person) || seats?.includes(one.seat);
      const least = isMeant ? how : one.owed;
      return least ? [{ key, one, how: one.owed === 'over' ? one.owed : least }] : [];
    });
    const outcomes = await Promise.all(ending.map(({ key, one, how }) => tell(incident.id, key, one, how)));
    const failed = outcomes.find((sent) => !sent.sent && sent.passing);
    // Nothing follows that this could hold up, and nobody else would end it.
    if (failed && !failed.sent && incident.phase === 'closed') throw new Error(`${pager.name}: ${failed.reason}`);
  }

  async function tell(id: IncidentId, key: string, ringing: Ringing, how: EndEffect['how']): Promise<Sent> {
    if (!pager.end || (how === 'answered' && ringing.answered)) return { sent: true };
    const sent = await pager.end(key, ringing, how);
    const keep = (left: Ringing | undefined) => store.remember(id, name, key, left && JSON.stringify(left));
    if (sent.sent) {
      await keep(how === 'over' ? undefined : { ...ringing, answered: true, owed: undefined });
    } else {
      const facts = { incident: id, pager: pager.name, person: ringing.person, how, reason: sent.reason };
      log.warn(facts, 'a page could not be ended; it is tried again with whatever ends next');
      await keep({ ...ringing, owed: how });
    }
    return sent;
  }

  async function ringingIn(id: IncidentId): Promise<readonly (readonly [string, Ringing])[]> {
    return Object.entries(await store.recall(id, name)).map(([key, kept]) => [key, JSON.parse(kept) as Ringing]);
  }
}

/** Gives the commander the number to call (CALL-5). */
export async function report(
  { id, seat, person }: PageEffect,
  incident: Incident,
  reason: string,
  { handle, log }: Pick<Paging, 'handle' | 'log'>,
): Promise<void> {
  const answer = await handle({
    id: `${id}/failed`,
    command: 'report-page',
    incident: incident.id,
    by: BATON,
    fields: { seat, person, reason },
    via: 'pager',
  });
  // Closed meanwhile: nobody has to be reached any more.
  if ('refusal' in answer) log.info({ incident: incident.id, refused: answer.refusal.refused }, 'no report was wanted');
}

export function ringingOf({ seat, person }: PageEffect, { service }: Incident): Ringing {
  return { seat, person, ...(service === undefined ? {} : { service }) };
}

function nameIn(incident: Incident, person: string): string {
  return incident.people[person]?.name ?? person;
}
