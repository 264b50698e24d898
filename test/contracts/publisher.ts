/** What every way of publishing confirmed words has to keep, whichever provider it speaks to (ACT-3). */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Publisher, type Publishing, publisherOutlet } from '../../src/adapters/publishers/publisher.ts';
import { commandNamed } from '../../src/core/commands/index.ts';
import type { Order } from '../../src/core/contract.ts';
import type { Wire } from '../../src/posting/send.ts';
import {
  confirmed,
  type House,
  incidentAfter,
  PUBLISH,
  type PublishEffect,
  pagingHouse,
} from '../support/paging-house.ts';
import type { Provider } from '../support/provider.ts';

export interface PublisherAtWork {
  readonly provider: Provider;
  /** One that serves the place `status`. */
  publisher(wire: Wire, around: House['given']): Publisher;
  /** What people can read there, once for each time that it stands there. */
  published(): readonly string[];
}

export interface PublisherUnderTest {
  readonly name: string;
  open(): Promise<PublisherAtWork>;
  readonly secrets: readonly string[];
}

const { text: TEXT } = PUBLISH;

export function publisherContract(under: PublisherUnderTest): void {
  describe(`the publisher ${under.name}`, () => {
    let at: PublisherAtWork;
    let house: House;
    beforeEach(async () => {
      at = await under.open();
      house = pagingHouse();
      at.provider.whenHanging(house.losePatience);
    });
    afterEach(() => at.provider.stop());

    const incident = () => incidentAfter(...confirmed(TEXT));
    const { message: _, ...UPDATE } = PUBLISH;
    /** By an outlet that was opened anew, as after a restart. */
    const deliver = (effect: PublishEffect = PUBLISH, state = incident(), more: Partial<Publishing> = {}) =>
      publisherOutlet(at.publisher(house.wire, house.given), { ...house.given, ...more }).deliver(effect, state);
    const knowsAgain = () => at.publisher(house.wire, house.given).knowsAgain;

    function expectOne(order: Partial<Order>, fields: object) {
      expect(house.orders).toHaveLength(1);
      expect(house.orders[0]).toMatchObject({
        command: 'report-publication',
        incident: 'INC-1',
        by: 'baton',
        ...order,
      });
      expect(house.orders[0]?.fields).toEqual({ message: 1, place: 'status', ...fields });
      expect(Object.keys(commandNamed('report-publication')?.fields ?? {})).toEqual(
        expect.arrayContaining(Object.keys(house.orders[0]?.fields ?? {})),
      );
    }

    test('a confirmed message stands there once, in its own words, and is reported', async () => {
      await deliver();
      expect(at.published()).toEqual([TEXT]);
      const { link, ...fields } = house.orders[0]?.fields ?? {};
      expect(fields).toEqual({ message: 1, place: 'status' });
      if (link !== undefined) expect(link).toMatch(/^https:/);
      expect(house.orders[0]).toMatchObject({ id: 'INC-1/9/0/published', command: 'report-publication' });
    });

    test('killed after it was sent and before that was kept: it stands there once, and nobody is told otherwise', async () => {
      await deliver(PUBLISH, incident(), { handle: () => Promise.reject(new Error('killed')) }).catch(() => {});
      expect(at.published()).toEqual([TEXT]);
      await deliver();
      expect(at.published()).toEqual([TEXT]);
      if (knowsAgain()) expect(house.orders[0]?.id).toBe('INC-1/9/0/published');
      else expectOne({ id: 'INC-1/9/0/failed' }, { reason: expect.stringContaining('look before it is posted') });
    });

    test('an answer that was lost publishes nothing twice', async () => {
      at.provider.fail(...looking(), 'lost');
      await deliver();
      expect(at.published()).toEqual([TEXT]);
      if (knowsAgain()) expect(house.orders[0]?.id).toBe('INC-1/9/0/published');
      else expectOne({ id: 'INC-1/9/0/failed' }, { reason: expect.stringContaining('look before it is posted') });
    });

    test('an answer that never came publishes nothing twice', async () => {
      at.provider.fail(...looking(), 'hangs');
      await deliver();
      expect(at.published()).toHaveLength(knowsAgain() ? 1 : 0);
      expect(house.orders).toHaveLength(1);
    });

    test('an outage of a moment is got over, and a pause that is asked for is kept', async () => {
      at.provider.fail({ status: 503 }, { status: 429, headers: { 'retry-after': '7' } });
      await deliver();
      expect(at.published()).toEqual([TEXT]);
      expect(house.slept).toContain(7_000);
      expect(house.orders[0]?.id).toBe('INC-1/9/0/published');
    });

    test('a try that may have arrived is looked for, however surely the tries after it did not', async () => {
      at.provider.fail(...looking(), 'hangs');
      at.provider.stay({ status: 503 });
      await deliver();
      expectOne({ id: 'INC-1/9/0/failed' }, { reason: expect.stringContaining('look before it is posted') });
    });

    test.each([
      ['refuses', () => at.provider.stay({ status: 403 }), /answered 403$/],
      ['is overloaded for long', () => at.provider.stay({ status: 429, headers: { 'retry-after': '600' } }), /429$/],
      ['is out of order', () => at.provider.stay({ status: 503 }), /answered 503$/],
      ['breaks off', () => at.provider.stay('reset'), /could not be reached/],
      ['does not answer', () => at.provider.stay('hangs'), /did not answer/],
    ] as const)('where it %s the commander is told, to post it by hand', async (_what, break_, reason) => {
      break_();
      await deliver();
      expect(at.published()).toEqual([]);
      expectOne({ id: 'INC-1/9/0/failed' }, { reason: expect.stringMatching(reason.source.replace('$', '')) });
      expect(house.orders[0]?.fields.reason).toContain(at.provider.host);
    });

    test.each([
      ['that stands there', { type: 'message-published', message: 1, place: 'status' }],
      ['that the commander was given to post', { type: 'message-failed', message: 1, place: 'status', reason: 'x' }],
      ['that was taken back', { type: 'message-withdrawn', message: 1 }],
    ] as const)('a message %s is not sent again', async (_what, event) => {
      await deliver(PUBLISH, incidentAfter(...confirmed(TEXT), event));
      expect(at.provider.asked).toEqual([]);
      expect(house.orders).toEqual([]);
    });

    test('what is meant for another place is another publisher’s', async () => {
      await deliver({ ...PUBLISH, place: 'board' });
      expect(at.provider.asked).toEqual([]);
    });

    test('an update goes out and is not reported; one that failed is, because its commander believes it sent', async () => {
      const state = incidentAfter({ type: 'update-sent', text: TEXT });
      await deliver(UPDATE, state);
      expect(at.published()).toEqual([TEXT]);
      expect(house.orders).toEqual([]);
      at.provider.stay({ status: 403 });
      await deliver({ ...UPDATE, id: 'INC-1/12/0' }, state);
      expect(house.orders).toMatchObject([{ command: 'report-publication', id: 'INC-1/12/0/failed' }]);
      expect(house.orders[0]?.fields).toEqual({ place: 'status', reason: `${at.provider.host} answered 403` });
    });

    test('an update that is hours late says what no longer holds: its commander is told instead', async () => {
      const late = { now: () => UPDATE.at + 2 * 3_600_000 };
      const sent = { type: 'update-sent', text: TEXT } as const;
      const only = incidentAfter(sent);
      await deliver({ ...UPDATE, at: only.updates[0]?.at ?? 0 }, only, late);
      expect(house.orders).toMatchObject([{ fields: { reason: expect.stringContaining('within the hour') } }]);
      await deliver(UPDATE, incidentAfter(sent, { ...sent, text: 'All is well.' }), late);
      expect(house.orders).toHaveLength(1);
      expect(at.provider.asked).toEqual([]);
    });

    test('no secret is said to anybody but the provider', async () => {
      at.provider.fail({ status: 403 });
      await deliver();
      await deliver({ ...UPDATE, id: 'INC-1/12/0' });
      const outlet = publisherOutlet(at.publisher(house.wire, house.given), house.given).name;
      const said = JSON.stringify([house.orders, house.logged, await house.given.store.recall('INC-1', outlet)]);
      expect(house.logged.length).toBeGreaterThan(1);
      for (const secret of under.secrets) expect(said).not.toContain(secret);
    });

    /** Requests that only look, before the one that acts. */
    function looking(): 'works'[] {
      return under.name === 'statuspage' ? ['works'] : [];
    }
  });
}
