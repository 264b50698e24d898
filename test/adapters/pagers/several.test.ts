// Several pagers for one person: a page has failed when every way to them has, and none waits for another.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { pagerOutlets } from '../../../src/adapters/pagers/pager.ts';
import { pagerDuty } from '../../../src/adapters/pagers/pagerduty.ts';
import { webhookPager } from '../../../src/adapters/pagers/webhook.ts';
import { type PagerDutyDouble, startPagerDuty } from '../../support/pagerduty-double.ts';
import { type House, incidentAfter, PAGE, paged, pagingHouse, SEAT } from '../../support/paging-house.ts';
import { type Provider, startProvider } from '../../support/provider.ts';

const KEY = 'a'.repeat(32);

let duty: PagerDutyDouble;
let hook: Provider;
let house: House;

beforeEach(async () => {
  duty = await startPagerDuty([KEY]);
  hook = await startProvider(() => ({ status: 204 }));
  house = pagingHouse();
});
afterEach(() => Promise.all([duty.stop(), hook.stop()]));

const incident = () => incidentAfter(SEAT, paged(1));
const outlets = () =>
  pagerOutlets(
    [
      webhookPager({ url: hook.url, secret: 's' }, undefined, house.wire),
      pagerDuty({ url: duty.url, people: { anna: KEY }, seats: {}, services: {} }, undefined, house.wire),
    ],
    house.given,
  );

test('each has a cursor of its own; the webhook keeps the one that it always had', () => {
  expect(outlets().map(({ name }) => name)).toEqual(['pager', 'pager-pagerduty']);
});

test('one way is enough: nobody is told to call who was reached', async () => {
  hook.stay({ status: 500 });
  await Promise.all(outlets().map((outlet) => outlet.deliver(PAGE, incident())));
  expect(duty.woken).toHaveLength(1);
  expect(house.orders).toEqual([]);
  expect(house.logged.filter((line) => line.startsWith('a page failed'))).toHaveLength(1);
});

test('where all fail the commander is told once, with every reason, though Baton died in between', async () => {
  hook.stay({ status: 500 });
  duty.stay({ status: 400 });
  const [webhook] = outlets();
  await webhook?.deliver(PAGE, incident());
  expect(house.orders).toEqual([]);
  const [, pagerduty] = outlets();
  await pagerduty?.deliver(PAGE, incident());
  expect(house.orders).toMatchObject([
    {
      id: 'INC-1/4/0/failed',
      fields: { reason: [`${hook.host} answered 500`, `${duty.host} answered 400`].sort().join('; ') },
    },
  ]);
});

test('a way that failed and then worked counts as one that works', async () => {
  hook.stay({ status: 500 });
  await outlets()[0]?.deliver(PAGE, incident());
  hook.stay('works');
  // As after a restart that fell before the first outcome was told to the store.
  await outlets()[0]?.deliver(PAGE, incident());
  duty.stay({ status: 400 });
  await outlets()[1]?.deliver(PAGE, incident());
  expect(house.orders).toEqual([]);
});

test('one that hangs holds up nobody', async () => {
  hook.stay('hangs');
  const [webhook, pagerduty] = outlets();
  let hung = true;
  const hanging = webhook?.deliver(PAGE, incident()).then(() => {
    hung = false;
  });
  await pagerduty?.deliver(PAGE, incident());
  expect(duty.woken).toHaveLength(1);
  expect(hung).toBe(true);
  hook.whenHanging(house.losePatience);
  hook.stay('works');
  house.losePatience();
  await hanging;
});

test('whom one of them does not know is the other’s alone', async () => {
  hook.stay({ status: 500 });
  const ben = { ...PAGE, person: 'ben' };
  const state = incidentAfter(SEAT, paged(1, 'quorum', 'ben'));
  for (const outlet of outlets()) await outlet.deliver(ben, state);
  expect(duty.asked).toEqual([]);
  expect(house.orders).toMatchObject([{ fields: { person: 'ben', reason: `${hook.host} answered 500` } }]);
});
