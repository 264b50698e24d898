// The webhook pages anybody: its receiver drops what it has seen, by the key that each request carries.
import { expect, test } from '@jest/globals';
import { pagerOutlets } from '../../../src/adapters/pagers/pager.ts';
import { webhookPager } from '../../../src/adapters/pagers/webhook.ts';
import { pagerContract } from '../../contracts/pager.ts';
import { CALL, incidentAfter, PAGE, paged, pagingHouse, SEAT } from '../../support/paging-house.ts';
import { startProvider } from '../../support/provider.ts';

const SECRET = 'shared-with-the-receiver';

async function startReceiver() {
  const seen = new Map<unknown, string>();
  const provider = await startProvider(({ headers, body }) => {
    seen.set(headers['idempotency-key'], body);
    return { status: 202 };
  });
  return { provider, seen };
}

pagerContract({
  name: 'webhook',
  secrets: [SECRET],
  knowsAgain: true,
  refusal: 410,
  async open() {
    const { provider, seen } = await startReceiver();
    return {
      provider,
      pager: (wire, publicUrl) => webhookPager({ url: `${provider.url}/page`, secret: SECRET }, publicUrl, wire),
      woken: () => [...seen.values()],
    };
  },
});

test('it tells the receiver all that it needs to find somebody', async () => {
  const { provider } = await startReceiver();
  const house = pagingHouse();
  const pager = webhookPager({ url: provider.url, secret: SECRET }, 'https://baton.example.com', house.wire);
  const [outlet] = pagerOutlets([pager], house.given);
  await outlet?.deliver(PAGE, incidentAfter(CALL, SEAT, paged(1)));
  await provider.stop();
  expect(provider.asked.map(({ body }) => JSON.parse(body))).toEqual([
    {
      type: 'page',
      id: 'INC-1/4/0',
      at: '2026-01-02T03:04:08.000Z',
      attempt: 1,
      seat: 'payments',
      wanted: 'Payments on-call',
      person: {
        id: 'anna',
        name: 'Anna Example',
        phone: '+49 30 5550 100',
        email: null,
        zone: 'Europe/Berlin',
        language: null,
        ids: {},
      },
      incident: {
        id: 'INC-1',
        title: 'Checkout fails',
        severity: 'SEV-1',
        phase: 'open',
        service: 'payments',
        drill: false,
        url: 'https://baton.example.com/#/INC-1',
      },
      call: 'https://meet.example.com/1',
    },
  ]);
});
