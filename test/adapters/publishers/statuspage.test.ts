// A Statuspage has one incident for each of Baton's: found again by its reference, updated, and resolved.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { publisherOutlet } from '../../../src/adapters/publishers/publisher.ts';
import { statuspage } from '../../../src/adapters/publishers/statuspage.ts';
import type { Effect } from '../../../src/core/contract.ts';
import type { Event } from '../../../src/core/events.ts';
import { publisherContract } from '../../contracts/publisher.ts';
import { confirmed, type House, incidentAfter, PUBLISH, pagingHouse } from '../../support/paging-house.ts';
import { type StatuspageDouble, startStatuspage } from '../../support/statuspage-double.ts';

const KEY = 'key-of-a-user';
const OPTIONS = { page: 'p4g3', key: KEY, place: 'status', components: {} };

publisherContract({
  name: 'statuspage',
  secrets: [KEY],
  async open() {
    const provider = await startStatuspage(KEY);
    return {
      provider,
      publisher: (wire, around) => statuspage({ ...OPTIONS, url: provider.url }, around, wire),
      published: () => provider.incidents.flatMap(({ updates }) => updates.map(({ body }) => body)),
    };
  },
});

let double: StatuspageDouble;
let house: House;
beforeEach(async () => {
  double = await startStatuspage(KEY);
  house = pagingHouse();
});
afterEach(() => double.stop());

const FIRST = 'Payments are slow. We are on it.';
const SECOND = 'Payments work again.';
const WATCHING: Event = { type: 'incident-mitigated', until: 0, stays: [], released: [] };
const CLOSED: Event = { type: 'incident-closed', early: false };
const PUBLISHED: Event = { type: 'message-published', message: 1, place: 'status' };
const END: Effect = { id: 'INC-1/20/end-publication', seq: 20, at: PUBLISH.at, type: 'end-publication' };

const outlet = (components: Record<string, string[]> = {}) =>
  publisherOutlet(statuspage({ ...OPTIONS, url: double.url, components }, house.given, house.wire), house.given);
const second = { ...PUBLISH, id: 'INC-1/15/0', text: SECOND, message: 2 };

test('it is opened with the first words, followed by the next, and its page is linked', async () => {
  await outlet().deliver(PUBLISH, incidentAfter(...confirmed(FIRST)));
  await outlet().deliver(second, incidentAfter(...confirmed(FIRST), PUBLISHED, ...confirmed(SECOND, 2), WATCHING));
  expect(double.incidents).toHaveLength(1);
  expect(double.incidents[0]).toMatchObject({ name: 'Payments are slow.', status: 'monitoring' });
  expect(double.incidents[0]?.updates).toMatchObject([
    { status: 'investigating', body: FIRST },
    { status: 'monitoring', body: SECOND },
  ]);
  expect(house.orders.map(({ fields }) => fields.link)).toEqual(['https://stspg.io/1', 'https://stspg.io/1']);
});

test('nothing but confirmed words goes out: not the title that people on the call gave it', async () => {
  await outlet().deliver(PUBLISH, incidentAfter(...confirmed(FIRST)));
  expect(double.asked.map(({ body }) => body).join()).not.toContain('Checkout fails');
});

test('what is forgotten here is found there, among those of another house', async () => {
  await outlet().deliver(PUBLISH, incidentAfter(...confirmed(FIRST)));
  const elsewhere = incidentAfter(...confirmed(FIRST));
  const other = { ...elsewhere, declared: { ...elsewhere.declared, at: 1 } };
  house = pagingHouse();
  await outlet().deliver({ ...PUBLISH, id: 'INC-1/10/0' }, other);
  house = pagingHouse();
  await outlet().deliver(second, incidentAfter(...confirmed(FIRST), PUBLISHED, ...confirmed(SECOND, 2)));
  expect(double.incidents.map(({ updates }) => updates.length)).toEqual([2, 1]);
});

test('what was removed there by hand is opened anew', async () => {
  await outlet().deliver(PUBLISH, incidentAfter(...confirmed(FIRST)));
  (double.incidents as unknown[]).length = 0;
  await outlet().deliver(second, incidentAfter(...confirmed(FIRST), PUBLISHED, ...confirmed(SECOND, 2)));
  expect(double.incidents[0]?.updates).toMatchObject([{ body: SECOND }]);
});

test('whoever says there that the cause is known is not contradicted', async () => {
  await outlet().deliver(PUBLISH, incidentAfter(...confirmed(FIRST)));
  Object.assign(double.incidents[0] ?? {}, { status: 'identified' });
  await outlet().deliver(second, incidentAfter(...confirmed(FIRST), PUBLISHED, ...confirmed(SECOND, 2)));
  expect(double.incidents[0]?.status).toBe('identified');
});

test('a key makes one request a second, over all incidents', async () => {
  let now = 0;
  double.clock = () => now;
  const sleep = async (lasting: number) => {
    now += lasting;
  };
  const wire = { ...house.wire, steady: () => now, sleep };
  const page = publisherOutlet(statuspage({ ...OPTIONS, url: double.url }, house.given, wire), house.given);
  for (const [n, id] of ['INC-1', 'INC-2', 'INC-3'].entries()) {
    await page.deliver({ ...PUBLISH, id: `${id}/9/0` }, { ...incidentAfter(...confirmed(FIRST)), id, version: n });
  }
  expect(double.incidents).toHaveLength(3);
  expect(double.asked).toHaveLength(6);
});

test('a clock that is set back holds no request up', async () => {
  const clock = [1_000_000, 0];
  const wire = { ...house.wire, now: () => clock.shift() ?? 0, steady: () => 0 };
  const page = publisherOutlet(statuspage({ ...OPTIONS, url: double.url }, house.given, wire), house.given);
  await page.deliver(PUBLISH, incidentAfter(...confirmed(FIRST)));
  expect(house.slept).toEqual([1_050]);
});

describe('components', () => {
  test('are as hit as the incident is severe, and work again once it is over', async () => {
    const page = outlet({ payments: ['cmp1', 'cmp2'], mail: ['cmp3'] });
    await page.deliver(PUBLISH, incidentAfter(...confirmed(FIRST)));
    expect(double.components).toEqual({ cmp1: 'major_outage', cmp2: 'major_outage' });
    await page.deliver(END, incidentAfter(...confirmed(FIRST), PUBLISHED, CLOSED));
    expect(double.components).toEqual({ cmp1: 'operational', cmp2: 'operational' });
  });
});

describe('when the incident is closed', () => {
  const closed = () => incidentAfter(...confirmed(FIRST), PUBLISHED, CLOSED);

  test('it is resolved, and nobody is sent words that nobody confirmed', async () => {
    await outlet().deliver(PUBLISH, incidentAfter(...confirmed(FIRST)));
    await outlet().deliver(END, closed());
    await outlet().deliver(END, closed());
    expect(double.incidents[0]?.status).toBe('resolved');
    expect(double.incidents[0]?.updates.slice(1)).toEqual([{ status: 'resolved', body: '', notified: false }]);
  });

  test('what may have arrived is resolved, too', async () => {
    double.fail('works', 'lost', 'reset', 'reset');
    await outlet().deliver(PUBLISH, incidentAfter(...confirmed(FIRST)));
    expect(house.orders).toMatchObject([{ fields: { reason: expect.stringContaining('look before') } }]);
    const failed: Event = { type: 'message-failed', message: 1, place: 'status', reason: 'x' };
    await outlet().deliver(END, incidentAfter(...confirmed(FIRST), failed, CLOSED));
    expect(double.incidents[0]?.status).toBe('resolved');
  });

  test('where nothing was published nobody is asked', async () => {
    await outlet().deliver(END, incidentAfter(CLOSED));
    expect(double.asked).toEqual([]);
  });

  test('what cannot be resolved now is tried until it can; a refusal is final', async () => {
    await outlet().deliver(PUBLISH, incidentAfter(...confirmed(FIRST)));
    double.stay('reset');
    await expect(outlet().deliver(END, closed())).rejects.toThrow(/statuspage: .* could not be reached/);
    double.stay({ status: 403 });
    await outlet().deliver(END, closed());
    expect(house.logged.at(-1)).toContain('could not be ended');
  });

  test('last words after it still go to the same one', async () => {
    await outlet().deliver(PUBLISH, incidentAfter(...confirmed(FIRST)));
    await outlet().deliver(END, closed());
    await outlet().deliver(second, incidentAfter(...confirmed(FIRST), PUBLISHED, CLOSED, ...confirmed(SECOND, 2)));
    expect(double.incidents).toHaveLength(1);
    expect(double.incidents[0]).toMatchObject({ status: 'resolved' });
    expect(double.incidents[0]?.updates.at(-1)).toMatchObject({ body: SECOND });
  });

  test('a recurrence opens a new one', async () => {
    await outlet().deliver(PUBLISH, incidentAfter(...confirmed(FIRST)));
    await outlet().deliver(END, closed());
    await outlet().deliver(second, incidentAfter(...confirmed(FIRST), PUBLISHED, ...confirmed(SECOND, 2)));
    expect(double.incidents.map(({ status }) => status)).toEqual(['resolved', 'investigating']);
  });
});
