/** What every way of paging people has to keep, whichever provider it speaks to (CALL-5). */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type PageEffect, type Pager, pagerOutlets } from '../../src/adapters/pagers/pager.ts';
import { commandNamed } from '../../src/core/commands/index.ts';
import type { Outlet } from '../../src/core/ports.ts';
import type { Wire } from '../../src/posting/send.ts';
import { CALL, type House, incidentAfter, PAGE, paged, pagingHouse, SEAT } from '../support/paging-house.ts';
import type { Provider } from '../support/provider.ts';

export interface PagerAtWork {
  readonly provider: Provider;
  /** How people reach Baton, for the links that a page carries. */
  pager(wire: Wire, publicUrl: string): Pager;
  /** What somebody was woken with, one text each time. */
  woken(): readonly string[];
}

export interface PagerUnderTest {
  readonly name: string;
  open(): Promise<PagerAtWork>;
  /** Keys and tokens that nobody may read anywhere. */
  readonly secrets: readonly string[];
  /** The same page sent again wakes nobody again. */
  readonly knowsAgain: boolean;
  /** A refusal that no further try would change. */
  readonly refusal: number;
}

export function pagerContract(under: PagerUnderTest): void {
  describe(`the pager ${under.name}`, () => {
    let at: PagerAtWork;
    let house: House;
    let outlet: Outlet;
    beforeEach(async () => {
      at = await under.open();
      house = pagingHouse();
      at.provider.whenHanging(house.losePatience);
      outlet = opened();
    });
    afterEach(() => at.provider.stop());

    const opened = () => {
      const [only] = pagerOutlets([at.pager(house.wire, 'https://baton.example.com')], house.given);
      if (!only) throw new Error('no outlet');
      return only;
    };
    const incident = () => incidentAfter(CALL, SEAT, paged(1));
    const deliver = (effect: PageEffect = PAGE, state = incident()) => outlet.deliver(effect, state);
    const once = under.knowsAgain ? 1 : 2;

    test('wakes somebody once, and says who is wanted, for what, and where', async () => {
      await deliver();
      expect(at.woken()).toHaveLength(1);
      const [text = ''] = at.woken();
      for (const part of ['Anna Example', 'Payments on-call', 'INC-1', 'Checkout fails']) expect(text).toContain(part);
      const { body = '' } = at.provider.asked[0] ?? {};
      expect(body).toContain('https://baton.example.com/#/INC-1');
      expect(body).toContain('https://meet.example.com/1');
      expect(house.orders).toEqual([]);
    });

    test('somebody who was paged before their seat was asked for anew is woken', async () => {
      await deliver(PAGE, incidentAfter(CALL, SEAT, paged(1), SEAT));
      expect(at.woken()).toHaveLength(1);
    });

    test('an outage of a moment is got over', async () => {
      at.provider.fail({ status: 503 }, 'reset');
      await deliver();
      expect(at.woken()).toHaveLength(1);
      expect(house.orders).toEqual([]);
      expect(house.slept).toHaveLength(2);
    });

    test('waits as long as it is asked to', async () => {
      at.provider.fail({ status: 429, headers: { 'retry-after': '7' } });
      await deliver();
      expect(at.woken()).toHaveLength(1);
      expect(house.slept).toEqual([7_000]);
    });

    test('a page whose answer was lost is sent again: rather twice than not at all', async () => {
      at.provider.fail('lost');
      await deliver();
      expect(at.woken()).toHaveLength(once);
      expect(house.orders).toEqual([]);
    });

    test('a page that was sent when Baton died goes out again, and is the same page', async () => {
      await deliver();
      outlet = opened();
      await deliver();
      expect(at.woken()).toHaveLength(once);
    });

    test.each([
      ['refuses', () => at.provider.stay({ status: under.refusal }), /answered \d{3}$/, 1],
      ['is out of order', () => at.provider.stay({ status: 500 }), /answered 500$/, 3],
      ['breaks off', () => at.provider.stay('reset'), /could not be reached/, 3],
      ['does not answer', () => at.provider.stay('hangs'), /did not answer/, 3],
      ['is overloaded for long', () => at.provider.stay({ status: 429, headers: { 'retry-after': '600' } }), /429$/, 1],
    ] as const)('where it %s the commander is told in time', async (_what, break_, reason, tries) => {
      break_();
      await deliver();
      expect(at.woken()).toEqual([]);
      expect(at.provider.asked).toHaveLength(tries);
      expect(house.orders).toMatchObject([
        { id: 'INC-1/4/0/failed', command: 'report-page', incident: 'INC-1', by: 'baton', via: 'pager' },
      ]);
      const { fields = {} } = house.orders[0] ?? {};
      expect(fields).toEqual({ seat: 'payments', person: 'anna', reason: expect.stringMatching(reason) });
      expect(fields.reason).toContain(at.provider.host);
      expect(Object.keys(commandNamed('report-page')?.fields ?? {})).toEqual(
        expect.arrayContaining(Object.keys(fields)),
      );
    });

    test('a failure that cannot be kept is tried again later', async () => {
      at.provider.stay({ status: 500 });
      const [full] = pagerOutlets([at.pager(house.wire, '')], {
        ...house.given,
        handle: () => Promise.reject(new Error('the disk is full')),
      });
      await expect(full?.deliver(PAGE, incident())).rejects.toThrow('the disk is full');
    });

    test.each([
      [
        'for what is closed',
        () => incidentAfter(SEAT, paged(1), { type: 'incident-closed', early: true, reason: 'x' }),
      ],
      ['that was answered', () => incidentAfter(CALL, SEAT, paged(1), { type: 'page-answered', person: 'anna' })],
      ['that has been repeated since', () => incidentAfter(SEAT, paged(1), paged(2, 'repeat'))],
    ])('a page %s wakes nobody when it comes late', async (_what, state) => {
      await deliver(PAGE, state());
      expect(at.provider.asked).toEqual([]);
      expect(house.orders).toEqual([]);
    });

    test('no secret is said to anybody but the provider', async () => {
      at.provider.fail({ status: 503 }, 'works', { status: under.refusal });
      await deliver();
      const again = { ...PAGE, id: 'INC-1/5/0', at: PAGE.at + 1_000, attempt: 2 };
      await deliver(again, incidentAfter(CALL, SEAT, paged(1), paged(2, 'repeat')));
      expect(house.orders).toHaveLength(1);
      const said = JSON.stringify([house.orders, house.logged, await house.given.store.recall('INC-1', outlet.name)]);
      for (const secret of under.secrets) expect(said).not.toContain(secret);
      for (const secret of under.secrets)
        expect(at.provider.asked.map(({ path }) => path).join()).not.toContain(secret);
    });

    test('a title and a wish as long as people can make them still go out', async () => {
      const long = 'ÄÖ🚒 '.repeat(400);
      const state = incidentAfter({ type: 'incident-renamed', title: long }, SEAT, paged(1));
      await deliver({ ...PAGE, wanted: long }, state);
      expect(at.woken()).toHaveLength(1);
      expect(house.orders).toEqual([]);
    });
  });
}
